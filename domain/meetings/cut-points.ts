/**
 * Where one chunk's words end and the next one's begin: a silence near their border. Both chunks find it by themselves,
 * from the same audio and nothing else, so that two workers agree without a word between them.
 */
import type { VoiceDetector } from '../speech/ports.ts';
import { VAD_WINDOW_SAMPLES } from '../speech/ports.ts';
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';

/** How far from its border a cut may lie, to either side: 3 s. Audio up to here must be on the disk before a chunk is begun. */
export const CUT_REACH_SAMPLES = 3 * UPLINK_SAMPLE_RATE_HZ;
/** Two windows without voice: the detector notices the end of a word 110–150 ms late, so that is a pause of 200 ms. */
const MIN_SILENCE_WINDOWS = 2;
/** A longer silence (600 ms) cuts no better; among those the one nearest the border is taken. */
const GOOD_SILENCE_WINDOWS = Math.round(msToSamples(600) / VAD_WINDOW_SAMPLES);
/** The detector's lateness: the true pause may lie so far before the one it tells of. */
const LATE_WINDOWS = 4;
/** A detector that just woke hears no voice for a moment; such silence is not believed: 256 ms. */
const WAKING_WINDOWS = 8;
/** The quiet between words lasts longer than the closure of a "t" within one: 160 ms. */
const QUIET_WINDOWS = 5;

/**
 * How far the cut may lie from the border between two chunks of `chunkSamples` (the last one may be shorter). At most
 * half of a chunk, so that the cuts at its two borders stay in order.
 */
export function cutReach(chunkSamples: number): number {
  return Math.min(CUT_REACH_SAMPLES, Math.floor(chunkSamples / 2));
}

/**
 * The sample at which to cut within `samples`, which begin at `firstSample` of the session and lie around `border`.
 * @throws SpoolError `engine.*` of the detector
 */
export async function cutNear(options: { border: number; firstSample: number; samples: Int16Array; detector: VoiceDetector; sessionId: string }): Promise<number> {
  const { border, firstSample, samples, detector, sessionId } = options;
  const windows = Math.floor(samples.length / VAD_WINDOW_SAMPLES);
  if (windows === 0) return border;
  const stream = detector.open(sessionId);
  try {
    const voiced = await stream.detect(samples.subarray(0, windows * VAD_WINDOW_SAMPLES));
    const cut = chooseCut({ voiced, power: (window) => meanPower(samples, window), near: (border - firstSample) / VAD_WINDOW_SAMPLES, from: firstSample === 0 ? 0 : Math.min(WAKING_WINDOWS, windows - 1) });
    return firstSample + Math.round(cut * VAD_WINDOW_SAMPLES);
  } finally {
    stream.close();
  }
}

export function meanPower(samples: Int16Array, window: number): number {
  const part = samples.subarray(window * VAD_WINDOW_SAMPLES, (window + 1) * VAD_WINDOW_SAMPLES);
  return part.reduce((sum, value) => sum + value ** 2, 0) / VAD_WINDOW_SAMPLES;
}

/**
 * The best place to cut, in windows (and halves of one) from the first: in the longest silence, of good ones the nearest
 * to `near`; without any silence at the quietest point. Of equal places the first.
 */
export function chooseCut(options: { voiced: readonly boolean[]; power: (window: number) => number; near: number; from: number }): number {
  const { voiced, power, near, from: first } = options;
  let best: { from: number; to: number; worth: number; distance: number } | undefined;
  for (const { from, to } of silences(voiced, first)) {
    const worth = Math.min(to - from, GOOD_SILENCE_WINDOWS);
    const distance = Math.abs((from + to) / 2 - near);
    if (worth >= MIN_SILENCE_WINDOWS && (!best || worth > best.worth || (worth === best.worth && distance < best.distance))) best = { from, to, worth, distance };
  }
  if (best?.worth === GOOD_SILENCE_WINDOWS) return (best.from + best.to) / 2;
  return quietest(power, best ? Math.max(first, best.from - LATE_WINDOWS) : first, best ? best.to : voiced.length, voiced.length);
}

/** The middle of the quietest QUIET_WINDOWS within [from, to). */
function quietest(power: (window: number) => number, from: number, to: number, windows: number): number {
  const half = (QUIET_WINDOWS - 1) / 2;
  const around = (window: number) => {
    let sum = 0;
    for (let each = window - half; each <= window + half; each += 1) sum += power(Math.max(0, Math.min(windows - 1, each)));
    return sum;
  };
  let best = { window: from, power: around(from) };
  for (let window = from + 1; window < to; window += 1) {
    const sum = around(window);
    if (sum < best.power) best = { window, power: sum };
  }
  return best.window + 0.5;
}

function silences(voiced: readonly boolean[], fromWindow: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let window = fromWindow; window < voiced.length; window += 1) {
    if (voiced[window]) continue;
    const from = window;
    while (window < voiced.length && !voiced[window]) window += 1;
    found.push({ from, to: window });
  }
  return found;
}
