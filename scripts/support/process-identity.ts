/** Tells whether a process that wrote its number into a file still lives, even when the number was given to another. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

export interface ProcessIdentity {
  pid: number;
  /** When the process started, in whatever form the system tells it; null when the system does not tell. */
  startedAt: string | null;
}

/** The identity of a living process; of this one by default. */
export function identityOf(pid: number = process.pid): ProcessIdentity {
  return { pid, startedAt: startOf(pid) };
}

/** True while that very process lives (a zombie does not count as living). */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now !== 'zombie' && (startedAt === null || now === null || now === startedAt);
}

/** Field 22 of /proc/<pid>/stat is the start time in clock ticks; the command in parentheses may hold spaces. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? 'zombie' : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
