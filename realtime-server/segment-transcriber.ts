/** Asks the engine for the text of one session's segments: captions when there is room, suspected ends, finals until they come. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Transcriber, TranscriptionPurpose } from '#domain/speech/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ, samplesToMs } from '#domain/stream/audio-format.ts';

/** Word errors of Moonshine fell from 17 to 14 % with 300 instead of 100 ms of room after the last voice (docs/engines.md). */
const TAIL_SAMPLES = 0.3 * UPLINK_SAMPLE_RATE_HZ;
/** Longer segments that come back empty are tried once more; a cough or "mhm" is shorter. */
const RETRY_EMPTY_SAMPLES = 0.9 * UPLINK_SAMPLE_RATE_HZ;
/** Captions while speaking come at least this far apart, further under load and in long segments. */
const PARTIAL_INTERVAL_MS = 500;
/** A text that comes later than this has missed its moment: a caption is left out, the suspected end is asked for as a final. */
const CAPTION_TIMEOUT_MS = 10_000;
/** Above what an engine and its queue may take (adapters/speech-local: 30 s and the length of the segment). */
const FINAL_TIMEOUT_MS = 90_000;
const FINAL_ATTEMPTS = 5;
const FINAL_RETRY_MS = 400;

export interface SegmentTranscriberOptions {
  sessionId: string;
  transcriber: Transcriber;
  clock: Clock;
  preRollSamples: number;
  /** Aborted when the session leaves this process. */
  signal: AbortSignal;
  /** Samples still in memory, or null. */
  kept: (startSample: number, endSample: number) => Int16Array | null;
  /** The same from the disk, once they are there. */
  stored: (startSample: number, endSample: number) => Promise<Int16Array>;
  heardThroughSample: () => number;
  onText: (itemId: string, endSample: number, final: boolean, text: string) => void;
  /** `error` only where a person must know: the words could not be had. */
  onFailure: (itemId: string, endSample: number, final: boolean, error: unknown) => void;
}

export class SegmentTranscriber {
  readonly #options: SegmentTranscriberOptions;
  #captionBusy = false;
  #captionAtMs = -Infinity;

  constructor(options: SegmentTranscriberOptions) {
    this.#options = options;
  }

  /** A caption of the segment under way, if the last is long enough ago for its length and the engine's load. */
  maybeCaption(itemId: string, startSample: number, throughSample: number): void {
    if (this.#captionBusy) return;
    const nowMs = this.#options.clock.monotonicMs();
    const segmentMs = samplesToMs(throughSample - startSample);
    const intervalMs = Math.max(PARTIAL_INTERVAL_MS, segmentMs / 16) * (1 + 4 * this.#options.transcriber.load());
    if (nowMs - this.#captionAtMs < intervalMs || segmentMs < PARTIAL_INTERVAL_MS) return;
    this.#captionAtMs = nowMs;
    this.#captionBusy = true;
    void this.transcribe(itemId, startSample, throughSample, 'partial').finally(() => {
      this.#captionBusy = false;
    });
  }

  async transcribe(itemId: string, startSample: number, endSample: number, purpose: TranscriptionPurpose): Promise<void> {
    const { signal, clock, onText, onFailure } = this.#options;
    // A little of the silence behind the words helps the engine; behind a cut there are words of the next item.
    const toSample = purpose === 'speculative' ? Math.min(endSample + TAIL_SAMPLES, this.#options.heardThroughSample()) : endSample;
    const kept = this.#options.kept(startSample, toSample);
    const final = purpose === 'final';
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        const samples = kept ?? (await this.#options.stored(startSample, toSample));
        // It may have left while the disk was read; an abort that is over tells nobody any more.
        if (signal.aborted) return;
        return onText(itemId, endSample, final, await this.#textOf(samples, purpose));
      } catch (error) {
        if (signal.aborted || purpose === 'partial') return;
        if (!final || attempt === FINAL_ATTEMPTS) return onFailure(itemId, endSample, final, error);
        await new Promise<void>((resolve) => clock.schedule(FINAL_RETRY_MS * attempt, resolve));
      }
    }
  }

  /** A second of voice without any words is suspicious: small models stumble over silence, so less of it is tried. */
  async #textOf(samples: Int16Array, purpose: TranscriptionPurpose): Promise<string> {
    const { transcriber, sessionId, preRollSamples } = this.#options;
    const timeoutMs = purpose === 'final' ? FINAL_TIMEOUT_MS : CAPTION_TIMEOUT_MS;
    const ask = async (part: Int16Array) => (await this.#inTime(timeoutMs, (signal) => transcriber.transcribe({ sessionId, purpose, samples: part }, signal))).text.trim();
    const text = await ask(samples);
    if (text !== '' || purpose === 'partial' || samples.length - preRollSamples < RETRY_EMPTY_SAMPLES) return text;
    return ask(samples.subarray(Math.floor(preRollSamples * 0.7)));
  }

  /** @throws SpoolError `engine.timeout` after `timeoutMs`, whatever the engine does; the abort's reason when the session leaves */
  #inTime<T>(timeoutMs: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, clock } = this.#options;
    const attempt = new AbortController();
    const cancel = clock.schedule(timeoutMs, () => attempt.abort(new SpoolError('engine.timeout')));
    const left = () => attempt.abort(signal.reason);
    signal.addEventListener('abort', left, { once: true });
    return new Promise<T>((resolve, reject) => {
      attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason as Error), { once: true });
      ask(attempt.signal).then(resolve, reject);
    }).finally(() => {
      cancel();
      signal.removeEventListener('abort', left);
    });
  }
}
