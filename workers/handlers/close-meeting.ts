/** The three steps of closing a meeting, as jobs. */
import type { Clock } from '#domain/clock.ts';
import { assembleMeetingJob, checkMeetingJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import type { Log } from '#domain/log.ts';
import { assembleMeeting, closeMeeting } from '#domain/meetings/closing.ts';
import type { ClosingStore } from '#domain/meetings/closing.ts';
import type { NotesStore, NotesWriter } from '#domain/meetings/notes/ports.ts';
import type { ChunkLedger } from '#domain/meetings/ports.ts';
import type { SpeakerStore } from '#domain/meetings/speakers/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

export interface ClosingParts {
  ledger: ChunkLedger;
  store: ClosingStore;
  speakers: SpeakerStore;
  notes: NotesStore;
  /** Null without a language model. */
  writer: NotesWriter | null;
  clock: Clock;
  log: Log;
}

export function closingHandlers(parts: ClosingParts): JobHandler[] {
  return [
    // Chunks that are settled in time have the meeting assembled themselves; this is for those that were not.
    jobHandler(checkMeetingJob, ({ sessionId }) => parts.ledger.overdue(sessionId)),
    jobHandler(assembleMeetingJob, ({ sessionId }) => assembleMeeting({ ...parts, sessionId })),
    jobHandler(writeNotesJob, ({ sessionId }, signal) => closeMeeting({ ...parts, sessionId, signal })),
  ];
}
