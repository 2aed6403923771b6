/** Two processes on one PGlite directory would destroy it, and PGlite itself does not look. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export class DirectoryInUseError extends Error {
  override name = 'DirectoryInUseError';
}

/**
 * Takes the directory for this process; answers the function that gives it back. A lock left by a dead process is
 * taken over: it names the process by id and, where /proc tells it, start time, so a reused id does not count.
 */
export async function lockDirectory(dir: string): Promise<() => Promise<void>> {
  const file = path.join(dir, 'lock');
  const identity = await identityOf(process.pid);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(file, `${identity}\n`, { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = (await readFile(file, 'utf8').catch(() => '')).trim();
    const pid = Number(holder.split(' ')[0]);
    if (pid > 0 && isAlive(pid) && (await identityOf(pid)) === holder) {
      throw new DirectoryInUseError(`Process ${pid} already has the database in ${dir} open. Stop it, or choose another SPOOL_DATA_DIR.`);
    }
    await rm(file, { force: true });
  }
  throw new DirectoryInUseError(`The database in ${dir} is being opened by another process. Try again.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `pid starttime`: field 22 of /proc/pid/stat counts after the command's closing parenthesis, since that may hold spaces. */
async function identityOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return `${pid} ${startTime}`.trim();
}
