/** One part of `./spool test`: a command with a time limit whose outcome is three numbers. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NO_OUTPUTS } from '../../config/account-sign-in.ts';
import { repositoryRoot } from '../support/paths.ts';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Part {
  name: string;
  command: string;
  args: string[];
  environment?: Record<string, string>;
  /** Milliseconds after which the part is ended and counts as failed. */
  timeLimitMs: number;
  /** `exit`: the whole part is one test. `vitest`: the reporter in tests/support tells the totals. */
  counted: 'exit' | 'vitest';
  folder?: string;
  /** Where its output goes: the screen by default. */
  output?: 'inherit' | 'ignore';
}

export interface PartOutcome extends Totals {
  name: string;
  durationMs: number;
  /** Why the part itself, not a test in it, failed. */
  problem: string | null;
  /** One line for each test that failed, as its reporter tells them. */
  failures: readonly string[];
}

/** What the reporter in tests/support writes down. */
interface ReportedTotals extends Totals {
  failures: string[];
}

/** Runs the part with its output on the screen. Never throws: whatever goes wrong counts as one failed test. */
export async function runPart(part: Part, signal: AbortSignal): Promise<PartOutcome> {
  const startedMs = performance.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-test-'));
  const memory = folderInMemory();
  const totalsFile = path.join(folder, 'totals.json');
  const { NODE_ENV: _inherited, ...environment } = process.env;
  const child = spawn(part.command, part.args, {
    cwd: part.folder ?? repositoryRoot,
    // Whoever has a deployment of their own beside the sources still tests the sources alone.
    env: { ...environment, SPOOL_AMPLIFY_OUTPUTS: NO_OUTPUTS, ...part.environment, SPOOL_TEST_TOTALS: totalsFile, ...(memory ? { SPOOL_TEST_MEMORY: memory } : {}) } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', part.output ?? 'inherit', part.output ?? 'inherit'],
    detached: true,
  });
  let overdue = false;
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  };
  const timer = setTimeout(() => {
    overdue = true;
    kill();
  }, part.timeLimitMs);
  signal.addEventListener('abort', kill, { once: true });
  const ending = await new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, by) => resolve(by ? `was ended by ${by}` : code === 0 ? null : `ended with code ${code}`));
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', kill);
  // What a part leaves running (browsers, servers) must not disturb the next.
  kill();
  const totals = part.counted === 'vitest' ? readTotals(totalsFile) : null;
  for (const each of [folder, memory]) if (each) fs.rmSync(each, { recursive: true, force: true });
  const problem = signal.aborted ? 'was stopped' : overdue ? `took longer than ${Math.round(part.timeLimitMs / 1000)} s and was ended` : ending;
  return { name: part.name, durationMs: performance.now() - startedMs, ...judge(part.counted, totals, problem), failures: totals?.failures ?? [] };
}

/**
 * A folder in memory for databases that live for one test file, null where there is little: the thousand files of each are made
 * there in a twentieth of the time. Processes that are killed find there what they wrote, as on a disk.
 */
function folderInMemory(): string | null {
  try {
    const { bavail, bsize } = fs.statfsSync(MEMORY);
    return Math.min(bavail * bsize, os.freemem()) < ROOM_BYTES ? null : fs.mkdtempSync(path.join(MEMORY, 'spool-test-'));
  } catch {
    return null;
  }
}
const MEMORY = '/dev/shm';
/** A database takes 41 MB, and ten at once are many; the rest stays with the machine. */
const ROOM_BYTES = 6 * 1024 ** 3;

/** The numbers of a part from what it told and how it ended. Exported for its test. */
export function judge(counted: Part['counted'], reported: Totals | null, problem: string | null): Totals & { problem: string | null } {
  if (counted === 'exit') return problem ? { passed: 0, failed: 1, skipped: 0, problem } : { passed: 1, failed: 0, skipped: 0, problem: null };
  if (!reported) return { passed: 0, failed: 1, skipped: 0, problem: problem ?? 'told no totals' };
  const totals = { passed: reported.passed, failed: reported.failed, skipped: reported.skipped };
  // Vitest ends with code 1 when a test failed; that is in the totals already.
  if (problem === 'ended with code 1' && totals.failed > 0) return { ...totals, problem: null };
  return { ...totals, failed: totals.failed + (problem ? 1 : 0), problem };
}

/** The one last line of `./spool test`. */
export function summaryLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export function sumTotals(outcomes: readonly Totals[]): Totals {
  const sum = (key: keyof Totals) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

function readTotals(file: string): ReportedTotals | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as ReportedTotals;
  } catch {
    return null;
  }
}
