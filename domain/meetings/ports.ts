/** What meetings need from storage. Implemented in adapters/postgres. */
import type { ItemRecord } from '../session/ports.ts';
import type { VoiceEmbedding } from './speakers/voices.ts';

/** A chunk as a worker takes it up. Ranges end before their last sample. */
export interface ChunkToTranscribe {
  chunk: number;
  startSample: number;
  endSample: number;
  /** Length of the session's audio when nothing can be added any more; null while it goes on. */
  totalSamples: number | null;
  state: 'captured' | 'transcribing' | 'transcribed' | 'failed';
  sha256: string | null;
  engine: string | null;
}
/** A segment the engine gave. */
export interface ChunkSegment extends Pick<ItemRecord, 'itemId' | 'text' | 'startSample' | 'endSample'> {
  words?: { text: string; startSample: number; endSample: number }[];
  /** Who of the chunk's voices. */
  voice?: number;
}
export interface SuppressedSegment {
  segmentId: string;
  startSample: number;
  endSample: number;
  text: string;
  /** e.g. `no_voice`, `repetition`, `phantom_phrase`, `low_confidence`. */
  reason: string;
  metrics: Record<string, number>;
}
export interface ChunkResult {
  sha256: string;
  engine: string;
  /** The samples whose words this chunk owns. */
  ownedFrom: number;
  ownedTo: number;
  segments: ChunkSegment[];
  suppressed: SuppressedSegment[];
  voices: VoiceEmbedding[];
  speechSamples: number;
  coveredSamples: number;
  suppressedSamples: number;
  words: number;
}
/** The ledger, as the worker sees it. Runs as the service role. */
export interface ChunkLedger {
  /** Marks it as being worked on by `worker`; null when the session is gone. */
  begin(sessionId: string, chunk: number, worker: string): Promise<ChunkToTranscribe | null>;
  /**
   * In one transaction: its segments take the place of earlier ones and of what was written live (what a person edited
   * stays), the ledger's row is settled, and the closing is asked for if the meeting is over. Twice the same changes nothing.
   */
  settle(sessionId: string, chunk: number, result: ChunkResult): Promise<void>;
  /** It failed; `givenUp`: nobody tries again by himself. */
  fail(sessionId: string, chunk: number, code: string, givenUp: boolean): Promise<void>;
}
