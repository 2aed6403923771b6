/** Orders of events that chance seldom finds: a request that is held back while everything else happens. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { MemoryBucket, slowDown } from '#tests/support/memory-object-store.ts';
import type { Road } from '#tests/support/memory-object-store.ts';
import { quickClock } from '#tests/support/quick-clock.ts';
import { createS3AudioLog } from './audio-log.ts';
import { isFence, recordingKey, slotKey } from './layout.ts';

const samples = (...values: number[]) => Int16Array.from(values);
const bucket = new MemoryBucket();
const connect = (road?: Road) => createS3AudioLog({ store: bucket.connect(road), clock: quickClock(2_000), log: silentLog, objectBytes: 2, partBytes: 64 });
/** Nobody has heard of this one: no cached list, no request held back. */
const elsewhere = () => connect();

/** A server whose requests of one kind can be held back on their way there, or whose next answer gets lost. */
function slowServer() {
  const held: { key: string; go: () => void }[] = [];
  let holding: string | null = null;
  let lost: string | null = null;
  const log = connect({
    async before(operation, key) {
      if (operation === holding) await new Promise<void>((resolve) => held.push({ key, go: resolve }));
    },
    async after(operation) {
      if (operation !== lost) return;
      lost = null;
      holding = operation;
      throw slowDown();
    },
  });
  return {
    log,
    hold: (operation: string) => (holding = operation),
    /** The answer of the next one does not come back, and its repetition is held. */
    loseAndHold: (operation: string) => (lost = operation),
    async arrives(count: number) {
      await vi.waitFor(() => expect(held).toHaveLength(count));
    },
    /** In the order they were sent, or the one at `index`. */
    let(index = 0) {
      held.splice(index, 1)[0]?.go();
    },
    letAll() {
      holding = null;
      for (const { go } of held.splice(0)) go();
    },
  };
}
const soundOf = (sessionId: string) => [...bucket.objects].filter(([key, { body }]) => key.includes(sessionId) && !key.startsWith('erased/') && !(key.startsWith('log/') && isFence(body.byteLength))).map(([key]) => key);

describe('A request that is held back', () => {
  it('of a writer that was replaced is refused, and what it wrote behind the fence is removed', async () => {
    const id = randomUUID();
    const stale = slowServer();
    const writer = await stale.log.openWriter(id, 1);
    await writer.append(samples(1));
    stale.hold('create');
    const lost = [2, 3, 4].map((value) => writer.append(samples(value)).catch((error: { code: string }) => error.code));
    await stale.arrives(3);
    const next = await elsewhere().openWriter(id, 2);
    expect(next.durableThroughSample).toBe(1);
    // The later ones find their slots empty; the first one finds the fence.
    stale.let(2);
    stale.let(1);
    await vi.waitFor(() => expect(soundOf(id)).toHaveLength(3));
    stale.letAll();
    expect(await Promise.all(lost)).toEqual(['lease.lost', 'lease.lost', 'lease.lost']);
    await writer.close();
    await next.append(samples(5));
    expect(await elsewhere().read(id, 0, 9)).toEqual(samples(1, 5));
    expect(soundOf(id)).toHaveLength(2);
  });

  it('and whose answer was lost is recognised as stored, and stored once', async () => {
    const id = randomUUID();
    const server = slowServer();
    const writer = await server.log.openWriter(id, 1);
    server.loseAndHold('create');
    const stored = writer.append(samples(1));
    await server.arrives(1);
    server.letAll();
    expect(await stored).toBe(1);
    expect(await writer.append(samples(2))).toBe(2);
    expect(await elsewhere().read(id, 0, 9)).toEqual(samples(1, 2));
  });

  it('of a new writer does not begin in a slot that a seal has emptied', async () => {
    const id = randomUUID();
    const first = await elsewhere().openWriter(id, 1);
    await first.append(samples(1));
    const late = slowServer();
    late.hold('create');
    const opened = late.log.openWriter(id, 3);
    await late.arrives(1);
    await first.append(samples(2));
    await elsewhere().seal(id);
    expect(bucket.objects.has(slotKey(id, 17))).toBe(false);
    late.letAll();
    const writer = await opened;
    expect(writer.durableThroughSample).toBe(2);
    await writer.append(samples(3));
    expect(await elsewhere().read(id, 0, 9)).toEqual(samples(1, 2, 3));
  });

  it('and is repeated after an erasure leaves nothing, and is not acknowledged', async () => {
    const id = randomUUID();
    const server = slowServer();
    const writer = await server.log.openWriter(id, 1);
    server.loseAndHold('create');
    const append = writer.append(samples(1)).catch((error: { code: string }) => error.code);
    await server.arrives(1);
    await elsewhere().erase(id);
    server.letAll();
    expect(await append).toBe('lease.lost');
    await writer.close();
    expect(soundOf(id)).toEqual([]);
  });

  it('of a seal does not bring a recording back that was erased meanwhile', async () => {
    const id = randomUUID();
    const writer = await elsewhere().openWriter(id, 1);
    await writer.append(samples(1));
    const sealer = slowServer();
    const sealed = sealer.log.seal(id);
    sealer.hold('head');
    await sealer.arrives(1);
    await elsewhere().erase(id);
    sealer.letAll();
    await sealed.catch(() => {});
    expect(soundOf(id)).toEqual([]);
    // The job is repeated; it finds nothing to do.
    await elsewhere().seal(id);
    expect(soundOf(id)).toEqual([]);
  });

  it('of a seal that is far behind does not replace the recording of a later one', async () => {
    const id = randomUUID();
    const first = await elsewhere().openWriter(id, 1);
    await first.append(samples(1, 2));
    const late = slowServer();
    late.hold('list');
    const sealed = late.log.seal(id);
    await late.arrives(1);
    late.let();
    await late.arrives(1);
    await elsewhere().seal(id);
    const second = await elsewhere().openWriter(id, 2);
    await second.append(samples(3));
    await elsewhere().seal(id);
    late.letAll();
    await sealed.catch(() => {});
    expect(await elsewhere().read(id, 0, 9)).toEqual(samples(1, 2, 3));
    expect(soundOf(id)).toHaveLength(1);
  });

  it('of a reader finds what was sealed away in the recording', async () => {
    const id = randomUUID();
    const writer = await elsewhere().openWriter(id, 1);
    await writer.append(samples(1, 2, 3));
    const reader = slowServer();
    reader.hold('get');
    const read = reader.log.read(id, 0, 9);
    await reader.arrives(1);
    reader.let();
    await reader.arrives(3);
    await elsewhere().seal(id);
    reader.letAll();
    expect(await read).toEqual(samples(1, 2, 3));
  });
});

