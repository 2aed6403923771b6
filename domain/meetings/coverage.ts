/** How much of a meeting is captured, transcribed and missing: sums over the ledger, in which every sample lies once. */
import { samplesToMs } from '../stream/audio-format.ts';
import type { ChunkRow, GapRow } from './ports.ts';
import type { Coverage, MeetingChunk, MeetingGap } from './schema.ts';

export interface CoverageInput {
  chunks: readonly ChunkRow[];
  gaps: readonly GapRow[];
  /** Of the audio on the disk; 0 once it was forgotten. */
  capturedSamples: number;
  /** Nothing is added any more. */
  ended: boolean;
  /** A stream that is away is missing more and more. */
  awayMs: number;
}

/** What a person is told of a gap. */
export function gapOf({ atSample, fromMs, toMs, reason }: GapRow): MeetingGap {
  return { atMs: samplesToMs(atSample), missingMs: Math.max(0, Math.round(toMs - fromMs)), from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), reason };
}

/** What a person is told of a chunk. */
export function chunkOf({ chunk, startSample, endSample, state, attempts, failure, speechSamples, coveredSamples, suppressedSamples }: ChunkRow): MeetingChunk {
  return { chunk, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample), state, attempts, failure, speechMs: samplesToMs(speechSamples), coveredMs: samplesToMs(coveredSamples), suppressedMs: samplesToMs(suppressedSamples) };
}

/** In ms. `capturedMs` is `transcribedMs`, `waitingMs` and `failedMs` together; what is missing comes on top. */
export function coverageOf({ chunks, gaps, capturedSamples, ended, awayMs }: CoverageInput): Coverage {
  const samplesOf = (of: readonly ChunkRow[]) => of.reduce((sum, { startSample, endSample }) => sum + endSample - startSample, 0);
  const inState = (...states: ChunkRow['state'][]) => chunks.filter(({ state }) => states.includes(state));
  const transcribed = inState('transcribed');
  const failed = inState('failed');
  // What is on the disk behind the last row has none yet.
  const captured = Math.max(capturedSamples, samplesOf(chunks));
  const capturedMs = samplesToMs(captured);
  const transcribedMs = samplesToMs(samplesOf(transcribed));
  const failedMs = samplesToMs(samplesOf(failed));
  const waitingMs = Math.max(0, capturedMs - transcribedMs - failedMs);
  const firstWaiting = inState('captured', 'transcribing')[0]?.startSample ?? samplesOf(chunks);
  const missingMs = gaps.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, toMs - fromMs), 0) + awayMs;
  return {
    capturedMs,
    transcribedMs,
    waitingMs,
    failedMs,
    missingMs,
    lagMs: samplesToMs(captured - Math.min(captured, firstWaiting)),
    speechMs: samplesToMs(transcribed.reduce((sum, { speechSamples }) => sum + speechSamples, 0)),
    coveredMs: samplesToMs(transcribed.reduce((sum, { coveredSamples }) => sum + coveredSamples, 0)),
    suppressedMs: samplesToMs(transcribed.reduce((sum, { suppressedSamples }) => sum + suppressedSamples, 0)),
    chunks: { total: chunks.length, transcribed: transcribed.length, waiting: chunks.length - transcribed.length - failed.length, failed: failed.length },
    complete: ended && waitingMs === 0 && failedMs === 0 && missingMs === 0,
  };
}
