import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryClaims } from '#adapters/stream-claims-contract/memory-claims.ts';
import type { Clock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import { DEAD_FOR_MS, LEASE_MS, RENEW_EVERY_MS } from '#domain/meetings/ingest/claims.ts';
import type { IncomingStream, StreamIntake, StreamStatus } from '#domain/meetings/ingest/ports.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { StreamClaims } from './stream-claims.ts';

/** A process that takes in streams, as far as its claims go. */
class Task {
  readonly claims: StreamClaims;
  readonly adopted: string[] = [];
  readonly lost: IncomingStream[] = [];
  readonly inUse = new Set<string>();
  streams: (IncomingStream & StreamStatus)[] = [];
  /** Killed, or cut off: nothing of it happens any more. */
  dead = false;
  readonly #clock: ManualClock;

  constructor(owner: string, time: ManualClock, store: MemoryClaims) {
    this.#clock = time;
    const clock: Clock = { nowMs: () => time.nowMs(), monotonicMs: () => time.monotonicMs(), schedule: (ms, run) => time.schedule(ms, () => this.dead || run()) };
    const intake = { streams: () => this.streams, status: (stream: IncomingStream) => stream } as unknown as StreamIntake;
    this.claims = new StreamClaims({
      owner, store, intake, clock, log: silentLog,
      // As a feed, which ends when all is in the session and others have the meeting.
      inUse: (id) => this.inUse.has(id) && (this.claims.holdOf(id).last() || this.streams.length > 0),
      onAdopted: async (id) => void (this.adopted.push(id), this.inUse.add(id)),
      onLost: async (_id, streams) => void (this.lost.push(...streams), (this.streams = [])),
      onChange: () => {},
    });
  }
  async start(): Promise<this> {
    await this.claims.start();
    this.claims.follow();
    return this;
  }
  /** A sender comes here; false: it is refused. */
  async publish(id = 's'): Promise<boolean> {
    if (!(await this.claims.claim(id))) return false;
    const nowMs = this.#clock.nowMs();
    this.streams.push({ sessionId: id, publishedAtMs: nowMs, live: true, lastArrivalMs: nowMs, brokeDown: false });
    this.inUse.add(id);
    this.claims.look();
    await settle();
    return true;
  }
  /** Its connection is gone. */
  async leave(): Promise<void> {
    for (const stream of this.streams) stream.live = false;
    this.claims.look();
    await settle();
  }
  hear(): void {
    for (const stream of this.streams) stream.lastArrivalMs = this.#clock.nowMs();
  }
}

describe('several tasks that take in streams', () => {
  let clock: ManualClock;
  let store: MemoryClaims;
  let a: Task;
  let b: Task;
  let c: Task;
  beforeEach(async () => {
    clock = new ManualClock();
    store = new MemoryClaims(clock);
    // The one that will have a sender is the last to be heard each second.
    [b, c, a] = (await Promise.all(['b', 'c', 'a'].map((name) => new Task(name, clock, store).start()))) as [Task, Task, Task];
  });
  afterEach(async () => {
    await Promise.all([a, b, c].map((task) => task.claims.stop()));
    expect(clock.pending).toBe(0);
  });
  /** Seconds pass; those who have a sender hear it. */
  const pass = async (ms: number, ...hearing: Task[]) => {
    for (let left = ms; left > 0; left -= RENEW_EVERY_MS) {
      for (const task of hearing) task.hear();
      await clock.advance(Math.min(left, RENEW_EVERY_MS));
    }
  };
  it('leave a stream that is there to the one that has it, however long', async () => {
    expect(await a.publish()).toBe(true);
    await pass(LEASE_MS * 4, a);
    expect(await b.publish()).toBe(false);
    expect([b.adopted, c.adopted, a.lost]).toEqual([[], [], []]);
    expect([a.claims.holdOf('s').first(), a.claims.holdOf('s').last()]).toEqual([true, true]);
  });

  it('let it in elsewhere at once when its connection is gone; there it waits for what came before', async () => {
    await a.publish();
    await pass(3_000, a);
    await a.leave();
    expect(await b.publish()).toBe(true);
    const [before, after] = [a.claims.holdOf('s'), b.claims.holdOf('s')];
    await pass(LEASE_MS * 2, b);
    expect([before.last(), before.feeds(a.streams[0]!), after.last(), after.feeds(b.streams[0]!)]).toEqual([false, true, true, false]);
    // All of it is in the session: the claim is given back, and the next goes on.
    a.streams = [];
    await pass(2_000, b);
    expect([a.claims.has('s'), after.feeds(b.streams[0]!), after.first()]).toEqual([false, true, true]);
    expect([store.passed, b.lost]).toEqual([[], []]);
  });

  it('let it in elsewhere when it has been silent, as one task does', async () => {
    await a.publish();
    await pass(3_000, a);
    await pass(1_000);
    expect(await b.publish()).toBe(false);
    await pass(3_000);
    expect(await b.publish()).toBe(true);
    await pass(RENEW_EVERY_MS, b);
    expect(a.claims.holdOf('s').last()).toBe(false);
  });

  it('keep the order when it comes back to where it was before', async () => {
    await a.publish();
    await pass(2_000, a);
    await a.leave();
    await b.publish();
    await pass(2_000, b);
    await b.leave();
    expect(await a.publish()).toBe(true);
    await pass(2_000, a);
    const hold = a.claims.holdOf('s');
    expect(a.streams.map((stream) => hold.feeds(stream))).toEqual([true, false]);
    expect(b.claims.holdOf('s').feeds(b.streams[0]!)).toBe(false);
    a.streams.shift();
    await pass(2_000, a);
    expect(b.claims.holdOf('s').feeds(b.streams[0]!)).toBe(true);
    expect(hold.feeds(a.streams[0]!)).toBe(false);
    b.streams = [];
    await pass(2_000, a);
    expect(hold.feeds(a.streams[0]!)).toBe(true);
  });

  it('leave it where it is when nobody could be asked for a while: all look dead then', async () => {
    await a.publish();
    await pass(2_000, a);
    store.away = true;
    await pass(LEASE_MS * 2, a);
    store.away = false;
    await pass(LEASE_MS * 2, a);
    expect([b.adopted, c.adopted, a.lost]).toEqual([[], [], []]);
    expect(a.claims.holdOf('s').last()).toBe(true);
  });

  it('have one of them go on with what a dead one had, and let its sender in before that', async () => {
    await a.publish();
    await a.publish('t');
    await pass(2_000, a);
    a.dead = true;
    await pass(LEASE_MS - RENEW_EVERY_MS);
    expect([await b.publish(), b.adopted, c.adopted]).toEqual([false, [], []]);
    await pass(RENEW_EVERY_MS);
    expect(await b.publish()).toBe(true);
    expect(b.claims.holdOf('s').passable()).toBe(false);
    await pass(DEAD_FOR_MS + RENEW_EVERY_MS, b);
    // Of the other meeting, to which no sender has come back, one of them has the time to come back run.
    expect([...b.adopted, ...c.adopted]).toEqual(['t']);
    const hold = b.claims.holdOf('s');
    expect([hold.passable(), hold.first(), hold.feeds(b.streams[0]!)]).toEqual([true, false, false]);
    await hold.pass(32_000);
    expect([hold.passable(), hold.first(), hold.feeds(b.streams[0]!)]).toEqual([false, true, true]);
    expect(store.passed).toEqual([{ sessionId: 's', claim: 1, durableThroughSample: 32_000 }]);
  });

  it('drop what one has that was gone on without, and let it write nothing', async () => {
    await a.publish();
    const [stream] = a.streams;
    a.dead = true;
    await pass(LEASE_MS + DEAD_FOR_MS + RENEW_EVERY_MS * 2);
    const heir = [b, c].find((task) => task.adopted.length > 0)!;
    await heir.claims.holdOf('s').pass(0);
    await a.claims.holdOf('s').writes(stream!).endStream(stream!, 0);
    await heir.claims.holdOf('s').writes(null).requestEnd('s');
    expect(store.written).toEqual([{ owner: heir === b ? 'b' : 'c', what: 'requestEnd' }]);
    // It was only cut off, and is back.
    a.dead = false;
    a.claims.look();
    await a.leave();
    expect([a.lost, a.claims.has('s')]).toEqual([[stream], false]);
  });

  it('hand over at once when one stops, and take up what they had when they are started anew', async () => {
    await a.publish();
    await pass(2_000, a);
    await a.claims.vacate();
    expect(await b.publish()).toBe(true);
    await a.leave();
    await a.claims.stop();
    await pass(RENEW_EVERY_MS, b);
    expect(b.claims.holdOf('s').passable()).toBe(true);

    // Nobody went on with it: the same disk does.
    await c.publish('t');
    await c.claims.stop();
    b.dead = true;
    const again = await new Task('c', clock, store).start();
    expect([again.claims.has('t'), again.claims.holdOf('t').first(), again.claims.holdOf('t').last()]).toEqual([true, true, true]);
    await again.claims.stop();
  });
});
