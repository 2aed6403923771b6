/**
 * Turns voice-activity windows into speech that starts, pauses, resumes and must be cut. Pure: one decision per 32 ms
 * window on the uplink clock, no time, no text. Whether a pause ends the turn is decided elsewhere, from the words.
 */
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '../stream/audio-format.ts';
import { VAD_WINDOW_SAMPLES } from '../speech/ports.ts';
import type { TurnPolicy } from './turn-taking.ts';

export type SpeechEvent =
  /** Speech began at `sample`; its segment starts `preRollMs` earlier, at `segmentStart`. */
  | { type: 'speech.started'; sample: number; segmentStart: number }
  /** The last voiced window ended at `endSample`; silence has lasted `suspicionMs` since. */
  | { type: 'speech.paused'; endSample: number }
  | { type: 'speech.resumed'; sample: number }
  /** No pause for `segmentMaxMs`: the segment ends, and the next begins, at `sample`. */
  | { type: 'speech.cut'; sample: number };

/** Windows of a segment's last part among which the quietest is the cut: 3 s. */
const CUT_SEARCH_SAMPLES = 3 * UPLINK_SAMPLE_RATE_HZ;

type Phase =
  | { is: 'silent' }
  /** Voiced, but not long enough yet to be speech. */
  | { is: 'rising'; start: number; voicedSamples: number; gapSamples: number }
  | { is: 'speaking'; segmentStart: number; lastVoicedEnd: number }
  | { is: 'paused'; segmentStart: number; endSample: number; resumeVoiced: number; resumeStart: number };

export class Segmenter {
  readonly #policy: TurnPolicy;
  #phase: Phase = { is: 'silent' };
  /** Nothing before this sample belongs to a new segment: it was transcribed already. */
  #floorSample = 0;
  #loudness: { sample: number; power: number }[] = [];

  constructor(policy: TurnPolicy) {
    this.#policy = policy;
  }

  /** A segment is open, so its audio must be kept. */
  get active(): boolean {
    return this.#phase.is !== 'silent';
  }

  /** Where audio must be kept from while no segment is open: the pre-roll before `sample`. */
  keepFrom(sample: number): number {
    return Math.max(0, sample - msToSamples(this.#policy.preRollMs));
  }

  /** One window `[sample, sample + 512)`: is it voice, and its mean power (any unit, only compared). */
  window(sample: number, voiced: boolean, power: number): SpeechEvent[] {
    const end = sample + VAD_WINDOW_SAMPLES;
    const phase = this.#phase;
    switch (phase.is) {
      case 'silent':
        if (!voiced) return [];
        this.#phase = { is: 'rising', start: sample, voicedSamples: 0, gapSamples: 0 };
        return this.#rise(voiced, end);
      case 'rising':
        return this.#rise(voiced, end);
      case 'speaking': {
        this.#loudness.push({ sample, power });
        if (voiced) phase.lastVoicedEnd = end;
        if (end - phase.lastVoicedEnd >= msToSamples(this.#policy.suspicionMs)) {
          this.#phase = { is: 'paused', segmentStart: phase.segmentStart, endSample: phase.lastVoicedEnd, resumeVoiced: 0, resumeStart: 0 };
          return [{ type: 'speech.paused', endSample: phase.lastVoicedEnd }];
        }
        if (end - phase.segmentStart >= msToSamples(this.#policy.segmentMaxMs)) return [this.#cut(phase, end)];
        return [];
      }
      case 'paused':
        return this.#maybeResume(phase, sample, voiced, end);
    }
  }

  /** The turn or item is over: the next voice starts a new segment, which may not reach back before `floorSample`. */
  close(floorSample: number): void {
    this.#phase = { is: 'silent' };
    this.#floorSample = Math.max(this.#floorSample, floorSample);
    this.#loudness = [];
  }

  #rise(voiced: boolean, end: number): SpeechEvent[] {
    const phase = this.#phase as Extract<Phase, { is: 'rising' }>;
    if (voiced) phase.voicedSamples += VAD_WINDOW_SAMPLES;
    else phase.gapSamples += VAD_WINDOW_SAMPLES;
    // A click: as much silence as voice before it became speech.
    if (!voiced && phase.gapSamples > phase.voicedSamples) {
      this.#phase = { is: 'silent' };
      return [];
    }
    if (phase.voicedSamples < msToSamples(this.#policy.minSpeechMs)) return [];
    const segmentStart = Math.max(this.#floorSample, phase.start - msToSamples(this.#policy.preRollMs));
    this.#phase = { is: 'speaking', segmentStart, lastVoicedEnd: end };
    this.#loudness = [];
    return [{ type: 'speech.started', sample: phase.start, segmentStart }];
  }

  /** A pause ends as speech began: by `minSpeechMs` of voice, so that a click does not count. */
  #maybeResume(phase: Extract<Phase, { is: 'paused' }>, sample: number, voiced: boolean, end: number): SpeechEvent[] {
    if (!voiced) {
      phase.resumeVoiced = Math.max(0, phase.resumeVoiced - VAD_WINDOW_SAMPLES);
      return [];
    }
    if (phase.resumeVoiced === 0) phase.resumeStart = sample;
    phase.resumeVoiced += VAD_WINDOW_SAMPLES;
    if (phase.resumeVoiced < msToSamples(this.#policy.minSpeechMs)) return [];
    this.#phase = { is: 'speaking', segmentStart: phase.segmentStart, lastVoicedEnd: end };
    return [{ type: 'speech.resumed', sample: phase.resumeStart }];
  }

  #cut(phase: Extract<Phase, { is: 'speaking' }>, end: number): SpeechEvent {
    const candidates = this.#loudness.filter((window) => window.sample >= end - CUT_SEARCH_SAMPLES);
    const quietest = candidates.reduce((best, window) => (window.power < best.power ? window : best));
    const sample = quietest.sample + VAD_WINDOW_SAMPLES / 2;
    this.#phase = { is: 'speaking', segmentStart: sample, lastVoicedEnd: phase.lastVoicedEnd };
    this.#loudness = this.#loudness.filter((window) => window.sample >= sample);
    this.#floorSample = sample;
    return { type: 'speech.cut', sample };
  }
}
