/**
 * The three steps of closing a meeting. A chain of jobs runs them here (workers/handlers/close-meeting.ts), a state machine
 * in the cloud (closing-workflow.asl.json). Each may run again. On its last try a step that fails gives up what it can do
 * without, so that no meeting stays open for ever: its voices, or its notes.
 */
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { assembleMeeting, checkMeeting, closeMeeting } from '#domain/meetings/closing.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { ClosingStore } from '#domain/meetings/closing.ts';
import type { NotesStore, NotesWriter } from '#domain/meetings/notes/ports.ts';
import type { SeamParts } from '#domain/meetings/repair-seams.ts';
import type { ChunkLedger } from '#domain/meetings/ports.ts';
import type { SpeakerStore } from '#domain/meetings/speakers/ports.ts';

export interface ClosingParts extends SeamParts {
  ledger: Pick<ChunkLedger, 'overdue'>;
  store: ClosingStore;
  speakers: SpeakerStore;
  notes: NotesStore;
  /** Null without a language model. */
  writer: NotesWriter | null;
  clock: Clock;
  log: Log;
}
export interface ClosingStep {
  sessionId: string;
  /** When this one fails, nobody tries again. */
  lastTry: boolean;
}

export function closingSteps(parts: ClosingParts) {
  const { store, log } = parts;
  return {
    checkChunks: ({ sessionId }: Pick<ClosingStep, 'sessionId'>) => checkMeeting({ ...parts, sessionId }),
    async assemble({ sessionId, lastTry }: ClosingStep, signal?: AbortSignal): Promise<void> {
      try {
        await assembleMeeting({ ...parts, sessionId, ...(signal ? { signal } : {}) });
      } catch (error) {
        // Also when it took too long: nobody comes after the last try.
        if (!lastTry || isGivenBack(signal)) throw error;
        log.warn({ sessionId, code: asSpoolError(error).code }, 'A meeting could not be put together whole; it is closed as it is.');
        const seq = await store.settledSeq(sessionId);
        if (seq !== null) await store.assembled(sessionId, seq);
      }
    },
    async writeNotes({ sessionId, lastTry }: ClosingStep, signal?: AbortSignal): Promise<void> {
      try {
        await closeMeeting({ ...parts, sessionId, ...(signal ? { signal } : {}) });
      } catch (error) {
        if (!lastTry || isGivenBack(signal)) throw error;
        log.error({ sessionId, code: asSpoolError(error).code }, 'A meeting is closed without notes.');
        await store.close(sessionId, 'partial');
      }
    },
  };
}

/** The worker stops, and the step is tried again with no try lost: nothing is given up for that. */
function isGivenBack(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && signal.reason instanceof SpoolError && signal.reason.code === 'worker.died';
}
