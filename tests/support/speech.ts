/** Spoken fixtures for tests and benchmarks, and what one does with them: pad, mix, measure. All audio is 16 kHz PCM16. */
import { readFileSync } from 'node:fs';
import { countWordErrors, wordErrorRates } from '#domain/evaluation/word-errors.ts';
import { wordsOf } from '#domain/evaluation/words.ts';
import { parseWav } from '#domain/stream/wav.ts';
import { levelDbfs } from '#domain/speech/energy-gate.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import { seededRandom } from './random.ts';

export type FixtureKind =
  /** A sentence said to its end. */
  | 'complete'
  /** Pauses inside, or an end that announces more. */
  | 'hesitant'
  /** A cough, an "mhm", a noise: never worth a turn. */
  | 'noise';

export interface SpeechFixture {
  id: string;
  kind: FixtureKind;
  /** Flite's voice, or null for sounds that are computed. */
  voice: string | null;
  /** What is said; empty for noise. */
  text: string;
  /** Where somebody speaks, from the clean signal's level: [start, end) in samples. Empty for noise. */
  speech: { startSample: number; endSample: number }[];
}

const directory = new URL('../fixtures/speech/', import.meta.url);

export const speechFixtures: readonly SpeechFixture[] = JSON.parse(readFileSync(new URL('manifest.json', directory), 'utf8'));

export function speechFixture(id: string): SpeechFixture & { samples: Int16Array } {
  const fixture = speechFixtures.find((each) => each.id === id);
  if (!fixture) throw new RangeError(`There is no spoken fixture "${id}".`);
  return { ...fixture, samples: fixtureSamples(id) };
}

export function fixtureSamples(id: string): Int16Array {
  return parseWav(readFileSync(new URL(`${id}.wav`, directory))).samples;
}

/** A muted microphone: digital zeros. */
export function silence(ms: number): Int16Array {
  return new Int16Array(msToSamples(ms));
}

export function concatSamples(...parts: Int16Array[]): Int16Array {
  const joined = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** White noise of a level, e.g. −65 dBFS for a quiet room. */
export function noise(ms: number, levelDb: number, seed = 1): Int16Array {
  const random = seededRandom(seed);
  // Uniform in ±a has an RMS of a / √3.
  const amplitude = 32_768 * 10 ** (levelDb / 20) * Math.sqrt(3);
  return Int16Array.from({ length: msToSamples(ms) }, () => Math.round((random() * 2 - 1) * amplitude));
}

/** The same sound at another level (RMS over all of it), clipped at full scale. */
export function atLevel(samples: Int16Array, levelDb: number): Int16Array {
  const gain = 10 ** ((levelDb - levelDbfs(samples)) / 20);
  return samples.map((sample) => clip(sample * gain));
}

/** Sum of two sounds, as long as the first; the second is repeated if shorter. */
export function mixSamples(samples: Int16Array, under: Int16Array): Int16Array {
  return samples.map((sample, index) => clip(sample + under[index % under.length]!));
}

/** Adds white noise so that the level of `samples` lies `snrDb` above it. */
export function addNoise(samples: Int16Array, snrDb: number, seed = 1): Int16Array {
  return mixSamples(samples, noise(5_000, levelDbfs(samples) - snrDb, seed));
}

/** Word errors over reference words, 0…; case and punctuation do not count. */
export function wordErrorRate(reference: string, heard: string): number {
  return wordErrorRates(countWordErrors(wordsOf(reference), wordsOf(heard))).wer;
}

function clip(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}
