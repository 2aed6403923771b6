/** One chunk of a meeting, from its samples to its words. Pure: the same audio and the same engine give the same result. */
import type { Transcriber, VoiceDetector } from '../speech/ports.ts';
import type { ChunkResult, ChunkToTranscribe } from './ports.ts';

export interface TranscribeChunkOptions extends Pick<ChunkToTranscribe, 'chunk' | 'startSample' | 'endSample' | 'totalSamples'> {
  sessionId: string;
  /**
   * The session's samples [fromSample, toSample). Asked for once, from some seconds before the chunk to at most
   * `CUT_REACH_SAMPLES` behind it and never past `totalSamples`.
   */
  read(fromSample: number, toSample: number): Promise<Int16Array>;
  transcriber: Transcriber;
  voiceDetector: VoiceDetector;
  signal?: AbortSignal;
}
/** Whose voices they are, and what the audio is called, the caller finds out. */
export type TranscribedChunk = Omit<ChunkResult, 'voices' | 'sha256'>;

/**
 * Needs the audio to `endSample + CUT_REACH_SAMPLES` on the disk, or the session over (`totalSamples`).
 * @throws SpoolError `engine.*`; whatever `read` throws; the signal's reason when aborted
 */
export async function transcribeChunk(options: TranscribeChunkOptions): Promise<TranscribedChunk> {
  const { signal } = options;
  signal?.throwIfAborted();
  throw new Error('not there yet');
}
