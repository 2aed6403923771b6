/**
 * The participant's seat in a meeting that is streamed to us. What is handed to it is kept until the server has it on the
 * disk, and sent again after every break of the connection; whoever hands over more than fits waits.
 */
import { WebSocket } from 'ws';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { MAX_FRAME_SAMPLES, UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { encodeUplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import type { ClientMessage, ServerMessage } from '#domain/stream/protocol.ts';
import { openSeat } from '../open-seat.ts';

/** Unacknowledged audio at most: below the 30 s every server grants (`maxAheadSamples`). */
const WINDOW_SAMPLES = 20 * UPLINK_SAMPLE_RATE_HZ;
/** Catching up, below the 10 × real time a server takes, with bursts of a window. */
const SPEED = 8;
const RECONNECT_AFTER_MS = 1_000;
/** Below the minute of silence after which the server hangs up. A server that says nothing from one to the next is gone. */
const PING_EVERY_MS = 20_000;

export interface FeedSeatOptions {
  url: string;
  /** A fresh ticket. Null: there is no such session any more, or it is over. */
  ticket: () => Promise<string | null>;
  clock: Clock;
}

export class FeedSeat {
  /** Resolves when the session is over or gone. */
  readonly over: Promise<void>;
  readonly #options: FeedSeatOptions;
  readonly #over = Promise.withResolvers<void>();
  readonly #ready = Promise.withResolvers<number>();
  /** Rejects when what is kept does not fit to what the server has: the recording must be read again. */
  readonly #broken = Promise.withResolvers<never>();
  #socket: WebSocket | null = null;
  #live = false;
  /** Something came since the last ping. */
  #heard = true;
  #closed = false;
  #kept: { firstSample: number; samples: Int16Array }[] = [];
  /** How many of `#kept` went out on this connection. */
  #sent = 0;
  #nextSample = 0;
  #durable = 0;
  #credit = WINDOW_SAMPLES;
  #creditAtMs: number;
  /** Everything before was sent once already and costs nothing when sent again. */
  #paidThrough = 0;
  #seq = 0;
  #waiting: (() => void)[] = [];
  #cancelPump: (() => void) | null = null;
  #cancelReconnect = () => {};
  #cancelPing = () => {};

  constructor(options: FeedSeatOptions) {
    this.#options = options;
    this.#creditAtMs = options.clock.monotonicMs();
    this.over = this.#over.promise;
    for (const promise of [this.#ready.promise, this.#broken.promise]) promise.catch(() => {});
    void this.#connect();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Samples the session has, once seated. Never, when the session is over before. */
  ready(): Promise<number> {
    return Promise.race([this.#ready.promise, this.#broken.promise]);
  }

  /** Samples that would survive the death of every process. */
  get durableThroughSample(): number {
    return this.#durable;
  }

  /** Takes the next samples of the session. Resolves when there is room for more. @throws SpoolError `unavailable` when the recording must be read again */
  async send(samples: Int16Array): Promise<void> {
    for (let offset = 0; offset < samples.length; offset += MAX_FRAME_SAMPLES) {
      const frame = { firstSample: this.#nextSample, samples: samples.subarray(offset, offset + MAX_FRAME_SAMPLES) };
      this.#nextSample += frame.samples.length;
      this.#kept.push(frame);
    }
    this.#pump();
    await this.#until(() => this.#nextSample - this.#durable < WINDOW_SAMPLES);
  }

  /** Resolves when all that was handed over is on the disk. @throws like `send` */
  drained(): Promise<void> {
    return this.#until(() => this.#durable >= this.#nextSample);
  }

  /** Gets up; the session stays as it is. */
  leave(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#live = false;
    this.#cancelPump?.();
    this.#cancelPing();
    this.#cancelReconnect();
    this.#socket?.close();
    this.#broken.reject(new SpoolError('unavailable', 'The seat was left.'));
    this.#wake();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      const woken = new Promise<void>((resolve) => this.#waiting.push(resolve));
      await Promise.race([woken, this.#broken.promise]);
      if (this.#closed) throw new SpoolError('unavailable', 'The seat was left.');
    }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #connect(): Promise<void> {
    try {
      const ticket = await this.#options.ticket();
      if (this.#closed) return;
      if (ticket === null) return this.#end();
      this.#socket = openSeat(
        { url: this.#options.url, ticket },
        {
          message: (message) => {
            this.#heard = true;
            if (!this.#closed) this.#read(message);
          },
          // No message of ours: another connection, another try.
          failed: () => this.#socket?.close(),
          closed: (code) => this.#lost(code),
        },
      );
      this.#heard = true;
      this.#ping();
    } catch {
      this.#lost(CLOSE.restarting);
    }
  }

  #lost(code: number): void {
    if (this.#closed) return;
    this.#live = false;
    this.#cancelPing();
    if (code === CLOSE.ended || code === CLOSE.sessionOver) return this.#end();
    this.#cancelReconnect = this.#options.clock.schedule(RECONNECT_AFTER_MS, () => void this.#connect());
  }

  #end(): void {
    this.#over.resolve();
    this.leave();
  }

  #read(message: ServerMessage): void {
    if (message.type === 'ready') return this.#begin(message.durableThroughSample);
    if (message.type === 'ack') return this.#forget(message.durableThroughSample);
    // The server has less than was sent on this connection: from the first that is kept once more.
    if (message.type === 'error' && message.code === 'audio.gap') {
      this.#sent = 0;
      this.#pump();
    }
  }

  #begin(durableThroughSample: number): void {
    const first = this.#durable === 0 && this.#nextSample === 0;
    if (first) this.#nextSample = this.#paidThrough = durableThroughSample;
    if (durableThroughSample < this.#durable || durableThroughSample > this.#nextSample) {
      this.#broken.reject(new SpoolError('unavailable', 'The session has other audio than was sent.'));
      return this.leave();
    }
    this.#live = true;
    this.#sent = 0;
    this.#forget(durableThroughSample);
    this.#ready.resolve(durableThroughSample);
    this.#pump();
  }

  #forget(durableThroughSample: number): void {
    this.#durable = Math.max(this.#durable, durableThroughSample);
    let count = 0;
    while (count < this.#kept.length && this.#kept[count]!.firstSample + this.#kept[count]!.samples.length <= this.#durable) count += 1;
    this.#kept.splice(0, count);
    this.#sent = Math.max(0, this.#sent - count);
    this.#wake();
  }

  /** Sends what may be sent now; the rest when there is credit for it. */
  #pump(): void {
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    this.#credit = Math.min(WINDOW_SAMPLES, this.#credit + ((nowMs - this.#creditAtMs) / 1000) * UPLINK_SAMPLE_RATE_HZ * SPEED);
    this.#creditAtMs = nowMs;
    while (this.#live && this.#sent < this.#kept.length) {
      const frame = this.#kept[this.#sent]!;
      const end = frame.firstSample + frame.samples.length;
      const cost = Math.max(0, end - Math.max(this.#paidThrough, frame.firstSample));
      if (cost > this.#credit) {
        this.#cancelPump ??= clock.schedule(Math.ceil(((cost - this.#credit) * 1000) / (UPLINK_SAMPLE_RATE_HZ * SPEED)) + 1, () => {
          this.#cancelPump = null;
          this.#pump();
        });
        return;
      }
      this.#credit -= cost;
      this.#paidThrough = Math.max(this.#paidThrough, end);
      this.#socket!.send(encodeUplinkFrame({ seq: this.#seq++, ...frame }));
      this.#sent += 1;
    }
  }

  #ping(): void {
    this.#cancelPing = this.#options.clock.schedule(PING_EVERY_MS, () => {
      // A machine that vanishes closes nothing, and the system goes on trying for a quarter of an hour.
      if (!this.#heard) return this.#socket?.terminate();
      this.#heard = false;
      this.#say({ type: 'ping', id: 0 });
      this.#ping();
    });
  }

  #say(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
