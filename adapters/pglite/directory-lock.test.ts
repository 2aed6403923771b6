import type * as FileSystem from 'node:fs/promises';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DirectoryInUseError, lockDirectory } from './directory-lock.ts';

/** Whoever reads who holds a lock learns it, and goes on when the test says so. */
const reading = vi.hoisted(() => ({ before: async (_file: string): Promise<void> => {} }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const readFile = async (file: string, encoding: 'utf8') => {
    const text = await real.readFile(file, encoding);
    await reading.before(file);
    return text;
  };
  return { ...real, readFile };
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'spool-lock-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('the lock of a dead process goes to one of two that want it at once, however slow the other was', async () => {
  await writeFile(path.join(dir, 'lock'), '1 0\n');
  const [asked, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  reading.before = async (file) => {
    if (path.basename(file) !== 'lock') return;
    reading.before = async () => {};
    asked.resolve();
    await goesOn.promise;
  };
  const slow = lockDirectory(dir);
  await asked.promise;
  const unlock = await lockDirectory(dir);
  goesOn.resolve();
  await expect(slow).rejects.toThrow(DirectoryInUseError);
  await unlock();
  expect(await readdir(dir)).toEqual([]);
});
