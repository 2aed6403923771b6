import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { systemClock } from '#domain/clock.ts';
import { decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { UplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { FeedSeat } from './feed-seat.ts';

const RATE = 16_000;
/** Time that passes a hundred times as fast where it is waited for. */
const clock = { ...systemClock, schedule: (ms: number, run: () => void) => systemClock.schedule(ms / 100, run) };

/** A realtime server that stores in memory and acknowledges when told to. */
class Server {
  readonly #server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  readonly listening = new Promise((resolve) => this.#server.once('listening', resolve));
  stored = 0;
  acknowledged = 0;
  heard: number[] = [];
  sockets: WebSocket[] = [];
  acknowledging = true;
  /** As a machine that has vanished: the connection stands, and nobody is there. */
  vanished: WebSocket | null = null;

  constructor() {
    this.#server.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (socket === this.vanished) return;
        if (!isBinary && JSON.parse(data.toString()).type === 'ping') return socket.send(JSON.stringify({ type: 'pong', id: 0 }));
        if (!isBinary && JSON.parse(data.toString()).type === 'hello') {
          this.stored = this.acknowledged;
          this.heard.length = this.stored;
          socket.send(JSON.stringify({ type: 'ready', protocol: 1, sessionId: 's', role: 'participant', status: 'live', durableThroughSample: this.stored, downlink: { encoding: 'pcm_s16le', sampleRate: RATE }, limits: { maxFrameBytes: 9_999, maxAheadSamples: 30 * RATE, idleTimeoutMs: 60_000 } }));
        }
        if (isBinary) this.#take(decodeUplinkFrame(data) as UplinkFrame, socket);
      });
    });
  }
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  acknowledge(): void {
    this.acknowledged = this.stored;
    this.sockets.at(-1)?.send(JSON.stringify({ type: 'ack', durableThroughSample: this.stored }));
  }
  #take({ firstSample, samples }: UplinkFrame, socket: WebSocket): void {
    if (firstSample > this.stored) return socket.send(JSON.stringify({ type: 'error', code: 'audio.gap', message: 'x', retryable: true, fromSample: this.stored }));
    const fresh = samples.subarray(this.stored - firstSample);
    this.heard.push(...fresh);
    this.stored += fresh.length;
    if (this.acknowledging) this.acknowledge();
  }
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

let server: Server;
let seat: FeedSeat | null = null;
beforeEach(async () => {
  server = new Server();
  await server.listening;
});
afterEach(async () => {
  seat?.leave();
  await server.stop();
});
const sit = (ticket: () => Promise<string | null> = async () => 'a-ticket') => (seat = new FeedSeat({ url: server.url, ticket, clock }));
const counting = (from: number, length: number) => Int16Array.from({ length }, (_, index) => (from + index) % 30_000);

describe('the seat of a stream', () => {
  it('leaves a connection on which no message comes as one, and goes on by another', async () => {
    const own = sit();
    await own.ready();
    server.sockets[0]!.send('{');
    await vi.waitFor(() => expect(server.sockets).toHaveLength(2));
    await own.send(counting(0, RATE));
    await own.drained();
    expect(server.heard).toEqual([...counting(0, RATE)]);
  });

  it('leaves a connection on which nobody is there any more, though it was never closed', async () => {
    const own = sit();
    await own.ready();
    server.vanished = server.sockets[0]!;
    await own.send(counting(0, RATE));
    await own.drained();
    expect(server.sockets).toHaveLength(2);
    expect(server.heard).toEqual([...counting(0, RATE)]);
  });
  it('keeps a connection on which nothing is said but that somebody is there', async () => {
    const own = sit();
    await own.ready();
    let pings = 0;
    server.sockets[0]!.on('message', () => (pings += 1));
    await vi.waitFor(() => expect(pings).toBeGreaterThan(2));
    expect(server.sockets).toHaveLength(1);
  });

  it('goes on where the session stands', async () => {
    server.acknowledged = 500;
    const own = sit();
    expect(await own.ready()).toBe(500);
    await own.send(counting(500, 7_000));
    await own.drained();
    expect(own.durableThroughSample).toBe(7_500);
    expect(server.heard.slice(500)).toEqual([...counting(500, 7_000)]);
  });
  it('sends again what was not on the disk when the connection broke', async () => {
    const own = sit();
    await own.ready();
    await own.send(counting(0, 4_000));
    await own.drained();
    server.acknowledging = false;
    await own.send(counting(4_000, 9_000));
    await vi.waitFor(() => expect(server.stored).toBe(13_000));
    server.acknowledging = true;
    server.sockets.at(-1)!.close(CLOSE.restarting);
    await own.drained();
    expect(server.heard).toEqual([...counting(0, 13_000)]);
  });
  it('makes whoever hands over wait while too much is not acknowledged', async () => {
    server.acknowledging = false;
    const own = sit();
    await own.ready();
    let room = false;
    const sending = own.send(counting(0, 21 * RATE)).then(() => (room = true));
    await vi.waitFor(() => expect(server.stored).toBeGreaterThan(19 * RATE));
    expect(room).toBe(false);
    server.acknowledge();
    await sending;
  });
  it('is over when the session is, and when there is no ticket any more', async () => {
    const own = sit();
    await own.ready();
    server.sockets.at(-1)!.close(CLOSE.ended);
    await own.over;
    await expect(own.send(counting(0, 30 * RATE))).rejects.toMatchObject({ code: 'unavailable' });
    await sit(async () => null).over;
  });
  it('says so when the session has what was never sent', async () => {
    const own = sit();
    await own.ready();
    await own.send(counting(0, 1_000));
    await own.drained();
    server.acknowledging = false;
    server.acknowledged = 900_000;
    server.sockets.at(-1)!.close(CLOSE.restarting);
    await expect(own.send(counting(0, 30 * RATE))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
