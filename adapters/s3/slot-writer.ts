/**
 * The writer of one epoch. Audio is cut into objects of at most a second, each in the next slot; a few are under way at
 * a time and are acknowledged in order. A slot that somebody else has taken is a fence: the writer has been replaced.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { AudioLogWriter } from '#domain/session/ports.ts';
import { BYTES_PER_SAMPLE, samplesToBytes } from '#domain/stream/audio-format.ts';
import { createOnce } from './create-once.ts';
import { MAX_OBJECT_BYTES, WINDOW_SLOTS, erasedKey, slotKey } from './layout.ts';
import type { ObjectStore } from './object-store.ts';
import { asAudioError } from './s3-error.ts';
import type { WritePool } from './write-pool.ts';

/** Between the starts of two objects of someone who talks: with the time a request takes, one acknowledgement a second. */
export const OBJECT_INTERVAL_MS = 800;
/** Unacknowledged audio of one session: two minutes, four times what a client may be ahead. */
export const MAX_PENDING_SESSION_BYTES = 120 * MAX_OBJECT_BYTES;

interface Append {
  /** What of it is in no object yet. */
  rest: Uint8Array;
  endSample: number;
  resolve: (durableThroughSample: number) => void;
  reject: (error: SpoolError) => void;
}
interface Flight {
  slot: number;
  sizeBytes: number;
  stored: boolean;
}

export class SlotWriter implements AudioLogWriter {
  readonly #sessionId: string;
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #pool: WritePool;
  readonly #objectBytes: number;
  readonly #onEnd: (writer: SlotWriter, failure: SpoolError | undefined) => void;
  readonly #mark = randomUUID();
  #nextSlot: number;
  #durableThroughSample: number;
  #givenThroughSample: number;
  /** Those not acknowledged, in order; audio of the last ones is in no object yet. */
  readonly #appends: Append[] = [];
  #waitingBytes = 0;
  #pendingBytes = 0;
  /** From the first slot that is not known to be written. */
  readonly #window: Flight[] = [];
  #flying = 0;
  #lastStartMs = -Infinity;
  #cancelTimer: (() => void) | undefined;
  #failure: SpoolError | undefined;
  /** With `lease.lost`: what this writer has written behind it is no part of the log. */
  #fenceSlot = -1;
  #ending = false;
  #over = false;
  readonly #ended = Promise.withResolvers<void>();

  constructor(options: { sessionId: string; store: ObjectStore; clock: Clock; pool: WritePool; objectBytes: number; firstSlot: number; firstSample: number; onEnd: (writer: SlotWriter, failure: SpoolError | undefined) => void }) {
    this.#sessionId = options.sessionId;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#pool = options.pool;
    this.#objectBytes = options.objectBytes;
    this.#onEnd = options.onEnd;
    this.#nextSlot = options.firstSlot;
    this.#durableThroughSample = options.firstSample;
    this.#givenThroughSample = options.firstSample;
  }

  get durableThroughSample(): number {
    return this.#durableThroughSample;
  }

