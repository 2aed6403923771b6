/** A lock that one process holds by a file; the file of a process that died does not count. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identityOf, isAlive } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

export interface ProcessLock {
  release(): void;
}

/** Takes the lock, or says who holds it. Creating the file together with its content by `link` leaves no moment without an owner. */
export function tryLock(file: string): ProcessLock | { heldBy: ProcessIdentity } {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const own = identityOf();
  const draft = `${file}.${own.pid}`;
  fs.writeFileSync(draft, JSON.stringify(own));
  try {
    for (;;) {
      try {
        fs.linkSync(draft, file);
        return {
          release() {
            if (readOwner(file)?.pid === own.pid) fs.rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = readOwner(file);
      if (owner && isAlive(owner)) return { heldBy: owner };
      clearStale(file, own);
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Waits for the lock, asking every 200 ms; `onWait` is called once when somebody else holds it. */
export async function lock(file: string, onWait: (owner: ProcessIdentity) => void, signal?: AbortSignal): Promise<ProcessLock> {
  for (let attempt = 0; ; attempt += 1) {
    const taken = tryLock(file);
    if ('release' in taken) return taken;
    if (attempt === 0) onWait(taken.heldBy);
    await delay(200, undefined, signal ? { signal } : {});
  }
}

function readOwner(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

/** Moves a dead owner's file away; if a living one took its place meanwhile, that one is put back. */
function clearStale(file: string, own: ProcessIdentity): void {
  const aside = `${file}.${own.pid}.stale`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readOwner(aside);
  if (moved && isAlive(moved)) {
    try {
      fs.linkSync(aside, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  fs.rmSync(aside, { force: true });
}
