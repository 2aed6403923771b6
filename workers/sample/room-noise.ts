import { msToSamples } from '#domain/stream/audio-format.ts';

/** White noise at −65 dBFS: what a quiet room sounds like, and digital zeros do not. */
const AMPLITUDE = 32_768 * 10 ** (-65 / 20) * Math.sqrt(3);
const LENGTH_MS = 5_000;

/** To be repeated; the same every time (a linear congruential generator, Numerical Recipes' constants). */
export function roomNoise(): Int16Array {
  let state = 1;
  return Int16Array.from({ length: msToSamples(LENGTH_MS) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.round((state / 2 ** 31 - 1) * AMPLITUDE);
  });
}
