/** Where in some audio somebody speaks. */
import { VAD_WINDOW_SAMPLES, type VoiceDetector } from '../speech/ports.ts';

/** Windows judged in one call (10 s), between which an abort is noticed. */
const BATCH_WINDOWS = 312;

/** Voice or not, in windows of 32 ms from `firstSample`. */
export class VoiceMap {
  readonly firstSample: number;
  readonly #voiced: readonly boolean[];

  constructor(firstSample: number, voiced: readonly boolean[]) {
    this.firstSample = firstSample;
    this.#voiced = voiced;
  }

  get windows(): number {
    return this.#voiced.length;
  }

  voicedAt(window: number): boolean {
    return this.#voiced[window] ?? false;
  }

  /** The window `sample` lies in. */
  windowOf(sample: number): number {
    return Math.floor((sample - this.firstSample) / VAD_WINDOW_SAMPLES);
  }

  /** Voiced samples within [fromSample, toSample) of windows `counts` says yes to. */
  voicedSamples(fromSample: number, toSample: number, counts: (window: number) => boolean = () => true): number {
    let sum = 0;
    for (let window = Math.max(0, this.windowOf(fromSample)); window < this.windows; window += 1) {
      const start = this.firstSample + window * VAD_WINDOW_SAMPLES;
      if (start >= toSample) break;
      if (this.voicedAt(window) && counts(window)) sum += Math.min(start + VAD_WINDOW_SAMPLES, toSample) - Math.max(start, fromSample);
    }
    return sum;
  }

  /** The first and last voiced sample within the range, or null. */
  voicedExtent(fromSample: number, toSample: number): { startSample: number; endSample: number } | null {
    let startSample: number | undefined;
    let endSample = fromSample;
    for (let window = Math.max(0, this.windowOf(fromSample)); window < this.windows; window += 1) {
      const start = this.firstSample + window * VAD_WINDOW_SAMPLES;
      if (start >= toSample) break;
      if (!this.voicedAt(window)) continue;
      startSample ??= Math.max(start, fromSample);
      endSample = Math.min(start + VAD_WINDOW_SAMPLES, toSample);
    }
    return startSample === undefined ? null : { startSample, endSample };
  }
}

/** Judges `samples`, which begin at `firstSample`, with a detector that heard nothing before. @throws SpoolError `engine.*` */
export async function mapVoice(options: { samples: Int16Array; firstSample: number; detector: VoiceDetector; sessionId: string; signal?: AbortSignal }): Promise<VoiceMap> {
  const { samples, firstSample, detector, sessionId, signal } = options;
  const stream = detector.open(sessionId);
  const voiced: boolean[] = [];
  try {
    for (let at = 0; at < samples.length; at += BATCH_WINDOWS * VAD_WINDOW_SAMPLES) {
      signal?.throwIfAborted();
      voiced.push(...(await stream.detect(wholeWindows(samples.subarray(at, at + BATCH_WINDOWS * VAD_WINDOW_SAMPLES)))));
    }
  } finally {
    stream.close();
  }
  return new VoiceMap(firstSample, voiced);
}

/** The last window is filled with zeros. */
function wholeWindows(samples: Int16Array): Int16Array {
  const rest = samples.length % VAD_WINDOW_SAMPLES;
  if (rest === 0) return samples;
  const whole = new Int16Array(samples.length - rest + VAD_WINDOW_SAMPLES);
  whole.set(samples);
  return whole;
}
