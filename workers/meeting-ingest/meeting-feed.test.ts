import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import type { IngestStore, StreamIntake } from '#domain/meetings/ingest/ports.ts';
import { decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { UplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { MeetingFeed } from './meeting-feed.ts';

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
function follow({ thereS, soundS }: { thereS: number; soundS: number }) {
  const stream = { sessionId: 's', publishedAtMs: CAME_MS };
  const seen = { gaps: [] as unknown[], ended: 0, left: [stream] };
  const intake: StreamIntake = {
    streams: () => seen.left,
    status: () => ({ live: false, lastArrivalMs: CAME_MS + thereS * 1_000, brokeDown: false }),
    async *read(_stream, fromSample) {
      for (let second = fromSample / RATE; second < soundS; second += 10) yield new Int16Array(10 * RATE);
    },
    cut: () => {},
    remove: () => void (seen.left = []),
    onChange: () => {},
  };
  const store = {
    beginStream: async () => ({ baseSample: 0, ended: false }),
    endStream: async () => void (seen.ended += 1),
    recordGap: async (_id: string, gap: unknown) => void seen.gaps.push(gap),
    setAway: async () => {},
    issueTicket: async () => (stored < full ? 'a-ticket' : null),
  } as unknown as IngestStore;
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  feed = new MeetingFeed({ sessionId: 's', intake, store, url, graceMs: 9e9, clock, log: silentLog, presence: { is: 'here' } });
  return { seen, done: feed.done };
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
});
