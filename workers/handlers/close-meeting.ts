import { assembleMeetingJob, checkMeetingJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import type { MeetingCloser } from '#domain/meetings/closing.ts';
import { closingSteps } from '../closing-workflow/steps.ts';
import type { ClosingParts } from '../closing-workflow/steps.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

/**
 * The closing of a meeting. Chunks that are settled ask for the second job, and past the deadline the first does; without `elsewhere`
 * it is a chain of jobs, of which the second asks for the third. Notes that are only written anew, after a correction, are a job of
 * their own either way.
 */
export function closingHandlers(parts: ClosingParts, elsewhere: MeetingCloser | null = null): JobHandler[] {
  const steps = closingSteps(parts);
  const closer = elsewhere === null ? closeByJobs(steps) : orHere(elsewhere, steps);
  return [
    // Asks for itself again until the meeting is closed.
    jobHandler(checkMeetingJob, async ({ sessionId }) => {
      if (await parts.store.watch(sessionId)) parts.log.warn({ sessionId }, 'A meeting is past its deadline; its closing is asked for.');
    }),
    jobHandler(assembleMeetingJob, async ({ sessionId }, signal, { lastTry }) => {
      const settledSeq = await parts.store.settledSeq(sessionId);
      if (settledSeq !== null) await closer.start({ sessionId, settledSeq, lastTry }, signal);
    }),
    jobHandler(writeNotesJob, ({ sessionId }, signal, { lastTry }) => steps.writeNotes({ sessionId, lastTry }, signal)),
  ];
}

/** Puts it together at once; the store then asks for the notes, as a job with tries of its own. */
function closeByJobs(steps: ReturnType<typeof closingSteps>): MeetingCloser {
  return { start: ({ sessionId, lastTry }, signal) => steps.assemble({ sessionId, lastTry }, signal) };
}

/** A state machine that cannot be had to the last keeps no meeting open: its steps are then run here. */
function orHere(closer: MeetingCloser, steps: ReturnType<typeof closingSteps>): MeetingCloser {
  return {
    async start(closing, signal) {
      try {
        await closer.start(closing, signal);
      } catch (error) {
        if (!closing.lastTry) throw error;
        await steps.assemble(closing, signal);
        await steps.writeNotes(closing, signal);
      }
    },
  };
}
