import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import type { IngestStore, SpokenSpan, StreamIntake } from '#domain/meetings/ingest/ports.ts';
import { decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { UplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { MeetingFeed } from './meeting-feed.ts';
import type { MeetingFeedOptions } from './meeting-feed.ts';
import type { MeetingHold } from './stream-claims.ts';

const RATE = 16_000;
const CAME_MS = 1_000_000;
/** Time that passes a hundred times as fast, also for what may be sent. */
const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() * 100, schedule: (ms: number, run: () => void) => systemClock.schedule(ms / 100, run) };

let server: WebSocketServer;
let stored: number;
let full: number;
let feed: MeetingFeed | null = null;
beforeEach(async () => {
  stored = 0;
  full = Infinity;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket: WebSocket) => {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) return void socket.send(JSON.stringify({ type: 'ready', protocol: 1, sessionId: 's', role: 'participant', status: 'live', durableThroughSample: stored, downlink: { encoding: 'pcm_s16le', sampleRate: RATE }, limits: { maxFrameBytes: 9_999, maxAheadSamples: 30 * RATE, idleTimeoutMs: 60_000 } }));
      const { firstSample, samples } = decodeUplinkFrame(data) as UplinkFrame;
      stored = Math.max(stored, firstSample + samples.length);
      socket.send(JSON.stringify({ type: 'ack', durableThroughSample: stored }));
      if (stored >= full) socket.close(CLOSE.sessionOver);
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(async () => {
  await feed?.stop();
  for (const socket of server.clients) socket.terminate();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** A sender that was there for `thereS` seconds and left `soundS` of sound. */
function follow({ thereS, soundS, spoken = [], recordSpoken = async () => {}, ...more }: { thereS: number; soundS: number; spoken?: SpokenSpan[]; recordSpoken?: IngestStore['recordSpoken'] } & Partial<MeetingFeedOptions>) {
  const stream = { sessionId: 's', publishedAtMs: CAME_MS };
  const seen = { gaps: [] as unknown[], ended: 0, left: [stream] };
  const intake: StreamIntake = {
    streams: () => seen.left,
    status: () => ({ live: false, lastArrivalMs: CAME_MS + thereS * 1_000, brokeDown: false }),
    async *read(_stream, fromSample) {
      for (let second = fromSample / RATE; second < soundS; second += 10) yield new Int16Array(10 * RATE);
    },
    spoken: () => spoken,
    cut: () => {},
    remove: () => void (seen.left = []),
    onChange: () => {},
  };
  const store = {
    beginStream: async () => ({ baseSample: 0, ended: false }),
    endStream: async () => void (seen.ended += 1),
    recordGap: async (_id: string, gap: unknown) => void seen.gaps.push(gap),
    recordSpoken,
    setAway: async () => {},
    issueTicket: async () => (stored < full ? 'a-ticket' : null),
  } as unknown as IngestStore;
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  feed = new MeetingFeed({ sessionId: 's', intake, store, url, graceMs: 9e9, clock, log: silentLog, presence: { is: 'here' }, ...more });
  return { seen, done: feed.done, feed };
}

/** What a process holds where others take in streams as well. */
function holding(turn: { first: boolean; last: boolean; dead?: boolean }) {
  const seen = { passed: [] as (number | null)[], written: [] as string[] };
  const write = (what: string) => async () => void seen.written.push(what);
  const hold: MeetingHold = {
    feeds: () => turn.first,
    first: () => turn.first,
    last: () => turn.last,
    passable: () => turn.dead === true,
    pass: async (durableThroughSample) => {
      seen.passed.push(durableThroughSample);
      Object.assign(turn, { dead: false, first: true });
    },
    writes: () => ({ beginStream: async () => ({ baseSample: stored, ended: false }), endStream: write('endStream'), recordGap: write('recordGap'), recordSpoken: write('recordSpoken'), setAway: write('setAway'), requestEnd: write('requestEnd'), issueTicket: async () => null }),
    issueTicket: async () => (stored < full ? 'a-ticket' : null),
  };
  return { hold, turn, seen };
}

describe('a stream on its way into its session', () => {
  it('is taken in whole, and then nothing of it is left', async () => {
    const { seen } = follow({ thereS: 60, soundS: 60 });
    await expect.poll(() => seen.left).toEqual([]);
    expect(stored).toBe(60 * RATE);
    expect(seen).toMatchObject({ gaps: [], ended: 1 });
  });

  it('is ended where it claims days in which its sender was not there', async () => {
    // Taken up again after an hour of it was taken in.
    stored = 3_600 * RATE;
    const { seen } = follow({ thereS: 60, soundS: 3 * 24 * 3_600 });
    await expect.poll(() => seen.left).toEqual([]);
    expect(stored).toBeGreaterThan(3_660 * RATE);
    expect(stored).toBeLessThan(3_700 * RATE);
    expect(seen.ended).toBe(1);
  });

  it('that was not taken in before the session was over is missing, and said to be', async () => {
    full = 20 * RATE;
    const { seen, done } = follow({ thereS: 60, soundS: 60 });
    await done;
    expect(seen.left).toEqual([]);
    expect(seen.gaps).toEqual([{ atSample: expect.any(Number), fromMs: expect.any(Number), toMs: CAME_MS + 60_000, reason: 'ingest_failed' }]);
    const [{ atSample, fromMs }] = seen.gaps as [{ atSample: number; fromMs: number }];
    expect(fromMs - CAME_MS).toBe(atSample / 16);
    expect(atSample).toBeGreaterThanOrEqual(full);
  });

  it('of which the end did not get into its session keeps who spoke in what did', async () => {
    full = 20 * RATE;
    const told: unknown[] = [];
    const { seen, done } = follow({
      thereS: 60,
      soundS: 60,
      spoken: [{ participant: '7', name: 'Ada', startSample: 0, endSample: 1e9 }, { participant: '8', name: 'Kim', startSample: 1e9, endSample: 2e9 }],
      recordSpoken: async (_id, base, spans) => void told.push(base, ...spans),
    });
    await done;
    const [{ atSample }] = seen.gaps as [{ atSample: number }];
    expect(told).toEqual([0, { participant: '7', name: 'Ada', startSample: 0, endSample: atSample }]);
  });

  it('waits for what others have that comes before, and goes on where dead ones left the session', async () => {
    stored = 30 * RATE;
    const { hold, turn, seen: held } = holding({ first: false, last: true });
    const { seen, feed: own } = follow({ thereS: 60, soundS: 60, hold });
    own.look();
    await expect.poll(() => held.written).toEqual(['setAway']);
    expect([server.clients.size, seen.left.length]).toEqual([0, 1]);
    turn.dead = true;
    own.look();
    await expect.poll(() => seen.left).toEqual([]);
    expect([held.passed, stored]).toEqual([[30 * RATE], 90 * RATE]);
  });

  it('is brought in and then left to the process to which its sender has come', async () => {
    const { hold, seen: held } = holding({ first: true, last: false });
    const { seen, done, feed: own } = follow({ thereS: 60, soundS: 60, hold });
    own.look();
    await done;
    expect([seen.left, stored, held.written]).toEqual([[], 60 * RATE, ['endStream']]);
  });

  it('is ended by whoever goes on for a dead process, once what it left is accounted for, if nobody comes back', async () => {
    stored = 30 * RATE;
    const { hold, turn, seen: held } = holding({ first: false, last: true });
    const { seen, feed: own } = follow({ thereS: 60, soundS: 60, hold, graceMs: 1_000, presence: { is: 'away', sinceMs: 0, graceFromMs: 0, reason: 'ingest_failed' } });
    seen.left = [];
    own.look();
    turn.dead = true;
    own.look();
    await expect.poll(() => held.written).toEqual(['requestEnd']);
    expect(held.passed).toEqual([30 * RATE]);
  });

  it('is let go of at once also while what a dead process left is accounted for', async () => {
    const passing = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { hold } = holding({ first: false, last: true, dead: true });
    hold.pass = async () => {
      asked.resolve();
      await passing.promise;
      throw new Error('The database is away.');
    };
    const { done, feed: own } = follow({ thereS: 60, soundS: 60, hold });
    await asked.promise;
    void own.stop();
    passing.resolve();
    await done;
  });

  it('has what a dead process left accounted for also when its session is over', async () => {
    full = 0;
    const { hold, seen: held } = holding({ first: false, last: true, dead: true });
    const { seen, done } = follow({ thereS: 60, soundS: 60, hold, presence: { is: 'awaited' } });
    seen.left = [];
    await done;
    expect(held.passed).toEqual([null]);
  });
});
