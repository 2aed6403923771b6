/** The runner of the code interview for tests, where this machine can run code. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { outlineOf } from '#adapters/code-outline/outline.ts';
import { SandboxRunner } from '#adapters/sandbox/sandbox-runner.ts';
import { systemClock } from '#domain/clock.ts';
import type { CodeRunner } from '#domain/code/ports.ts';
import { silentLog } from '#domain/log.ts';

export interface TestRunner {
  runner: CodeRunner;
  close(): Promise<void>;
}

/** What does not run here, its `describe` tells. */
export async function startCodeRunner(): Promise<TestRunner> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'spool-runner-'));
  const runner = new SandboxRunner({ folder, clock: systemClock, log: silentLog, outline: outlineOf, nodeProgram: process.execPath });
  await runner.prepared();
  return {
    runner,
    async close() {
      await runner.stop();
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}
