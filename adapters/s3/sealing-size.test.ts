/** How much a seal asks for, and holds at a time: an hour of sound as a live session leaves it, made up while it is read. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { BYTES_PER_SAMPLE, UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { WAV_HEADER_BYTES, wavHeader } from '#domain/stream/wav.ts';
import { MemoryBucket } from '#tests/support/memory-object-store.ts';
import { VOID_SLOTS, encodeFence, logPrefix, slotKey, slotOf } from './layout.ts';
import { LogReader } from './log-reader.ts';
import type { ObjectStore } from './object-store.ts';
import { PART_BYTES, sealSession } from './sealing.ts';
import { OBJECT_INTERVAL_MS } from './slot-writer.ts';

const HOUR_MS = 3_600_000;
const OBJECTS = HOUR_MS / OBJECT_INTERVAL_MS;
const OBJECT_BYTES = (OBJECT_INTERVAL_MS * UPLINK_SAMPLE_RATE_HZ * BYTES_PER_SAMPLE) / 1_000;
const TOTAL_BYTES = WAV_HEADER_BYTES + OBJECTS * OBJECT_BYTES;

it('An hour of sound is sealed with one part in memory, in requests that are counted', async () => {
  const sessionId = randomUUID();
  const bucket = new MemoryBucket();
  const made = new Set(Array.from({ length: OBJECTS }, (_, index) => slotKey(sessionId, VOID_SLOTS + index)));
  const real = bucket.connect({ before: async () => {}, after: async () => {} });
  await real.create(slotKey(sessionId, 0), encodeFence({ kind: 'epoch', epoch: 1, throughSample: 0, mark: 'first' }), 'first');
  const counted: Record<string, number> = {};
  const count = (operation: string) => (counted[operation] = (counted[operation] ?? 0) + 1);
  let sending = 0;
  const sent: number[] = [];

  const store: ObjectStore = {
    ...real,
    async get(key, range) {
      count('get');
      if (!made.has(key)) return real.get(key, range);
      return new Uint8Array(range ? range.to - range.from : OBJECT_BYTES).fill(slotOf(key) & 255);
    },
    async list(prefix, after = '') {
      count('list');
      const page = await real.list(prefix, after);
      const objects = [...page.objects, ...[...made].filter((key) => key.startsWith(prefix) && key > after).map((key) => ({ key, sizeBytes: OBJECT_BYTES }))].toSorted((a, b) => (a.key < b.key ? -1 : 1));
      return { objects: objects.slice(0, 1_000), more: objects.length > 1_000 };
    },
    async remove(keys) {
      count('remove');
      for (const key of keys) made.delete(key);
    },
    async head(key) {
      count('head');
      return sent.length > 0 ? { sizeBytes: sent.reduce((sum, bytes) => sum + bytes, 0), mark: undefined } : real.head(key);
    },
    async putPart(_key, _uploadId, number, body) {
      count('putPart');
      expect((sending += 1)).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      sending -= 1;
      // The first sample of a part, in the object it lies in.
      const at = (number - 1) * PART_BYTES - WAV_HEADER_BYTES;
      if (number === 1) expect(body.subarray(0, WAV_HEADER_BYTES)).toEqual(wavHeader((OBJECTS * OBJECT_BYTES) / BYTES_PER_SAMPLE));
      else expect(body[0]).toBe((VOID_SLOTS + Math.floor(at / OBJECT_BYTES)) & 255);
      sent.push(body.byteLength);
      return { number, sizeBytes: body.byteLength, etag: `${number}` };
    },
    completeUpload: async () => 'created',
  };
  expect(await sealSession({ store, reader: new LogReader(store), clock: systemClock, partBytes: PART_BYTES }, sessionId)).toBe(true);

  expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(TOTAL_BYTES);
  expect(Math.max(...sent)).toBe(PART_BYTES);
  expect((await store.list(logPrefix(sessionId))).objects).toHaveLength(2);
  // Objects that reach over the end of a part are read twice; three fences are read, too.
  expect(counted.get).toBeGreaterThanOrEqual(OBJECTS);
  expect(counted.get).toBeLessThanOrEqual(OBJECTS + 20);
  expect(counted).toMatchObject({ putPart: 14, remove: 5 });
  expect(counted.list).toBeLessThanOrEqual(20);
  expect(counted.head).toBeLessThanOrEqual(3);
});
