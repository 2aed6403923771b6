/** A whole Spool of a test's own: `./spool up` on free ports with a temporary data directory. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type RunFile, readRunFile } from '#scripts/supervisor/run-file.ts';
import { prepareDatabaseFolder } from './database.ts';
import { shareListedVectors } from './embeddings.ts';

/** The first start builds the web app and makes a database; two slow cores need most of this. */
const READY_WITHIN_MS = 240_000;
/** `up` stops within 10 s by itself. */
const STOPPED_WITHIN_MS = 15_000;

export interface AppInstance {
  /** Where the pages are, e.g. `http://localhost:41234`. */
  url: string;
  dataDir: string;
  /** What runs now, by `run.json`. */
  run(): RunFile;
  /** `kill -9` of the process that carries the conversations; the supervisor brings it back. @returns once it is gone */
  killRealtime(): Promise<void>;
  /** The same, and nobody answers at its port until `release`; it is back when that resolves. */
  holdRealtimeDown(): Promise<{ release(): Promise<void> }>;
  stop(): Promise<void>;
}

/** Starts an instance. @param variables environment variables on top. @throws Error with the end of its output when it does not become ready */
export async function startApp(variables: Record<string, string> = {}): Promise<AppInstance> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-app-'));
  await shareListedVectors(dataDir);
  // Making a database takes several seconds of a core; that a first start does it is house-up's to show.
  await prepareDatabaseFolder(path.join(dataDir, 'database'));
  const child = spawn(process.execPath, ['scripts/up.ts', '--no-system'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, SPOOL_PORT: '0', SPOOL_REALTIME_PORT: '0', SPOOL_UPLOAD_PORT: '0', SPOOL_RTMP_PORT: '0', SPOOL_DATA_DIR: dataDir, SPOOL_LOG_LEVEL: 'warn', SPOOL_AMPLIFY_OUTPUTS: 'none', ...variables },
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
    const run = () => {
      const present = readRunFile(dataDir);
      if (!present) throw new Error('The instance does not run.');
      return present;
    };
    return { url, dataDir, run, killRealtime: () => killRealtime(run), holdRealtimeDown: () => holdRealtimeDown(run), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(overdue);
  }
}

const POLL_MS = 20;
const BACK_WITHIN_MS = 60_000;

async function killRealtime(run: () => RunFile): Promise<void> {
  const pid = run().processes.realtime?.pid;
  if (!pid) throw new Error('The realtime server does not run.');
  endAtOnce(pid);
  await until('the realtime server to be gone', () => run().processes.realtime?.pid !== pid);
}

/** Takes the port while the server is dead; should its successor be faster, that one is killed as well. */
async function holdRealtimeDown(run: () => RunFile): Promise<{ release(): Promise<void> }> {
  const { realtime: port } = run().ports;
  const host = '127.0.0.1';
  let holder: Server | null = null;
  await until('the port of the realtime server', async () => {
    const pid = run().processes.realtime?.pid;
    if (pid) endAtOnce(pid);
    holder = await listen(port, host);
    return holder !== null;
  });
  return {
    async release() {
      await new Promise<void>((resolve) => holder?.close(() => resolve()));
      await until('the realtime server to be back', async () => {
        const answer = await fetch(`http://${host}:${port}/ready`).catch(() => null);
        return answer?.ok ?? false;
      });
    },
  };
}

/** `run.json` may still name a process that has just ended. */
function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A server that hangs up on everybody; null when the port is taken. */
function listen(port: number, host: string): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null));
    server.listen(port, host, () => resolve(server));
  });
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + BACK_WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited ${BACK_WITHIN_MS} ms in vain for ${what}.`);
    await delay(POLL_MS);
  }
}
