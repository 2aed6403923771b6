/** Loudness for a meter. */

/** Below this a meter shows nothing; ordinary room noise through a laptop's microphone lies around it. */
const FLOOR_DB = -60;
/** Loud speech close to the microphone. */
const CEILING_DB = -12;

/** 0…1 from the root mean square of a frame, on a decibel scale, as ears hear. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  if (sum === 0) return 0;
  const db = 10 * Math.log10(sum / samples.length / (32_768 * 32_768));
  return Math.max(0, Math.min(1, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}
