/** What meetings need from storage. Implemented in adapters/postgres. */
import type { PersonActor } from '../actor.ts';
import type { ItemRecord } from '../session/ports.ts';
import type { Session, TranscriptItem } from '../session/session.ts';
import type { ChunkState, MeetingGap, MeetingSource } from './schema.ts';
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
  /** Chunks `worker` was at when it died go back to the queue at once. Answers how many. */
  takeUpAgain(worker: string): Promise<number>;
  /** Past the deadline of the closing, what is not settled counts as failed, until it comes after all. False: there still is time. */
  overdue(sessionId: string): Promise<boolean>;
}

/** The row of a chunk, in samples. */
export interface ChunkRow {
  chunk: number;
  startSample: number;
  endSample: number;
  state: ChunkState;
  attempts: number;
  failure: string | null;
  speechSamples: number;
  coveredSamples: number;
  suppressedSamples: number;
}
export interface GapRow {
  atSample: number;
  fromMs: number;
  toMs: number;
  reason: MeetingGap['reason'];
}
export interface StoredMeeting {
  session: Session;
  source: MeetingSource;
  /** When the stream went away; null: it is here, or never came. */
  awaySinceMs: number | null;
  /** Whether anything was ever streamed to it. */
  streamed: boolean;
  chunks: ChunkRow[];
  gaps: GapRow[];
  voicedChunks: number;
  notesVersion: number;
}
export interface SuppressedRow extends SuppressedSegment {
  restored: boolean;
}
export interface NewStreamedMeeting {
  id: string;
  title: string;
  recordingConsent: boolean;
  /** What the caller calls the meeting. */
  externalId: string | null;
  /** SHA-256 of the stream key. */
  keyHash: string;
  keyExpiresAtMs: number;
}
/** Every method runs with the person's claims: row-level security decides what exists. */
export interface MeetingRepository {
  /**
   * A meeting that is streamed to us, and its key. One of the same owner and `externalId` that has not ended is taken up
   * again, with the new key instead of the old. Null: there is no such person.
   */
  start(owner: PersonActor, input: NewStreamedMeeting): Promise<Session | null>;
  /** Null: no such meeting. */
  get(actor: PersonActor, sessionId: string): Promise<StoredMeeting | null>;
  /** Has failed chunks transcribed again, all or one of them. Answers how many; null: no such meeting. */
  retryChunks(actor: PersonActor, sessionId: string, chunk?: number): Promise<number | null>;
  suppressed(actor: PersonActor, sessionId: string): Promise<SuppressedRow[] | null>;
  /** Puts a held-back segment into the transcript, or takes it out again. Null: no such segment. */
  restoreSuppressed(actor: PersonActor, sessionId: string, segmentId: string, restored: boolean): Promise<SuppressedRow | null>;
  /** Null: no such item; `changed`: its newest revision is another. */
  correctItem(actor: PersonActor, sessionId: string, itemId: string, input: { text: string; revision: number }): Promise<TranscriptItem | 'changed' | null>;
  /** What an item said before, oldest first. Null: no such item. */
  itemRevisions(actor: PersonActor, sessionId: string, itemId: string): Promise<{ revision: number; text: string; replacedAt: string }[] | null>;
}
