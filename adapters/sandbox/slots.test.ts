import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Slots } from './slots.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-slots-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

// The kernel counts processes by user: one runner's fork bomb must not use up what another runner's sandboxes may start.
test.runIf(process.getuid?.() === 0)('no two sandboxes of a machine have the same user number, whichever runner they belong to', () => {
  const runners = ['one', 'other', 'third'].map((name) => new Slots(path.join(folder, name)));
  const uids = runners.flatMap((slots) => Array.from({ length: 5 }, () => slots.take().uid));
  expect(new Set(uids).size).toBe(15);
  for (const uid of uids) expect(uid).toBeGreaterThanOrEqual(1_879_100_000);
});

test('a slot that was given back is used again', () => {
  const slots = new Slots(path.join(folder, 'again'));
  const first = slots.take();
  slots.give(first);
  expect(slots.take()).toBe(first);
});
