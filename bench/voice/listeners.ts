/** Silent participants: each sends 100 ms frames of room noise or digital silence and reads acknowledgements. */
import { WebSocket } from 'ws';
import type { AudioLog } from '#domain/session/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { encodeUplinkFrame } from '#domain/stream/frames.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { noise, silence } from '#tests/support/speech.ts';
import { AcknowledgementDelays } from './acknowledgements.ts';
import { type LoadEnd, type LoadReport, countEach } from './load-report.ts';
import { nowMs } from './person.ts';
import type { Seat, Seats } from './seats.ts';
import { quantile } from './statistics.ts';
import { ROOM_DBFS } from './utterances.ts';

const FRAME_MS = 100;
const FRAME_SAMPLES = (FRAME_MS * UPLINK_SAMPLE_RATE_HZ) / 1000;
const FIRST_SAMPLE_OFFSET_BYTES = 8;
/** How often the due frames of all listeners are sent. */
const TICK_MS = 5;
const JOIN_TIMEOUT_MS = 15_000;
/** Joining at once: as many as a door lets through, without a queue of connections. */
const JOINING_AT_ONCE = 8;
const LAST_ACKNOWLEDGEMENT_TIMEOUT_MS = 15_000;
/** Samples compared at a time. */
const COMPARE_SAMPLES = 50 * FRAME_SAMPLES;

/** Frames of one sound, repeated by everybody who hears it. */
interface Sound {
  samples: Int16Array;
  frames: Buffer[];
}

interface Listener {
  seat: Seat;
  socket: WebSocket;
  sound: Sound;
  acknowledgements: AcknowledgementDelays;
  sentFrames: number;
  durableSample: number;
  nextMs: number;
  /** It did not send any more after this. */
  failed: boolean;
}

export class Listeners {
  readonly #options: { url: string; seats: Seats; audio: Pick<AudioLog, 'read'> };
  readonly #sounds: Sound[] = [silence(2_000), noise(2_000, ROOM_DBFS)].map(soundOf);
  readonly #listeners: Listener[] = [];
  readonly #failures: { atMs: number; why: string }[] = [];
  readonly #timer: NodeJS.Timeout;
  #latestMs = 0;
  #done = false;

  constructor(options: { url: string; seats: Seats; audio: Pick<AudioLog, 'read'> }) {
    this.#options = options;
    this.#timer = setInterval(() => this.#sendDue(), TICK_MS);
  }

