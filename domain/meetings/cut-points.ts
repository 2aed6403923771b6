/**
 * Where one chunk's words end and the next one's begin: a silence near their border. Both chunks find it by themselves,
 * from the same audio and nothing else, so that two workers agree without a word between them.
 */
import { levelDbfs } from '../speech/energy-gate.ts';
import { VAD_WINDOW_SAMPLES, type VoiceDetector } from '../speech/ports.ts';
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';

/** How far from its border a cut may lie, to either side: 3 s. Audio up to here must be on the disk before a chunk is begun. */
export const CUT_REACH_SAMPLES = 3 * UPLINK_SAMPLE_RATE_HZ;
/** A pause between words, not the closure of a "p": the shortest silence worth a cut. */
const MIN_SILENCE_SAMPLES = msToSamples(200);
/** A longer silence cuts no better; among those the one nearest the border is taken. */
const GOOD_SILENCE_SAMPLES = msToSamples(600);
/** A detector that just woke hears no voice for a moment; such silence is not believed: 256 ms. */
const WAKING_WINDOWS = 8;

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
    const window = chooseCut({ voiced, level: (index) => levelDbfs(samples, index * VAD_WINDOW_SAMPLES, VAD_WINDOW_SAMPLES), borderWindow: (border - firstSample) / VAD_WINDOW_SAMPLES, beginsWithSession: firstSample === 0 });
    return firstSample + Math.round(window * VAD_WINDOW_SAMPLES);
  } finally {
    stream.close();
  }
}

/** The cut, in windows (not whole ones) from the first. */
export function chooseCut(options: { voiced: boolean[]; level: (window: number) => number; borderWindow: number; beginsWithSession: boolean }): number {
  const { voiced, level, borderWindow, beginsWithSession } = options;
  let best: { cut: number; worth: number; distance: number } | undefined;
  for (const { from, to } of silences(voiced, beginsWithSession ? 0 : WAKING_WINDOWS)) {
    const lengthSamples = (to - from) * VAD_WINDOW_SAMPLES;
    if (lengthSamples < MIN_SILENCE_SAMPLES) continue;
    const cut = (from + to) / 2;
    const found = { cut, worth: Math.min(lengthSamples, GOOD_SILENCE_SAMPLES), distance: Math.abs(cut - borderWindow) };
    if (!best || found.worth > best.worth || (found.worth === best.worth && found.distance < best.distance)) best = found;
  }
  if (best) return best.cut;
  let quietest = 0;
  for (let window = 1; window < voiced.length; window += 1) if (level(window) < level(quietest)) quietest = window;
  return quietest + 0.5;
}

function silences(voiced: boolean[], fromWindow: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let window = fromWindow; window < voiced.length; window += 1) {
    if (voiced[window]) continue;
    const from = window;
    while (window < voiced.length && !voiced[window]) window += 1;
    found.push({ from, to: window });
  }
  return found;
}