describe('A list', () => {
  it('that missed what was written while it ran is not believed about a gap', async () => {
    const id = randomUUID();
    const first = await elsewhere().openWriter(id, 1);
    await first.append(samples(1, 2));
    const second = await elsewhere().openWriter(id, 2);
    await second.append(samples(3));
    const store = bucket.connect();
    let missed = 0;
    const reader = createS3AudioLog({
      clock: quickClock(0),
      log: silentLog,
      store: {
        ...store,
        async list(prefix, after) {
          const page = await store.list(prefix, after);
          return (missed += 1) > 1 ? page : { ...page, objects: page.objects.filter(({ key }) => key !== slotKey(id, 17)) };
        },
      },
    });
    expect(await reader.read(id, 0, 9)).toEqual(samples(1, 2, 3));
    expect(missed).toBe(2);
  });
});

describe('A recording of many parts', () => {
  it('is gone on with after a crash: parts that are there are not sent again, what was given up is removed', async () => {
    const id = randomUUID();
    const writer = await elsewhere().openWriter(id, 1);
    const said = Int16Array.from({ length: 100 }, (_, index) => index * 300);
    await writer.append(said);
    let parts = 0;
    const dying = connect({
      async before(operation) {
        if (operation === 'putPart' && (parts += 1) === 3) await new Promise(() => {});
      },
      async after() {},
    });
    void dying.seal(id);
    await vi.waitFor(() => expect(parts).toBe(3));
    const before = bucket.requests.get('putPart') ?? 0;
    await elsewhere().seal(id);
    // (44 + 200) bytes in parts of 64: four, of which two were there.
    expect((bucket.requests.get('putPart') ?? 0) - before).toBe(2);
    expect(bucket.uploads.size).toBe(0);
    expect(await elsewhere().read(id, 0, 1_000)).toEqual(said);
    expect(soundOf(id)).toHaveLength(1);
  });

  it('is asked for by an address once it holds all that was said', async () => {
    const id = randomUUID();
    const log = elsewhere();
    const writer = await log.openWriter(id, 1);
    await writer.append(samples(1, 2));
    expect(await log.recordingAddress?.(id, { disposition: 'inline' })).toBeNull();
    await log.seal(id);
    expect(await log.recordingAddress?.(id, { disposition: 'inline' })).toMatch(/^memory:recordings\/.*\.wav\?inline$/);
    const next = await log.openWriter(id, 2);
    await next.append(samples(3));
    expect(await log.recordingAddress?.(id, { disposition: 'inline' })).toBeNull();
  });

  it('whose retention is over reads as nothing, and nothing is made in its place', async () => {
    const id = randomUUID();
    const log = elsewhere();
    const writer = await log.openWriter(id, 1);
    await writer.append(samples(1, 2));
    await log.seal(id);
    const [key = ''] = soundOf(id);
    expect(key).toBe(recordingKey(id, 18));
    bucket.objects.delete(key);
    for (const each of [log, elsewhere()]) {
      expect([await each.durableThrough(id), await each.read(id, 0, 9)]).toEqual([0, samples()]);
      await each.seal(id);
    }
    expect(soundOf(id)).toEqual([]);
  });

  it('is found by itself once the rule of the bucket has swept the log', async () => {
    const id = randomUUID();
    const writer = await elsewhere().openWriter(id, 1);
    await writer.append(samples(1, 2));
    await elsewhere().seal(id);
    for (const key of bucket.keys()) if (key.startsWith(`log/${id}`)) bucket.objects.delete(key);
    expect(await elsewhere().read(id, 0, 9)).toEqual(samples(1, 2));
  });
});
