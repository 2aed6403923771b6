import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { MemoryBucket, slowDown } from '#tests/support/memory-object-store.ts';
import { createS3AudioLog } from './audio-log.ts';
import { MAX_OBJECT_BYTES, WINDOW_SLOTS } from './layout.ts';
import { StoreError } from './object-store.ts';
import { MAX_PENDING_SESSION_BYTES, OBJECT_INTERVAL_MS } from './slot-writer.ts';
import { MAX_PENDING_BYTES } from './write-pool.ts';

const SECOND = 16_000;
const frame = (length = 1_600) => new Int16Array(length);

/** A log whose creations wait until the test lets them. */
function world() {
  const bucket = new MemoryBucket();
  const clock = new ManualClock();
  const waiting: (() => void)[] = [];
  let holding = false;
  let failure: Error | null = null;
  const store = bucket.connect({
    async before(operation) {
      if (operation !== 'create') return;
      if (holding) await new Promise<void>((resolve) => waiting.push(resolve));
      if (failure) throw failure;
    },
    async after() {},
  });
  const log = createS3AudioLog({ store, clock, log: silentLog });
  return {
    bucket,
    clock,
    log,
    waiting,
    hold: () => (holding = true),
    fail: (error: Error | null) => (failure = error),
    /** Lets what is under way arrive, and the answers come back. */
    async arrive(count = waiting.length) {
      for (const go of waiting.splice(0, count)) go();
      for (let turns = 0; turns < 5; turns += 1) await settle();
    },
    sizes: (sessionId: string) => [...bucket.objects].filter(([key, { body }]) => key.startsWith(`log/${sessionId}`) && body.byteLength % 2 === 0).map(([, { body }]) => body.byteLength),
  };
}

describe('A writer into a bucket', () => {
  it('writes one object every 800 ms of someone who talks: 4,500 an hour', async () => {
    const { bucket, clock, log, sizes } = world();
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    const before = new Map(bucket.requests);
    for (let ms = 0; ms < 60_000; ms += 100) {
      void writer.append(frame());
      await clock.advance(100);
    }
    await writer.close();
    expect(writer.durableThroughSample).toBe(60 * SECOND);
    const objects = sizes(id).length;
    expect(objects).toBeGreaterThanOrEqual(75);
    expect(objects).toBeLessThanOrEqual(76);
    expect(Math.max(...sizes(id))).toBeLessThanOrEqual(MAX_OBJECT_BYTES);
    // Acknowledging asks nobody anything else.
    const made = [...bucket.requests].map(([operation, count]) => [operation, count - (before.get(operation) ?? 0)] as const).filter(([, count]) => count > 0);
    expect(made).toEqual([['create', objects]]);
    expect(clock.pending).toBe(0);
  });

  it('begins at once after a quiet moment, then gathers what comes while that is under way', async () => {
    const { clock, log, sizes, hold, arrive, waiting } = world();
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    hold();
    const first = writer.append(frame(100));
    await settle();
    expect(waiting).toHaveLength(1);
    const rest = [writer.append(frame(200)), writer.append(frame(300))];
    await clock.advance(2 * OBJECT_INTERVAL_MS);
    expect(waiting).toHaveLength(1);
    await arrive();
    expect(await first).toBe(100);
    await arrive();
    expect(await Promise.all(rest)).toEqual([300, 600]);
    expect(sizes(id)).toEqual([200, 1_000]);
  });

  it('sends long audio in objects of a second, a few at a time, and acknowledges them in order', async () => {
    const { log, waiting, hold, arrive, sizes } = world();
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    hold();
    let acknowledged = 0;
    const long = writer.append(frame(6 * SECOND + 10)).then((through) => (acknowledged = through));
    await settle();
    expect(waiting).toHaveLength(WINDOW_SLOTS);
    waiting.splice(1, 1)[0]?.();
    await arrive(0);
    expect(writer.durableThroughSample).toBe(0);
    await arrive(1);
    expect(writer.durableThroughSample).toBe(2 * SECOND);
    const closed = writer.close();
    while (acknowledged === 0) await arrive();
    await Promise.all([long, closed]);
    expect(acknowledged).toBe(6 * SECOND + 10);
    expect(sizes(id).toSorted((a, b) => b - a)).toEqual([...Array.from({ length: 6 }, () => MAX_OBJECT_BYTES), 20]);
  });

  it('goes on when the store is out of breath, and gives up with what to do when it stays so', async () => {
    const { clock, log, fail } = world();
    const writer = await log.openWriter(randomUUID(), 1);
    fail(slowDown());
    const slow = writer.append(frame());
    await clock.advance(1_000);
    fail(null);
    await clock.advance(5_000);
    expect(await slow).toBe(1_600);

    fail(slowDown());
    const lost = writer.append(frame()).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await lost).toMatchObject({ code: 'audio.write_failed', retryable: true, fields: { reason: 'SlowDown' } });
    fail(null);
    await expect(writer.append(frame())).rejects.toMatchObject({ code: 'audio.write_failed' });
    await writer.close();
    expect(clock.pending).toBe(0);
  });

  it('does not try again what cannot get better', async () => {
    const { bucket, log, fail } = world();
    const writer = await log.openWriter(randomUUID(), 1);
    fail(new StoreError('AccessDenied', false));
    await expect(writer.append(frame())).rejects.toMatchObject({ code: 'audio.write_failed', fields: { reason: 'AccessDenied' } });
    expect(bucket.requests.get('create')).toBe(1);
  });

  it('takes two minutes of one session and 64 MiB of all that are not stored yet, and no more', async () => {
    const { log, hold, arrive } = world();
    const writers = await Promise.all(Array.from({ length: 20 }, () => log.openWriter(randomUUID(), 1)));
    hold();
    const [first] = writers;
    const most = frame(MAX_PENDING_SESSION_BYTES / 2);
    void first!.append(most);
    await expect(first!.append(frame(1))).rejects.toMatchObject({ code: 'stream.too_fast' });
    let taken = MAX_PENDING_SESSION_BYTES;
    for (const writer of writers.slice(1)) {
      if (taken + MAX_PENDING_SESSION_BYTES > MAX_PENDING_BYTES) {
        await expect(writer.append(most)).rejects.toMatchObject({ code: 'stream.overloaded' });
        break;
      }
      taken += MAX_PENDING_SESSION_BYTES;
      void writer.append(most);
    }
    // What was not taken may be given again once there is room.
    while (first!.durableThroughSample < most.length) await arrive();
    const again = first!.append(frame(10));
    void first!.close();
    await arrive();
    expect(await again).toBe(most.length + 10);
  });
});
