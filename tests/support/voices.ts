/** Scripted voices: people with a direction each, heard in chunks with as much noise as a test wants. */
import type { ChunkVoice } from '#domain/meetings/speakers/voices.ts';
import { seededRandom } from './random.ts';

/** As many numbers as TitaNet gives. */
const DIMENSION = 192;
export const SCRIPTED_MODEL = 'scripted@1';

export interface ScriptedVoice extends ChunkVoice {
  /** Who it really is; null for what is nobody, e.g. two people at once. */
  person: number | null;
}

/** People who are as unlike each other as chance makes them (a cosine around 0 ± 0.07). */
export function scriptedPeople(seed: number) {
  const random = seededRandom(seed);
  /** Nearly normal: the sum of six. */
  const direction = (): Float32Array => unit(Float32Array.from({ length: DIMENSION }, () => random() + random() + random() - random() - random() - random()));
  const people: Float32Array[] = [];
  const person = (index: number): Float32Array => {
    while (people.length <= index) people.push(direction());
    return people[index]!;
  };
  return {
    random,
    direction,
    person,
    /** One voice of a chunk. `likeness`: its cosine to the person's true direction. */
    voice(index: number, chunk: number, voice: number, { likeness = 0.8, seconds = 6 }: { likeness?: number; seconds?: number } = {}): ScriptedVoice {
      return { chunk, voice, person: index, model: SCRIPTED_MODEL, embedding: near(person(index), direction(), likeness), speechSamples: seconds * 16_000 };
    },
    /** Two people at once, or an engine's mistake: in the middle between them. */
    mixture(one: number, other: number, chunk: number, voice: number): ScriptedVoice {
      const middle = unit(person(one).map((value, index) => value + person(other)[index]!));
      return { chunk, voice, person: null, model: SCRIPTED_MODEL, embedding: near(middle, direction(), 0.9), speechSamples: 3 * 16_000 };
    },
  };
}

/** Of unit length, with a cosine of about `likeness` to `to`. */
export function near(to: Float32Array, noise: Float32Array, likeness: number): Float32Array {
  const away = Math.sqrt(1 - likeness ** 2);
  return unit(to.map((value, index) => likeness * value + away * noise[index]!));
}
export function unit(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}
