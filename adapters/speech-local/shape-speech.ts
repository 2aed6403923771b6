/** What every synthesized piece goes through: silence cut off at both ends, quiet voices raised. */
import { msToSamples } from '#domain/stream/audio-format.ts';

/** Silence before speech delays every answer by its length, so next to none is kept: enough not to clip a consonant. */
export const LEADING_SILENCE_MS = 20;
/** Between clauses, so that they join as in one breath. */
export const CLAUSE_PAUSE_MS = 80;
/** After a sentence: the pause a reader makes at a full stop. */
export const SENTENCE_PAUSE_MS = 220;
/** Loudness speech is raised to: −20 dBFS RMS over its voiced parts, common for spoken prompts; never lowered. */
const TARGET_RMS = 32_768 * 10 ** (-20 / 20);
/** −1 dBFS. */
const PEAK_LIMIT = 32_768 * 10 ** (-1 / 20);
const FRAME_MS = 5;
/** −50 dBFS: below the softest consonants of the voices in use, above their noise. */
const SILENCE_RMS = 32_768 * 10 ** (-50 / 20);

/** Shapes one piece of speech; `endsSentence` decides the pause after it. All-silent input gives an empty array. */
export function shapeSpeech(samples: Int16Array, sampleRateHz: number, endsSentence: boolean): Int16Array {
  const frame = msToSamples(FRAME_MS, sampleRateHz);
  const levels = frameLevels(samples, frame);
  const first = levels.findIndex((level) => level > SILENCE_RMS);
  if (first < 0) return new Int16Array(0);
  const last = levels.findLastIndex((level) => level > SILENCE_RMS);
  const start = Math.max(0, first * frame - msToSamples(LEADING_SILENCE_MS, sampleRateHz));
  const speechEnd = Math.min(samples.length, (last + 1) * frame);
  const pause = msToSamples(endsSentence ? SENTENCE_PAUSE_MS : CLAUSE_PAUSE_MS, sampleRateHz);
  const shaped = new Int16Array(speechEnd - start + pause);
  const gain = gainFor(samples, levels);
  for (let index = start; index < Math.min(samples.length, speechEnd + pause); index++) shaped[index - start] = Math.round(samples[index]! * gain);
  return shaped;
}

function frameLevels(samples: Int16Array, frame: number): number[] {
  const levels: number[] = [];
  for (let start = 0; start < samples.length; start += frame) {
    const end = Math.min(start + frame, samples.length);
    let sum = 0;
    for (let index = start; index < end; index++) sum += samples[index]! ** 2;
    levels.push(Math.sqrt(sum / (end - start)));
  }
  return levels;
}

function gainFor(samples: Int16Array, levels: readonly number[]): number {
  const voiced = levels.filter((level) => level > SILENCE_RMS);
  const rms = Math.sqrt(voiced.reduce((sum, level) => sum + level ** 2, 0) / voiced.length);
  let peak = 1;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return Math.max(1, Math.min(TARGET_RMS / rms, PEAK_LIMIT / peak));
}
