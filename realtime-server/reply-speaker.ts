/**
 * Speaks one utterance: text deltas → clauses → synthesized audio → downlink frames, each step one ahead of the next.
 * Frames run at most AHEAD_MS in front of what was played, so an interruption leaves little behind.
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { clausesOf } from '#domain/interview/clauses.ts';
import { NORMAL_PACE } from '#domain/speech/pace.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { encodeDownlinkFrame } from '#domain/stream/frames.ts';

/** Audio handed to the socket ahead of playback. */
const AHEAD_MS = 8_000;
const FRAME_MS = 100;
/** How often to look whether playback has caught up, when no report says so. */
const PACE_MS = 100;
/** An engine that gives nothing for this long is given up: above every engine's own limit. */
export const ENGINE_SILENCE_MS = 30_000;
/** An utterance is a few sentences; a model that does not stop is stopped. */
const MAX_UTTERANCE_CHARS = 4_000;

export interface SpeakerEvents {
  /** A clause begins to be spoken. */
  text(text: string): void;
  /** Samples of it were handed to the socket. */
  audio(samples: Int16Array): void;
  complete(): void;
  /** `silent`: the words are shown, but their sound could not be made. */
  failed(error: SpoolError, silent: boolean): void;
  sendFrame(frame: Uint8Array): void;
  /** Samples played so far, by the session's reckoning. */
  playedSamples(): number;
}

interface Clause {
  text: string;
  pieces: AsyncIterable<Int16Array> | null;
}

export class ReplySpeaker {
  /** Moments for `turn.metrics`, on the monotonic clock. */
  firstTextAtMs: number | null = null;
  readonly #abort = new AbortController();
  readonly #clock: Clock;
  readonly #events: SpeakerEvents;
  readonly #options: { sessionId: string; utterance: number; synthesizer: Synthesizer | null; pace?: () => number };
  #held = false;
  #wake: (() => void) | null = null;
  #sentenceOnly = false;
  #sentSamples = 0;
  #seq = 0;

  /** `pace` is asked for each clause. */
  constructor(options: { sessionId: string; utterance: number; synthesizer: Synthesizer | null; pace?: () => number; clock: Clock; events: SpeakerEvents }) {
    this.#options = options;
    this.#clock = options.clock;
    this.#events = options.events;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Speaks until the text ends, `stop` is called, or an engine fails. Never rejects. */
  async speak(deltas: AsyncIterable<string>): Promise<void> {
    const clauses = this.#clauses(this.#noting(this.#bounded(deltas)));
    try {
      let next = clauses.next();
      for (let current = await next; !current.done; current = await next) {
        // Synthesis of the following clause begins while this one is being sent.
        next = this.#sentenceOnly ? Promise.resolve({ done: true as const, value: undefined }) : clauses.next();
        next.catch(() => {});
        await this.#send(current.value);
        if (this.signal.aborted) return;
        if (this.#sentenceOnly) break;
      }
      this.#sendLast();
      if (!this.signal.aborted) this.#events.complete();
    } catch (error) {
      if (this.signal.aborted) return;
      this.#sendLast();
      this.#events.failed(asSpoolError(error), false);
    } finally {
      // Whoever still writes or synthesizes is let go; nobody waits for it.
      this.#abort.abort();
      clauses.return(undefined).catch(() => {});
    }
  }

  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#wake?.();
  }

  stop(): void {
    this.#abort.abort();
    this.#wake?.();
  }

  /** Ends after the clause being spoken. */
  finishSentence(): void {
    this.#sentenceOnly = true;
    this.#wake?.();
  }

  /** Playback moved on: more may be sent. */
  played(): void {
    this.#wake?.();
  }

  async *#noting(deltas: AsyncIterable<string>): AsyncGenerator<string> {
    let length = 0;
    for await (const delta of deltas) {
      if (this.signal.aborted) return;
      this.firstTextAtMs ??= this.#clock.monotonicMs();
      yield delta;
      length += delta.length;
      if (length > MAX_UTTERANCE_CHARS) return;
    }
  }

