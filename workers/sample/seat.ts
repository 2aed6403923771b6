/**
 * The participant's seat in a session, for an invented person: a microphone that never stops, ears, and a connection that
 * is made again when it breaks. What is not acknowledged is kept and sent again, as a browser does; while there is no
 * connection the microphone rests, so the session's clock stands still.
 */
import { WebSocket } from 'ws';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import { decodeDownlinkFrame, encodeUplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import type { ClientMessage, ServerMessage } from '#domain/stream/protocol.ts';
import { openSeat } from '../open-seat.ts';
import { Ears } from './ears.ts';
import { roomNoise } from './room-noise.ts';

const FRAME_MS = 40;
const FRAME_SAMPLES = msToSamples(FRAME_MS);
/** A server that restarts is back within seconds; a lease of a dead one runs out after six. */
const RECONNECT_AFTER_MS = 1_000;
const AWAY_AT_MOST_MS = 45_000;

export interface SeatOptions {
  url: string;
  /** A fresh ticket. Null: there is no such session any more, or it is over. */
  ticket: () => Promise<string | null>;
  clock: Clock;
  /** Leaves when aborted; the session stays open for whoever comes back. */
  signal: AbortSignal;
  onMessage: (message: ServerMessage) => void;
}

export class Seat {
  /** Resolves when the session is over or gone. @throws SpoolError `unavailable` when the connection stays away, the signal's reason when aborted */
  readonly over: Promise<void>;
  readonly #options: SeatOptions;
  readonly #ears: Ears;
  readonly #end = Promise.withResolvers<void>();
  readonly #room = roomNoise();
  #socket: WebSocket | null = null;
  #live = false;
  #closed = false;
  #awaySinceMs: number;
  #unacknowledged: { firstSample: number; samples: Int16Array }[] = [];
  #nextSample: number | null = null;
  #speech: { samples: Int16Array; offset: number; done: () => void } | null = null;
  #dueMs = 0;
  #seq = 0;
  #cancelFrame = () => {};
  #cancelReconnect = () => {};

  constructor(options: SeatOptions) {
    this.#options = options;
    this.#awaySinceMs = options.clock.monotonicMs();
    this.#ears = new Ears(options.clock, (utterance, playedSamples) => this.#send({ type: 'playback', utterance, playedSamples }));
    this.over = this.#end.promise;
    this.over.catch(() => {});
    if (options.signal.aborted) this.#fail(options.signal.reason);
    else {
      options.signal.addEventListener('abort', () => this.#fail(options.signal.reason), { once: true });
      void this.#connect();
    }
  }

  /** How much of an utterance was heard, in ms. */
  heardMs(utterance: number): number {
    return this.#ears.heardMs(utterance);
  }

  /** Says it at the speed of speech. Resolves when the last of it was captured; never, when the session is over before. */
  say(samples: Int16Array): Promise<void> {
    return new Promise((done) => {
      this.#speech = { samples, offset: 0, done };
    });
  }

  /** Asks for the end. */
  finish(): void {
    this.#send({ type: 'control', action: 'end' });
  }

  /** Gets up; the session stays as it is. */
  leave(): void {
    this.#closed = true;
    this.#live = false;
    this.#cancelFrame();
    this.#cancelReconnect();
    this.#ears.close();
    this.#socket?.close();
    this.#end.resolve();
  }

  #fail(reason: unknown): void {
    if (this.#closed) return;
    this.#end.reject(reason);
    this.leave();
  }

  async #connect(): Promise<void> {
    try {
      const ticket = await this.#options.ticket();
      if (this.#closed) return;
      if (ticket === null) return this.leave();
      this.#socket = openSeat(
        { url: this.#options.url, ticket },
        {
          message: (message) => this.#closed || this.#read(message),
          frame: (data) => this.#closed || this.#ears.hear(decodeDownlinkFrame(data)),
          failed: (error) => this.#fail(error),
          closed: (code) => this.#lost(code),
        },
      );
    } catch {
      this.#lost(CLOSE.restarting);
    }
  }

  #lost(code: number): void {
    if (this.#closed) return;
    if (code === CLOSE.ended || code === CLOSE.sessionOver) return this.leave();
    const { clock } = this.#options;
    if (this.#live) this.#awaySinceMs = clock.monotonicMs();
    this.#live = false;
    this.#cancelFrame();
    this.#ears.close();
    if (clock.monotonicMs() - this.#awaySinceMs > AWAY_AT_MOST_MS) return this.#fail(new SpoolError('unavailable', 'The realtime server does not take the sample’s participant.', { fields: { code } }));
    this.#cancelReconnect = clock.schedule(RECONNECT_AFTER_MS, () => void this.#connect());
  }

  #read(message: ServerMessage): void {
    if (message.type === 'ready') this.#begin(message.durableThroughSample, message.downlink.sampleRate);
    else if (message.type === 'ack') this.#forget(message.durableThroughSample);
    this.#ears.obey(message);
    this.#options.onMessage(message);
  }

  /** In the seat: what the server does not have yet is sent again, then the microphone goes on. */
  #begin(durableThroughSample: number, rateHz: number): void {
    this.#ears.open(rateHz);
    this.#live = true;
    this.#nextSample ??= durableThroughSample;
    this.#forget(durableThroughSample);
    for (const frame of this.#unacknowledged) this.#sendFrame(frame);
    this.#dueMs = this.#options.clock.monotonicMs();
    this.#capture();
  }

  #forget(durableThroughSample: number): void {
    this.#unacknowledged = this.#unacknowledged.filter(({ firstSample, samples }) => firstSample + samples.length > durableThroughSample);
  }

  /** Frame by frame against the first one's time, so that late timers do not add up. */
  #capture(): void {
    this.#dueMs += FRAME_MS;
    this.#cancelFrame = this.#options.clock.schedule(Math.max(0, this.#dueMs - this.#options.clock.monotonicMs()), () => {
      const frame = { firstSample: this.#nextSample!, samples: this.#heardByMicrophone() };
      this.#nextSample! += FRAME_SAMPLES;
      this.#unacknowledged.push(frame);
      this.#sendFrame(frame);
      this.#capture();
    });
  }

  #heardByMicrophone(): Int16Array {
    const start = this.#nextSample! % this.#room.length;
    const samples = Int16Array.from({ length: FRAME_SAMPLES }, (_, index) => this.#room[(start + index) % this.#room.length]!);
    const speech = this.#speech;
    if (!speech) return samples;
    samples.set(speech.samples.subarray(speech.offset, speech.offset + FRAME_SAMPLES));
    speech.offset += FRAME_SAMPLES;
    if (speech.offset >= speech.samples.length) {
      this.#speech = null;
      speech.done();
    }
    return samples;
  }

  #sendFrame({ firstSample, samples }: { firstSample: number; samples: Int16Array }): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encodeUplinkFrame({ seq: this.#seq++, firstSample, samples }));
  }

  #send(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
