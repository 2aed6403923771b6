/** A whole Spool of a test's own: `./spool up` on free ports with a temporary data directory. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The first start builds the web app and makes a database; two slow cores need most of this. */
const READY_WITHIN_MS = 240_000;
/** `up` stops within 10 s by itself. */
const STOPPED_WITHIN_MS = 15_000;

export interface AppInstance {
  /** Where the pages are, e.g. `http://localhost:41234`. */
  url: string;
  dataDir: string;
  stop(): Promise<void>;
}

/** Starts an instance. @param variables environment variables on top. @throws Error with the end of its output when it does not become ready */
export async function startApp(variables: Record<string, string> = {}): Promise<AppInstance> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-app-'));
  const child = spawn(process.execPath, ['scripts/up.ts', '--no-system'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, SPOOL_PORT: '0', SPOOL_REALTIME_PORT: '0', SPOOL_DATA_DIR: dataDir, SPOOL_LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    await ended;
    clearTimeout(kill);
    await rm(dataDir, { recursive: true, force: true });
  }
  let overdue: NodeJS.Timeout | undefined;
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const give = (reason: string) => reject(new Error(`Spool did not start (${reason}). The end of its output:\n${lines.slice(-30).join('\n')}`));
      overdue = setTimeout(() => give(`not ready within ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS);
      const read = (line: string) => {
        lines.push(line);
        const ready = /^Spool is ready: (\S+)/.exec(line)?.[1];
        if (ready) resolve(ready);
      };
      createInterface({ input: child.stdout }).on('line', read);
      createInterface({ input: child.stderr }).on('line', read);
      child.once('close', (code) => give(`it ended with code ${code}`));
    });
    return { url, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(overdue);
  }
}
