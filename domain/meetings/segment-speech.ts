/** What is decoded at once: segments by voice activity. */
import { Segmenter } from '../session/segmenter.ts';
import type { TurnPolicy } from '../session/turn-taking.ts';
import { VAD_WINDOW_SAMPLES } from '../speech/ports.ts';
import { msToSamples } from '../stream/audio-format.ts';
import type { VoiceMap } from './voice-map.ts';

/** Word errors of Moonshine fell from 17 to 14 % with 300 instead of 100 ms of room after the last voice (docs/engines.md). */
const TAIL_SAMPLES = msToSamples(300);

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
