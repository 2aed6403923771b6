/** Where in a stretch of audio somebody speaks, and the segments that makes. */
import { VAD_WINDOW_SAMPLES, type VoiceDetector } from '../speech/ports.ts';
import { Segmenter } from '../session/segmenter.ts';
import type { TurnPolicy } from '../session/turn-taking.ts';
import { msToSamples } from '../stream/audio-format.ts';

/** Word errors of Moonshine fell from 17 to 14 % with 300 instead of 100 ms of room after the last voice (docs/engines.md). */
const TAIL_SAMPLES = msToSamples(300);
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

export interface SpeechSegment {
  /** What is decoded: the voice with a little room around it. Ranges of neighbours do not overlap. */
  startSample: number;
  endSample: number;
  /** The voice itself. */
  speechStart: number;
  speechEnd: number;
}

/**
 * Segments of [fromSample, toSample) that end at a silence (or, after `segmentMaxMs` without one, at the quietest
 * point), by the same rules as in a live session.
 */
export function segmentSpeech(options: { voice: VoiceMap; power: (window: number) => number; fromSample: number; toSample: number; policy: TurnPolicy }): SpeechSegment[] {
  const { voice, power, fromSample, toSample, policy } = options;
  const segmenter = new Segmenter(policy);
  segmenter.close(fromSample);
  const segments: SpeechSegment[] = [];
  let open: { startSample: number; speechStart: number } | null = null;
  let voicedEnd = fromSample;
  /** Where the voice ended before the pause we are in. */
  let pausedAt: number | null = null;
  const close = (endSample: number, speechEnd: number) => {
    segments.push({ ...open!, endSample, speechEnd: Math.max(open!.speechStart, Math.min(speechEnd, endSample)) });
    open = null;
  };
  const end = (speechEnd: number) => {
    const endSample = Math.min(toSample, speechEnd + TAIL_SAMPLES);
    close(endSample, speechEnd);
    segmenter.close(endSample);
  };
  for (let window = voice.windowOf(fromSample); voice.firstSample + window * VAD_WINDOW_SAMPLES < toSample; window += 1) {
    const sample = voice.firstSample + window * VAD_WINDOW_SAMPLES;
    const windowEnd = Math.min(toSample, sample + VAD_WINDOW_SAMPLES);
    const voiced = voice.voicedAt(window);
    for (const event of segmenter.window(sample, voiced, power(window))) {
      switch (event.type) {
        case 'speech.started':
          open = { startSample: event.segmentStart, speechStart: Math.max(fromSample, event.sample) };
          break;
        case 'speech.cut':
          close(event.sample, event.sample);
          open = { startSample: event.sample, speechStart: event.sample };
          break;
        default:
      }
      pausedAt = event.type === 'speech.paused' ? event.endSample : null;
    }
    if (voiced) voicedEnd = windowEnd;
    if (!open || pausedAt === null || voiced) continue;
    const { startSample } = open as { startSample: number };
    const silence = pausedAt - startSample >= msToSamples(policy.segmentCutMs) ? policy.suspicionMs : policy.completeSilenceMs;
    if (windowEnd - pausedAt >= msToSamples(silence)) end(pausedAt);
  }
  if (open) end(voicedEnd);
  return segments;
}