  /** See the port. */
  async append(samples: Int16Array): Promise<number> {
    if (this.#failure) throw this.#failure;
    if (this.#ending) throw new SpoolError('audio.write_failed', 'The audio writer is closed.');
    if (samples.length === 0) return this.#durableThroughSample;
    const rest = samplesToBytes(samples);
    if (this.#pendingBytes + rest.byteLength > MAX_PENDING_SESSION_BYTES) throw new SpoolError('stream.too_fast', 'Too much audio of one session waits for the bucket.');
    this.#pool.reserve(rest.byteLength);
    this.#pendingBytes += rest.byteLength;
    this.#waitingBytes += rest.byteLength;
    this.#givenThroughSample += samples.length;
    const stored = new Promise<number>((resolve, reject) => this.#appends.push({ rest, endSample: this.#givenThroughSample, resolve, reject }));
    this.#pump();
    return stored;
  }

  /** Writes what waits at once (or fails it). Safe to repeat. */
  close(): Promise<void> {
    this.#ending = true;
    this.#pump();
    return this.#ended.promise;
  }

  /** Begins every object that is due: a full one while the window has room, a shorter one when nothing is under way. */
  #pump(timeIsUp = false): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    while (!this.#failure && this.#waitingBytes > 0 && this.#window.length < WINDOW_SLOTS) {
      const waitMs = this.#lastStartMs + OBJECT_INTERVAL_MS - this.#clock.monotonicMs();
      const due = this.#ending || this.#waitingBytes >= this.#objectBytes || (this.#flying === 0 && (timeIsUp || waitMs <= 0));
      if (due) this.#begin();
      else {
        if (this.#flying === 0) this.#cancelTimer = this.#clock.schedule(waitMs, () => this.#pump(true));
        break;
      }
    }
    if (this.#over || this.#flying > 0 || !(this.#failure || (this.#ending && this.#waitingBytes === 0))) return;
    this.#over = true;
    this.#onEnd(this, this.#failure);
    this.#ended.resolve();
  }

  #begin(): void {
    const body = this.#cut();
    const flight: Flight = { slot: this.#nextSlot, sizeBytes: body.byteLength, stored: false };
    this.#nextSlot += 1;
    this.#lastStartMs = this.#clock.monotonicMs();
    this.#window.push(flight);
    this.#flying += 1;
    void this.#write(flight, body).catch((error: unknown) => this.#fail(asAudioError(error))).finally(() => {
      this.#flying -= 1;
      this.#acknowledge();
      this.#pump();
    });
  }

  /** The next object: at most `objectBytes` of what waits, of as many appends as it is. */
  #cut(): Uint8Array {
    const body = new Uint8Array(Math.min(this.#waitingBytes, this.#objectBytes));
    let at = 0;
    for (const append of this.#appends) {
      if (at === body.byteLength) break;
      const taken = append.rest.subarray(0, body.byteLength - at);
      body.set(taken, at);
      append.rest = append.rest.subarray(taken.byteLength);
      at += taken.byteLength;
    }
    this.#waitingBytes -= body.byteLength;
    return body;
  }

  async #write(flight: Flight, body: Uint8Array): Promise<void> {
    const key = slotKey(this.#sessionId, flight.slot);
    const { outcome, repeated } = await this.#pool.request(() => createOnce(this.#store, this.#clock, key, body, this.#mark));
    if (outcome === 'ours') {
      // Sent again after it had arrived and was erased, it would be back.
      if (repeated && (await this.#store.head(erasedKey(this.#sessionId)))) this.#lose(-1);
      flight.stored = true;
    } else this.#lose(outcome === 'taken' ? flight.slot : -1);
    // Nobody reads what lies behind a fence, and it must not outlive an erasure.
    if (this.#failure?.code !== 'lease.lost') return;
    const unread = this.#window.filter(({ slot, stored }) => stored && slot > this.#fenceSlot);
    if (unread.length > 0) await this.#store.remove(unread.map(({ slot }) => slotKey(this.#sessionId, slot)));
  }

  /** The writer has been replaced at `fenceSlot`; -1: what it wrote last was sealed away or erased. */
  #lose(fenceSlot: number): void {
    if (this.#failure) return;
    this.#fenceSlot = fenceSlot;
    this.#fail(new SpoolError('lease.lost', 'A newer writer has begun, or the session was sealed or erased.'));
  }

  #acknowledge(): void {
    while (!this.#failure && this.#window[0]?.stored) {
      const { sizeBytes } = this.#window.shift()!;
      this.#release(sizeBytes);
      this.#durableThroughSample += sizeBytes / BYTES_PER_SAMPLE;
      while (this.#appends[0] && this.#appends[0].endSample <= this.#durableThroughSample) {
        const { endSample, resolve } = this.#appends.shift()!;
        resolve(endSample);
      }
    }
  }

  #fail(error: SpoolError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#release(this.#pendingBytes);
    for (const append of this.#appends.splice(0)) append.reject(error);
  }

  #release(sizeBytes: number): void {
    this.#pendingBytes -= sizeBytes;
    this.#pool.release(sizeBytes);
  }
}