  /** `count` more listeners join, at the earliest spread over `overMs`. */
  async add(count: number, overMs: number): Promise<void> {
    const startedAtMs = nowMs();
    let next = 0;
    const join = async (): Promise<void> => {
      for (let index = next++; index < count; index = next++) {
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAtMs + (index * overMs) / count - nowMs())));
        await this.#join().catch((error: unknown) => this.#fail((error as Error).message));
      }
    };
    await Promise.all(Array.from({ length: JOINING_AT_ONCE }, join));
  }

  report(fromMs: number, toMs: number): LoadReport {
    const acknowledgements = this.#listeners.flatMap((listener) => listener.acknowledgements.between(fromMs, toMs, nowMs()));
    for (const listener of this.#listeners) listener.acknowledgements.forgetBefore(toMs);
    const latestMicrophoneMs = this.#latestMs;
    this.#latestMs = 0;
    return {
      connected: this.#listeners.filter((listener) => !listener.failed).length,
      turns: [],
      unanswered: 0,
      acknowledgements: { count: acknowledgements.length, p50Ms: quantile(acknowledgements, 0.5), p95Ms: quantile(acknowledgements, 0.95), maxMs: quantile(acknowledgements, 1) },
      failures: this.#failures.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ why }) => why),
      speakingShare: 0,
      latestMicrophoneMs,
    };
  }

  /** Sends no more, waits for the last acknowledgements, and compares what is stored with what was sent. */
  async finish(): Promise<LoadEnd> {
    clearInterval(this.#timer);
    const deadlineMs = nowMs() + LAST_ACKNOWLEDGEMENT_TIMEOUT_MS;
    const waiting = () => this.#listeners.some((listener) => !listener.failed && listener.durableSample < listener.sentFrames * FRAME_SAMPLES);
    while (waiting() && nowMs() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#done = true;
    for (const { socket } of this.#listeners) socket.close();
    let exactSessions = 0;
    for (const listener of this.#listeners) if (await this.#storedExactly(listener)) exactSessions += 1;
    return { sessions: this.#listeners.length, exactSessions, failures: countEach(this.#failures.map(({ why }) => why)) };
  }

  async #join(): Promise<void> {
    // Nobody speaks to a dictation, so that listening is all that is measured.
    const seat = await this.#options.seats.take('dictation');
    const socket = new WebSocket(this.#options.url, { perMessageDeflate: false });
    const listener: Listener = { seat, socket, sound: this.#sounds[this.#listeners.length % this.#sounds.length]!, acknowledgements: new AcknowledgementDelays(), sentFrames: 0, durableSample: 0, nextMs: 0, failed: false };
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited ${JOIN_TIMEOUT_MS} ms in vain to join.`)), JOIN_TIMEOUT_MS);
      socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', protocol: 1, ticket: seat.ticket, audio: { encoding: 'pcm_s16le', sampleRate: UPLINK_SAMPLE_RATE_HZ, channels: 1 } })));
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) return;
        const message = JSON.parse(data.toString()) as ServerMessage;
        if (message.type === 'ack') {
          listener.durableSample = message.durableThroughSample;
          listener.acknowledgements.acknowledged(message.durableThroughSample, nowMs());
        } else if (message.type === 'ready') {
          clearTimeout(timer);
          resolve();
        } else if (message.type === 'error') this.#fail(`error ${message.code}`);
      });
      socket.on('error', () => {});
      socket.on('close', (code) => {
        clearTimeout(timer);
        listener.failed = true;
        if (!this.#done) this.#fail(`closed with ${code}`);
        reject(new Error(`The connection was closed with ${code}.`));
      });
    });
    // Spread over the interval, as they are in life.
    listener.nextMs = nowMs() + Math.random() * FRAME_MS;
    this.#listeners.push(listener);
  }

  #sendDue(): void {
    const startMs = nowMs();
    for (const listener of this.#listeners) {
      while (!listener.failed && listener.nextMs <= startMs) {
        const frame = listener.sound.frames[listener.sentFrames % listener.sound.frames.length]!;
        frame.writeBigUInt64LE(BigInt(listener.sentFrames * FRAME_SAMPLES), FIRST_SAMPLE_OFFSET_BYTES);
        const atMs = nowMs();
        this.#latestMs = Math.max(this.#latestMs, atMs - listener.nextMs);
        listener.sentFrames += 1;
        listener.nextMs += FRAME_MS;
        listener.acknowledgements.sent(listener.sentFrames * FRAME_SAMPLES, atMs);
        // The socket masks a copy of it, so the buffer is free again at once.
        listener.socket.send(frame);
      }
    }
  }

  async #storedExactly({ seat, sound, sentFrames }: Listener): Promise<boolean> {
    const total = sentFrames * FRAME_SAMPLES;
    for (let from = 0; from < total; from += COMPARE_SAMPLES) {
      const stored = await this.#options.audio.read(seat.sessionId, from, Math.min(total, from + COMPARE_SAMPLES));
      if (stored.length !== Math.min(COMPARE_SAMPLES, total - from)) return false;
      for (let index = 0; index < stored.length; index += 1) if (stored[index] !== sound.samples[(from + index) % sound.samples.length]) return false;
    }
    return (await this.#options.audio.read(seat.sessionId, total, total + 1)).length === 0;
  }

  #fail(why: string): void {
    this.#failures.push({ atMs: nowMs(), why });
  }
}

function soundOf(samples: Int16Array): Sound {
  const frames: Buffer[] = [];
  for (let from = 0; from < samples.length; from += FRAME_SAMPLES) {
    frames.push(Buffer.from(encodeUplinkFrame({ seq: frames.length, firstSample: 0, samples: samples.subarray(from, from + FRAME_SAMPLES) })));
  }
  return { samples, frames };
}
