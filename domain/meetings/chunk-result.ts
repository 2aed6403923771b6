/** The result of a chunk as it is handed to the database, over whichever connection. */
import { UNKNOWN_SPEAKER } from '../session/speaker-names.ts';
import { storableJson } from '../storable.ts';
import type { ChunkResult, ChunkSegment, SuppressedSegment } from './ports.ts';
import type { VoiceEmbedding } from './speakers/voices.ts';

/** Plain JSON. `speaker`: who speaks, until voices are told apart. */
export interface StorableChunkResult extends Omit<ChunkResult, 'segments' | 'suppressed' | 'voices'> {
  speaker: string;
  segments: ChunkSegment[];
  suppressed: SuppressedSegment[];
  voices: (Omit<VoiceEmbedding, 'embedding'> & { embedding: number[] })[];
}

/** What `spool_settle_chunk` (supabase/migrations/0013_meetings.sql) reads. */
export function storableChunkResult(result: ChunkResult): StorableChunkResult {
  const { sha256, engine, ownedFrom, ownedTo, segments, suppressed, speechSamples, coveredSamples, suppressedSamples, words } = result;
  const voices = result.voices.map((voice) => ({ ...voice, embedding: [...voice.embedding] }));
  return JSON.parse(storableJson({ speaker: UNKNOWN_SPEAKER, sha256, engine, ownedFrom, ownedTo, segments, suppressed, voices, speechSamples, coveredSamples, suppressedSamples, words })) as StorableChunkResult;
}
