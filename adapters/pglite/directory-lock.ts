/** Two processes on one PGlite directory would destroy it, and PGlite itself does not look. */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
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
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${await identityOf(process.pid)}\n`);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      // With its content at once, so that it never names nobody.
      if (await linked(draft, file)) return () => rm(file, { force: true });
      const holder = await livingHolder(file);
      if (holder !== null) throw new DirectoryInUseError(`Process ${holder} already has the database in ${dir} open. Stop it, or choose another SPOOL_DATA_DIR.`);
      await clearDead(file, `${draft}.dead`);
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new DirectoryInUseError(`The database in ${dir} is being opened by another process. Try again.`);
}

/** Moves a dead holder's lock away; if a living one has taken its place since it was read, that one is put back. */
async function clearDead(file: string, aside: string): Promise<void> {
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await livingHolder(aside)) !== null) await linked(aside, file);
  await rm(aside, { force: true });
}

/** False: the file is there already. */
async function linked(from: string, file: string): Promise<boolean> {
  try {
    await link(from, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that a lock names; null when there is none, or it has ended. */
async function livingHolder(file: string): Promise<number | null> {
  const holder = (await readFile(file, 'utf8').catch(() => '')).trim();
  const pid = Number(holder.split(' ')[0]);
  return pid > 0 && isAlive(pid) && (await identityOf(pid)) === holder ? pid : null;
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
