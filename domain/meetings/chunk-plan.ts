/** Where the chunks of a meeting lie on its session's clock. */
import { CUT_REACH_SAMPLES } from './cut-points.ts';

export interface PlannedChunk {
  chunk: number;
  startSample: number;
  /** Ends before this sample. */
  endSample: number;
}

/**
 * Chunks `from`, `from + 1`, … that can be transcribed now: their audio, and what is needed to find the silence behind
 * them, is on the disk. `ended`: nothing is added to `throughSample` any more, so the last one may be shorter.
 */
export function readyChunks({ from, chunkSamples, throughSample, ended }: { from: number; chunkSamples: number; throughSample: number; ended: boolean }): PlannedChunk[] {
  const chunks: PlannedChunk[] = [];
  for (let chunk = from; ; chunk += 1) {
    const startSample = chunk * chunkSamples;
    const endSample = ended ? Math.min(startSample + chunkSamples, throughSample) : startSample + chunkSamples;
    if (startSample >= endSample || (!ended && endSample + CUT_REACH_SAMPLES > throughSample)) return chunks;
    chunks.push({ chunk, startSample, endSample });
  }
}

/** The audio that must be on the disk before the first chunk behind `throughSample` can be transcribed. */
export function nextReadyAtSample(throughSample: number, chunkSamples: number): number {
  return (Math.floor(Math.max(0, throughSample - CUT_REACH_SAMPLES) / chunkSamples) + 1) * chunkSamples + CUT_REACH_SAMPLES;
}

/**
 * How long the closing of a meeting waits for its chunks: ten minutes and half its length. The local engines take about a
 * thirtieth of it on two cores (bench/results/meetings.json), so that is ample; then the notes say what is missing.
 */
export function closingPatienceS(totalSeconds: number): number {
  return Math.round(600 + totalSeconds / 2);
}