  async *#clauses(deltas: AsyncIterable<string>): AsyncGenerator<Clause> {
    const { synthesizer, sessionId, pace } = this.#options;
    for await (const text of clausesOf(deltas)) {
      const speakable = /[\p{L}\p{N}]/u.test(text);
      const pieces = synthesizer && speakable ? prefetch(synthesizer.synthesize({ sessionId, text: text.trim(), pace: pace?.() ?? NORMAL_PACE }, this.signal), this.signal) : null;
      yield { text, pieces };
    }
  }

  /** The clause's text is announced with its first samples, so that what is read is what is heard. */
  async #send(clause: Clause): Promise<void> {
    let announced = false;
    const announce = () => {
      if (!announced) this.#events.text(clause.text);
      announced = true;
    };
    try {
      for await (const piece of this.#bounded(clause.pieces ?? nothing())) {
        for (let from = 0; from < piece.length; from += this.#frameSamples) {
          await this.#turnToSend();
          if (this.signal.aborted) return;
          announce();
          this.#sendFrame(piece.subarray(from, from + this.#frameSamples), false);
        }
      }
    } catch (error) {
      if (this.signal.aborted) return;
      this.#events.failed(asSpoolError(error), true);
    }
    if (this.signal.aborted) return;
    await this.#turnToSend();
    if (!this.signal.aborted) announce();
  }

  /** Ends with the source, at a stop even when the source does not notice, and with `engine.timeout` when it falls silent. */
  async *#bounded<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const result = await this.#inTime(iterator.next());
        if (result === null || result.done) return;
        yield result.value;
      }
    } finally {
      void iterator.return?.().catch(() => {});
    }
  }

  /** Null: stopped meanwhile. */
  #inTime<T>(promise: Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      const settle = (run: () => void) => {
        cancel();
        this.signal.removeEventListener('abort', stopped);
        run();
      };
      const stopped = () => settle(() => resolve(null));
      const cancel = this.#clock.schedule(ENGINE_SILENCE_MS, () => settle(() => reject(new SpoolError('engine.timeout', 'An engine gave nothing for too long.'))));
      this.signal.addEventListener('abort', stopped, { once: true });
      promise.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
      if (this.signal.aborted) stopped();
    });
  }

  /** Waits while held, or while enough is under way. */
  async #turnToSend(): Promise<void> {
    const rate = this.#options.synthesizer?.sampleRateHz ?? 1;
    const ahead = () => ((this.#sentSamples - this.#events.playedSamples()) * 1000) / rate;
    while (!this.signal.aborted && (this.#held || ahead() > AHEAD_MS)) {
      await new Promise<void>((resolve) => {
        const cancel = this.#held ? () => {} : this.#clock.schedule(PACE_MS, resolve);
        this.#wake = () => {
          cancel();
          resolve();
        };
      });
      this.#wake = null;
    }
  }

  get #frameSamples(): number {
    return ((this.#options.synthesizer?.sampleRateHz ?? 16_000) * FRAME_MS) / 1000;
  }

  #sendFrame(samples: Int16Array, last: boolean): void {
    const frame = encodeDownlinkFrame({ utterance: this.#options.utterance, seq: this.#seq, firstSample: this.#sentSamples, last, samples });
    this.#seq += 1;
    this.#sentSamples += samples.length;
    this.#events.audio(samples);
    this.#events.sendFrame(frame);
  }

  /** Which samples are the last is known only once the text has ended: 10 ms of silence carry the mark. */
  #sendLast(): void {
    if (this.signal.aborted || this.#sentSamples === 0) return;
    this.#sendFrame(new Int16Array(this.#frameSamples / 10), true);
  }
}

async function* nothing(): AsyncGenerator<never> {}

/** Starts the source at once and keeps at most one of its pieces waiting. It is ended by `signal`, also when nobody has begun to read it. */
function prefetch<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<T>> | null = iterator.next();
  first.catch(() => {});
  signal.addEventListener('abort', () => void iterator.return?.().catch(() => {}), { once: true });
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const result = first ?? iterator.next();
        first = null;
        return result;
      },
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
}
