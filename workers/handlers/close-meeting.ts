import { assembleMeetingJob, checkMeetingJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import { SpoolError } from '#domain/errors.ts';
import { closingSteps } from '../closing-workflow/steps.ts';
import type { ClosingParts } from '../closing-workflow/steps.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

/** The closing of a meeting as a chain of jobs: chunks that are settled ask for the second, which asks for the third. */
export function closingHandlers(parts: ClosingParts): JobHandler[] {
  const steps = closingSteps(parts);
  return [
    // Runs at the deadline only.
    jobHandler(checkMeetingJob, async ({ sessionId }) => {
      if (!(await steps.checkChunks({ sessionId })).settled) throw new SpoolError('unavailable', 'The closing of the meeting still has time.');
    }),
    jobHandler(assembleMeetingJob, ({ sessionId }, signal, { lastTry }) => steps.assemble({ sessionId, lastTry }, signal)),
    jobHandler(writeNotesJob, ({ sessionId }, signal, { lastTry }) => steps.writeNotes({ sessionId, lastTry }, signal)),
  ];
}
