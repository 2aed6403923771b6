/**
 * The closing of a meeting: check that every chunk is settled, assemble, write notes. Three steps, each of which may run
 * again; here a chain of jobs, in the cloud a state machine that calls the same three.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { SpoolError, asSpoolError } from '../errors.ts';
import { samplesToMs } from '../stream/audio-format.ts';
import { coverageOf, gapOf } from './coverage.ts';
import type { NotesItem, NotesStore, NotesWriter } from './notes/ports.ts';
import { EXTRACTIVE, notesDigest, writeNotes } from './notes/write-notes.ts';
import { repairSeams } from './repair-seams.ts';
import type { SeamParts } from './repair-seams.ts';
import type { ChunkLedger, ChunkRow, ChunkSegment, GapRow } from './ports.ts';
import { effectiveSpeakers } from './speakers/effective-speakers.ts';
import type { KnownSpeaker } from './speakers/effective-speakers.ts';
import { nameByParticipant } from './speakers/name-by-participant.ts';
import type { SpeakerStore } from './speakers/ports.ts';
import { tellSpeakers } from './speakers/tell-speakers.ts';

/**
 * How long a closing is left alone before it is asked for once more: longer than its own tries take. In the cloud a step is tried
 * for 4½ hours, and one more while nobody takes it (closing-workflow.asl.json); the jobs here for three at most. A step that
 * takes its whole time at each try goes on for up to a day: a second closing beside it does no harm.
 */
export const CLOSING_PATIENCE_S = 6 * 3600;

/** What the closing needs from storage. Runs as the service role. */
export interface ClosingStore {
  /** Whether every chunk of the closing manifest is settled. Null: the meeting is gone or goes on. */
  settled(sessionId: string): Promise<boolean | null>;
  /** How many chunks were settled so far, by which what comes later is noticed. Null: the meeting is gone. */
  settledSeq(sessionId: string): Promise<number | null>;
  /** What was settled up to `settledSeq` is put together; the notes are asked for. */
  assembled(sessionId: string, settledSeq: number): Promise<void>;
  /** Null: the meeting is gone. */
  material(sessionId: string): Promise<ClosingMaterial | null>;
  /**
   * One look at a meeting past its deadline, and the job `check-meeting` for the next, until it is closed or gone. What is not
   * settled counts as failed; true: its closing was asked for, which is done again each `CLOSING_PATIENCE_S`.
   */
  watch(sessionId: string): Promise<boolean>;
  /** The meeting is `completed`, or `partial` when something of it is missing. More was settled meanwhile: it is assembled once more. */
  close(sessionId: string, status: 'completed' | 'partial'): Promise<void>;
}
/** Who has a meeting closed whose chunks are settled: a chain of jobs here, a state machine in the cloud. */
export interface MeetingCloser {
  /**
   * Resolves once the closing is sure to run to its end, which need not be over. The same `settledSeq` (how many chunks were
   * settled) twice is one closing; a later one closes the meeting once more, with what came since.
   * `lastTry`: when this fails, nobody asks again.
   */
  start(closing: { sessionId: string; settledSeq: number; lastTry: boolean }, signal?: AbortSignal): Promise<void>;
}
export interface ClosingMaterial {
  items: (Pick<ChunkSegment, 'itemId' | 'text' | 'startSample' | 'endSample'> & { speaker: string })[];
  chunks: ChunkRow[];
  gaps: GapRow[];
  speakers: KnownSpeaker[];
  capturedSamples: number;
}

/** Step 1. Past its deadline a meeting waits for nothing: what is not settled then counts as failed, until it comes after all. */
export async function checkMeeting({ store, ledger, sessionId }: { store: ClosingStore; ledger: Pick<ChunkLedger, 'overdue'>; sessionId: string }): Promise<{ settled: boolean }> {
  if ((await store.settled(sessionId)) ?? true) return { settled: true };
  return { settled: await ledger.overdue(sessionId) };
}

/** Step 2: seams, and who speaks in the whole meeting: as its sender tells, else by voice. What was put together before, with chunks that came since, is put together anew. */
export async function assembleMeeting(parts: SeamParts & { store: ClosingStore; speakers: SpeakerStore; sessionId: string; signal?: AbortSignal }): Promise<void> {
  const { store, speakers, sessionId } = parts;
  const seq = await store.settledSeq(sessionId);
  if (seq === null) return;
  await repairSeams(parts);
  if (!(await nameByParticipant({ store: speakers, sessionId }))) await tellSpeakers({ store: speakers, sessionId, provisional: false });
  await store.assembled(sessionId, seq);
}

/** Step 3: notes, and the status. A model that fails does not keep a meeting open: notes without it say so. */
export async function closeMeeting(parts: { store: ClosingStore; notes: NotesStore; writer: NotesWriter | null; clock: Clock; log: Log; sessionId: string; signal?: AbortSignal }): Promise<void> {
  const { store, notes, writer, clock, log, sessionId, signal } = parts;
  const material = await store.material(sessionId);
  if (!material) return;
  const coverage = coverageOf({ chunks: material.chunks, gaps: material.gaps, capturedSamples: material.capturedSamples, ended: true, awayMs: 0 });
  const who = effectiveSpeakers(material.speakers);
  const transcript: NotesItem[] = material.items
    .filter(({ text }) => text.trim() !== '')
    .map(({ itemId, speaker, text, startSample, endSample }) => ({ itemId, speaker: who.get(speaker)?.speaker ?? speaker, text, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample) }));
  const names = Object.fromEntries([...who.values()].flatMap(({ speaker, name }) => (name === null ? [] : [[speaker, name]])));
  const gaps = material.gaps.map(gapOf);
  const previous = await notes.newestStored(sessionId);
  const request = { transcript, coverage, gaps, speakers: names, previous, writer, clock, ...(signal ? { signal } : {}), onWriterFailure: (error: unknown) => log.warn({ sessionId, code: asSpoolError(error).code }, 'A language model did not write the notes of a meeting.') };
  const written = await writeNotes(request);
  if (written !== previous?.notes && !(await notes.add(sessionId, { notes: written, transcriptDigest: await notesDigest(request, written.madeBy || EXTRACTIVE) })) && (await store.settledSeq(sessionId)) !== null) {
    throw new SpoolError('unavailable', 'Other notes of a meeting were written meanwhile; whether they are the newer ones is seen when it is tried again.');
  }
  await store.close(sessionId, coverage.complete ? 'completed' : 'partial');
}
