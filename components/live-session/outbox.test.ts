import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryOutboxStorage } from '#tests/support/stream-client.ts';
import { BLOCK_SAMPLES, Outbox } from './outbox.ts';

/** Samples that tell their place: n, n+1, … */
function ramp(from: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, i) => ((from + i) % 30_000) + 1);
}
function readAll(outbox: Outbox, from = outbox.firstSample): number[] {
  const all: number[] = [];
  for (let at = from; at < outbox.endSample; ) {
    const part = outbox.read(at, 3_200);
    all.push(...part);
    at += part.length;
    if (part.length === 0) throw new Error('A hole in the outbox.');
  }
  return all;
}
async function reload(storage: MemoryOutboxStorage): Promise<Outbox> {
  const outbox = new Outbox();
  await outbox.open(storage);
  return outbox;
}

test('whatever is appended comes back in order, and what is acknowledged is gone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (sizes, part) => {
      const outbox = new Outbox();
      outbox.anchor(0);
      let end = 0;
      for (const size of sizes) {
        outbox.append(ramp(end, size));
        end += size;
      }
      const acknowledged = Math.floor(end * part);
      outbox.trim(acknowledged);
      expect(outbox.endSample).toBe(end);
      expect(readAll(outbox, acknowledged)).toEqual([...ramp(acknowledged, end - acknowledged)]);
    }),
    { numRuns: 50 },
  );
});

test('a reload of the tab loses nothing that was flushed, and new speech follows it', async () => {
  const storage = new MemoryOutboxStorage();
  const before = await reload(storage);
  before.anchor(0);
  before.append(ramp(0, 10_000));
  await before.flush();
  const after = await reload(storage);
  expect(readAll(after)).toEqual([...ramp(0, 10_000)]);
  after.append(ramp(10_000, 5_000));
  after.anchor(3_000);
  after.trim(3_000);
  expect(readAll(after)).toEqual([...ramp(3_000, 12_000)]);
});

test('without a flush a crash of the browser costs less than a block', async () => {
  const storage = new MemoryOutboxStorage();
  const before = await reload(storage);
  before.anchor(0);
  before.append(ramp(0, 3 * BLOCK_SAMPLES - 1));
  await before.flush();
  storage.blocks.delete(2 * BLOCK_SAMPLES);
  expect((await reload(storage)).endSample).toBe(2 * BLOCK_SAMPLES);
});

test('when the page before had sent more than it stored, new speech goes behind what the server has', async () => {
  const storage = new MemoryOutboxStorage();
  const before = await reload(storage);
  before.anchor(0);
  before.append(ramp(0, 9_000));
  await before.flush();
  const after = await reload(storage);
  after.append(ramp(0, 500));
  after.anchor(9_800);
  after.trim(9_800);
  expect([after.firstSample, after.endSample]).toEqual([9_800, 10_300]);
  expect(readAll(after)).toEqual([...ramp(0, 500)]);
});

test('speech captured by two pages that never connected keeps its order and its place', async () => {
  const storage = new MemoryOutboxStorage();
  const first = await reload(storage);
  first.anchor(0);
  first.append(ramp(0, 9_000));
  await first.flush();
  const second = await reload(storage);
  second.append(ramp(100, 4_500));
  await second.flush();
  const third = await reload(storage);
  third.append(ramp(200, 300));
  await third.flush();
  third.anchor(9_700);
  third.trim(9_700);
  expect(readAll(third)).toEqual([...ramp(100, 4_500), ...ramp(200, 300)]);
  await third.flush();
  const fourth = await reload(storage);
  fourth.anchor(9_700);
  fourth.trim(9_700);
  expect(readAll(fourth), 'and another reload finds them at their new place').toEqual([...ramp(100, 4_500), ...ramp(200, 300)]);
});

test('acknowledged blocks leave the storage, so it stays small', async () => {
  const storage = new MemoryOutboxStorage();
  const outbox = await reload(storage);
  outbox.anchor(0);
  for (let second = 1; second <= 60; second += 1) {
    outbox.append(ramp(0, 16_000));
    outbox.trim(second * 16_000 - 5_000);
  }
  await outbox.flush();
  expect(storage.blocks.size).toBeLessThanOrEqual(3);
  await outbox.clear();
  expect(storage.blocks.size).toBe(0);
});

test('when the disk is full the person is told once and memory goes on', async () => {
  const storage = new MemoryOutboxStorage();
  const lost: unknown[] = [];
  const outbox = new Outbox({ onStorageLost: (error) => lost.push(error) });
  await outbox.open(storage);
  outbox.anchor(0);
  storage.failure = new DOMException('No room', 'QuotaExceededError');
  outbox.append(ramp(0, 20_000));
  await outbox.flush();
  expect(lost).toEqual([storage.failure]);
  expect(outbox.persistent).toBe(false);
  expect(readAll(outbox)).toEqual([...ramp(0, 20_000)]);
});

test('when nothing more can be kept it says so, keeps what it has and takes more after an acknowledgement', () => {
  const full: boolean[] = [];
  const outbox = new Outbox({ onFull: (now) => full.push(now) }, 16_000);
  outbox.anchor(0);
  expect(outbox.append(ramp(0, 16_000))).toBe(true);
  expect(outbox.append(ramp(0, 640))).toBe(false);
  expect(outbox.append(ramp(0, 640))).toBe(false);
  expect(full).toEqual([true]);
  expect(outbox.endSample).toBe(16_000);
  outbox.trim(8_000);
  expect(full).toEqual([true, false]);
  expect(outbox.append(ramp(0, 640))).toBe(true);
});

test('a page that is going begins its last write although an earlier one is still under way', () => {
  const begun: number[] = [];
  class SlowStorage extends MemoryOutboxStorage {
    override put({ firstSample }: { firstSample: number }): Promise<void> {
      begun.push(firstSample);
      return new Promise(() => {});
    }
  }
  return reload(new SlowStorage()).then((outbox) => {
    outbox.anchor(0);
    outbox.append(ramp(0, BLOCK_SAMPLES + 100));
    void outbox.flush();
    expect(begun).toEqual([0, BLOCK_SAMPLES]);
  });
});
