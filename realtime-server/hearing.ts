/**
 * One session's ear: samples in, speech events out, in order. Windows below the energy gate cost no engine call. Keeps
 * the audio of the open segment (and the pre-roll before it), so that it can be transcribed without touching the disk.
 */
import type { Clock } from '#domain/clock.ts';
import { EnergyGate } from '#domain/speech/energy-gate.ts';
import { VAD_WINDOW_SAMPLES, type VoiceDetector, type VoiceStream } from '#domain/speech/ports.ts';
import { Segmenter, type SpeechEvent } from '#domain/session/segmenter.ts';
import type { TurnPolicy } from '#domain/session/turn-taking.ts';

/** Windows fed to the detector when the gate opens, before the first loud one: its memory needs a run-up (96 ms). */
const RUN_UP_WINDOWS = 3;
/** Windows judged in one call at most (1 s), so that catching up in one session leaves gaps for others. */
const MAX_BATCH_WINDOWS = 31;
/** A detector that failed is asked again after this, then after twice the time, DETECTOR_ATTEMPTS times in all: about 8 s. */
export const DETECTOR_RETRY_MS = 250;
const DETECTOR_ATTEMPTS = 6;
/** Then loudness stands in for so long before the detector is asked again: too many segments are better than none. */
const STAND_IN_MS = 30_000;

export type HeardEvent = SpeechEvent | { type: 'listened'; throughSample: number };

export class Hearing {
  readonly #segmenter: Segmenter;
  readonly #gate = new EnergyGate();
  readonly #stream: VoiceStream;
  readonly #onEvent: (event: HeardEvent) => void;
  readonly #onFailure: (error: unknown) => void;
  readonly #clock: Clock;
  /** Kept samples: `#kept` holds [#keptFrom, #keptFrom + #keptLength). */
  #kept: Int16Array;
  #keptFrom: number;
  #keptLength = 0;
  /** Judged so far; the next window starts here. */
  #judgedThrough: number;
  #gateOpen = false;
  #pump: Promise<void> | null = null;
  #closed = false;
  #stopWaiting: () => void = () => {};
  #standInUntilMs = -Infinity;
  #failing = false;

  /** `onFailure`: the detector failed after it had worked; told once until it works again. */
  constructor(options: { sessionId: string; policy: TurnPolicy; detector: VoiceDetector; clock: Clock; fromSample: number; onEvent: (event: HeardEvent) => void; onFailure: (error: unknown) => void }) {
    this.#segmenter = new Segmenter(options.policy);
    // What lies before was transcribed by an earlier process.
    this.#segmenter.close(options.fromSample);
    this.#stream = options.detector.open(options.sessionId);
    this.#onEvent = options.onEvent;
    this.#onFailure = options.onFailure;
    this.#clock = options.clock;
    this.#judgedThrough = options.fromSample;
    this.#keptFrom = options.fromSample;
    this.#kept = new Int16Array(32_768);
  }

  /** The next sample it wants. */
  get throughSample(): number {
    return this.#keptFrom + this.#keptLength;
  }

  /** Samples received but not judged yet: the caller stops reading when this grows. */
  get backlogSamples(): number {
    return this.throughSample - this.#judgedThrough;
  }

  /** Takes samples that directly follow the last ones. */
  push(samples: Int16Array): void {
    this.#append(samples);
    this.#pump ??= this.#run();
  }

