/**
 * The harnesses and what is prepared for compilers, in a folder that sandboxes see read-only. It holds nothing secret and
 * everybody may read it: a sandbox runs as another user, who could not reach into the data directory. Its name is a
 * fingerprint of its contents, so instances share one and an update gets another.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reachableByAll } from './bubblewrap.ts';

const HARNESS_FOLDER = fileURLToPath(new URL('harness/', import.meta.url));
const SHARED_PARENT = '/var/cache/spool-code';

export function harnessFile(name: string): string {
  return path.join(HARNESS_FOLDER, name);
}

/**
 * The folder, made by `make` the first time. `name` says what it is for; `fingerprint` all that goes into it. Two that make
 * it at once both succeed: it appears complete or not at all.
 */
export async function toolsFolder(own: string, name: string, fingerprint: readonly (string | Buffer)[], make: (folder: string) => Promise<void> | void): Promise<string> {
  const hash = createHash('sha256');
  for (const each of fingerprint) hash.update(each).update('\0');
  const folderName = `${name}-${hash.digest('hex').slice(0, 20)}`;
  const ready = path.join(SHARED_PARENT, folderName);
  if (laidByRoot(ready)) return ready;
  const parent = parentFolder(own);
  const folder = path.join(parent, folderName);
  if (fs.existsSync(folder)) return folder;
  const building = fs.mkdtempSync(path.join(parent, '.making-'));
  try {
    fs.chmodSync(building, 0o755);
    await make(building);
    for (const file of fs.readdirSync(building)) fs.chmodSync(path.join(building, file), fs.statSync(path.join(building, file)).mode | 0o444);
    fs.renameSync(building, folder);
  } catch (error) {
    fs.rmSync(building, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error;
  }
  return folder;
}

/** Prepared before, e.g. while an image was built: below a folder that only root, under whatever number, can have written to. */
function laidByRoot(folder: string): boolean {
  const parent = fs.lstatSync(SHARED_PARENT, { throwIfNoEntry: false });
  return fs.existsSync(folder) && parent !== undefined && parent.isDirectory() && parent.uid !== (process.getuid?.() ?? 0) && (parent.mode & 0o022) === 0;
}

/** As root a place that other users can enter; otherwise sandboxes run as this user, whose own cache will do. */
function parentFolder(own: string): string {
  const user = process.getuid?.() ?? 0;
  for (const folder of user === 0 ? [SHARED_PARENT, path.join(os.tmpdir(), 'spool-code')] : [path.join(os.homedir(), '.cache', 'spool-code'), path.join(own, 'tools')]) {
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
      fs.accessSync(folder, fs.constants.W_OK);
      const stat = fs.lstatSync(folder);
      // Nobody else may have put it there.
      if (stat.isDirectory() && stat.uid === user && (stat.mode & 0o022) === 0 && (user !== 0 || reachableByAll(folder))) return folder;
    } catch {
      // The next one.
    }
  }
  throw new Error('There is no folder for the tools of the sandbox that other users can enter.');
}
