/** `<dataDir>/run.json`: what runs right now, for `./spool doctor`, tests and the next start. Removed at a clean end. */
import fs from 'node:fs';
import path from 'node:path';
import { identityOf, isAlive } from '../support/process-identity.ts';

export interface RunningProcess {
  pid: number | null;
  restarts: number;
  /** See ProcessIdentity.startedAt. */
  startedAt: string | null;
}

export interface RunFile {
  pid: number;
  startedAt: string | null;
  ports: { web: number; realtime: number; database: number | null };
  databaseUrl: string;
  /** By name: database, realtime, worker, web. */
  processes: Record<string, RunningProcess>;
}

function runFilePath(dataDir: string): string {
  return path.join(dataDir, 'run.json');
}

/** Readable by its owner alone: it holds the address of the database. */
export function writeRunFile(dataDir: string, run: RunFile): void {
  const file = runFilePath(dataDir);
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** The file as it is, even of a run that was killed; null when there is none. */
export function readRunFile(dataDir: string): RunFile | null {
  try {
    return JSON.parse(fs.readFileSync(runFilePath(dataDir), 'utf8')) as RunFile;
  } catch {
    return null;
  }
}

/** The file of a run that lives; null otherwise. */
export function readLivingRun(dataDir: string): RunFile | null {
  const run = readRunFile(dataDir);
  return run && isAlive({ pid: run.pid, startedAt: run.startedAt }) ? run : null;
}

export function removeRunFile(dataDir: string): void {
  fs.rmSync(runFilePath(dataDir), { force: true });
}

/** Processes of a run whose supervisor was killed and that have not ended yet. */
export function leftovers(run: RunFile): { name: string; pid: number }[] {
  return Object.entries(run.processes).flatMap(([name, { pid, startedAt }]) =>
    pid !== null && isAlive({ pid, startedAt }) ? [{ name, pid }] : [],
  );
}

/** The entry of one process for the file. */
export function runningProcess(pid: number | null, restarts: number): RunningProcess {
  return { pid, restarts, startedAt: pid === null ? null : identityOf(pid).startedAt };
}
