/** The web app alone, as `up` starts it, over an embedded database of its own: pages and REST without the other processes. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuild } from '#scripts/supervisor/build.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { consoleReport } from '#scripts/support/console-report.ts';
import { startTestDatabase } from './database.ts';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

export interface WebApp {
  /** e.g. `http://localhost:41234` */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** @param variables environment variables on top. @throws Error with the end of its output when it does not become ready */
export async function startWebApp(variables: Record<string, string>): Promise<WebApp> {
  await ensureBuild(consoleReport(process.stderr));
  const [database, dataDir, port] = await Promise.all([startTestDatabase(), mkdtemp(path.join(os.tmpdir(), 'spool-web-')), freePort()]);
  const child = spawn(process.execPath, ['scripts/supervisor/next-start.ts', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', SPOOL_PORT: String(port), SPOOL_DATA_DIR: dataDir, SPOOL_LOG_LEVEL: 'warn', DATABASE_URL: database.url, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  let code: number | null | undefined;
  const ended = new Promise<void>((resolve) => child.once('close', (exit) => ((code = exit), resolve())));
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await ended;
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  const url = `http://localhost:${port}`;
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    if ((await fetch(`${url}/api/health`).catch(() => null))?.ok) return { url, port, stop };
    if (code !== undefined || performance.now() > deadlineMs) {
      await stop();
      throw new Error(`The web app did not start. The end of its output:\n${output}`);
    }
    await delay(POLL_MS);
  }
}