  /** Resolves once every whole window pushed so far was judged. */
  async drained(): Promise<void> {
    while (this.#pump) await this.#pump;
  }

  /** A copy of [startSample, endSample), or null when its beginning is not kept any more. */
  segment(startSample: number, endSample: number): Int16Array | null {
    if (startSample < this.#keptFrom || endSample > this.throughSample) return null;
    return this.#kept.slice(startSample - this.#keptFrom, endSample - this.#keptFrom);
  }

  /** The open segment is over. */
  closeSegment(floorSample: number): void {
    this.#segmenter.close(floorSample);
  }

  close(): void {
    this.#closed = true;
    this.#stopWaiting();
    this.#stream.close();
  }

  async #run(): Promise<void> {
    // Lets frames that arrived together be judged together.
    await Promise.resolve();
    while (!this.#closed) {
      const windows = Math.min(MAX_BATCH_WINDOWS, Math.floor(this.backlogSamples / VAD_WINDOW_SAMPLES));
      if (windows === 0) break;
      await this.#judge(windows);
    }
    // In the same breath: what is pushed from now on needs a run of its own.
    this.#pump = null;
  }

  async #judge(count: number): Promise<void> {
    const start = this.#judgedThrough;
    const samples = this.#kept.subarray(start - this.#keptFrom, start - this.#keptFrom + count * VAD_WINDOW_SAMPLES);
    const open = this.#gate.feed(samples).map((state) => state === 'open');
    const voiced = open.some(Boolean) ? await this.#detectSurely(start, open) : open;
    if (this.#closed) return;
    for (let index = 0; index < count; index += 1) {
      const sample = start + index * VAD_WINDOW_SAMPLES;
      const power = voiced[index] || this.#segmenter.active ? this.#power(sample) : 0;
      this.#judgedThrough = sample + VAD_WINDOW_SAMPLES;
      for (const event of this.#segmenter.window(sample, voiced[index] ?? false, power)) this.#onEvent(event);
    }
    this.#onEvent({ type: 'listened', throughSample: this.#judgedThrough });
    if (!this.#segmenter.active) this.#forgetBefore(this.#segmenter.keepFrom(this.#judgedThrough));
  }

  /** A detector that fails is asked again; one that goes on failing is replaced by the gate for a while. Never rejects. */
  async #detectSurely(start: number, open: boolean[]): Promise<boolean[]> {
    // One that has been replaced already gets a single chance, not another eight seconds of everybody's time.
    const attempts = this.#failing ? 1 : DETECTOR_ATTEMPTS;
    for (let attempt = 1; !this.#closed && this.#clock.monotonicMs() >= this.#standInUntilMs; attempt += 1) {
      try {
        const voiced = await this.#detect(start, open);
        this.#failing = false;
        return voiced;
      } catch (error) {
        if (this.#closed) break;
        if (!this.#failing) this.#onFailure(error);
        this.#failing = true;
        this.#gateOpen = false;
        if (attempt < attempts) await this.#wait(DETECTOR_RETRY_MS * 2 ** (attempt - 1));
        else this.#standInUntilMs = this.#clock.monotonicMs() + STAND_IN_MS;
      }
    }
    return open;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(ms, resolve);
      this.#stopWaiting = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Runs the detector over the stretches where the gate is open. */
  async #detect(start: number, open: boolean[]): Promise<boolean[]> {
    const voiced = open.map(() => false);
    let index = 0;
    while (index < open.length) {
      if (!open[index]) {
        this.#gateOpen = false;
        index += 1;
        continue;
      }
      let end = index;
      while (end < open.length && open[end]) end += 1;
      let from = start + index * VAD_WINDOW_SAMPLES;
      let runUp = 0;
      if (!this.#gateOpen) {
        this.#stream.reset();
        runUp = Math.min(RUN_UP_WINDOWS, Math.floor((from - this.#keptFrom) / VAD_WINDOW_SAMPLES));
        from -= runUp * VAD_WINDOW_SAMPLES;
      }
      this.#gateOpen = true;
      const samples = this.segment(from, start + end * VAD_WINDOW_SAMPLES);
      if (samples) (await this.#stream.detect(samples)).slice(runUp).forEach((voice, offset) => (voiced[index + offset] = voice));
      index = end;
    }
    if (!open.at(-1)) this.#gateOpen = false;
    return voiced;
  }

  #power(sample: number): number {
    const from = sample - this.#keptFrom;
    let sum = 0;
    for (let index = from; index < from + VAD_WINDOW_SAMPLES; index += 1) sum += (this.#kept[index] ?? 0) ** 2;
    return sum / VAD_WINDOW_SAMPLES;
  }

  #append(samples: Int16Array): void {
    const needed = this.#keptLength + samples.length;
    if (needed > this.#kept.length) {
      const grown = new Int16Array(Math.max(needed, this.#kept.length * 2));
      grown.set(this.#kept.subarray(0, this.#keptLength));
      this.#kept = grown;
    }
    this.#kept.set(samples, this.#keptLength);
    this.#keptLength = needed;
  }

  #forgetBefore(sample: number): void {
    const drop = sample - this.#keptFrom;
    // Shifting costs a copy: do it a second at a time.
    if (drop < 16_000) return;
    this.#kept.copyWithin(0, drop, this.#keptLength);
    this.#keptFrom = sample;
    this.#keptLength -= drop;
    if (this.#kept.length > 131_072 && this.#keptLength < 32_768) this.#kept = this.#kept.slice(0, 65_536);
  }
}
