import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { AUDIO_ONLY_HEADER } from './flv-tags.ts';
import { tailFlv } from './tail-flv.ts';

const HEADER = Buffer.from([0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0]);
const tag = (byte: number) => Buffer.from([8, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, byte, 0, 0, 0, 12]);
let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-tail-'));
  file = path.join(folder, 'a.flv');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Lets time pass until the next value is there. */
async function soon<T>(promise: Promise<T>, clock: ManualClock): Promise<T> {
  let done = false;
  void promise.finally(() => (done = true)).catch(() => {});
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(100);
  }
  return promise;
}

it('follows a file that is not there yet, tag by tag, to its last', async () => {
  const clock = new ManualClock();
  let complete = false;
  const tail = tailFlv(file, { complete: () => complete, clock, signal: new AbortController().signal });
  const first = soon(tail.next(), clock);
  fs.writeFileSync(file, Buffer.concat([HEADER, tag(1)]));
  expect((await first).value).toEqual(Buffer.concat([AUDIO_ONLY_HEADER, tag(1)]));
  const second = soon(tail.next(), clock);
  fs.appendFileSync(file, tag(2));
  expect((await second).value).toEqual(tag(2));
  fs.appendFileSync(file, tag(3));
  complete = true;
  expect((await soon(tail.next(), clock)).value).toEqual(tag(3));
  expect((await soon(tail.next(), clock)).done).toBe(true);
});
it('ends where nothing ever came, and when it is told to', async () => {
  const clock = new ManualClock();
  const signal = new AbortController();
  expect((await soon(tailFlv(file, { complete: () => true, clock, signal: signal.signal }).next(), clock)).done).toBe(true);
  fs.writeFileSync(file, HEADER);
  const tail = tailFlv(file, { complete: () => false, clock, signal: signal.signal });
  await soon(tail.next(), clock);
  const waiting = tail.next();
  signal.abort();
  expect((await waiting).done).toBe(true);
});
