import { execFileSync } from 'node:child_process';
import { link, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryInUseError, lockDirectory } from './directory-lock.ts';

let folder: string;
let dir: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spool-lock-'));
  dir = await mkdtemp(path.join(folder, 'database-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the lock of a dead process goes to one of two that want it at once, however slow the other was', async () => {
  // A lock that is a pipe: whoever reads who holds it learns it when the test says so.
  const [lock, pipe] = [path.join(dir, 'lock'), path.join(folder, 'pipe')];
  execFileSync('mkfifo', [lock]);
  await link(lock, pipe);
  const slow = lockDirectory(dir).catch((error: unknown) => error);
  const told = await open(pipe, 'w');
  await rm(lock);
  const unlock = await lockDirectory(dir);
  await told.write('1 0\n');
  await told.close();
  expect(await slow).toBeInstanceOf(DirectoryInUseError);
  await unlock();
  expect(await readdir(dir)).toEqual([]);
});
