import { SpoolError } from '#domain/errors.ts';
import { sealRecordingJob } from '#domain/jobs/session-jobs.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { RecordingStates } from '../ports.ts';

/** Writes the one recording object of an ended session. Without consent, or without the session, there is nothing to keep. */
export function sealRecordingHandler(audio: AudioLog, states: RecordingStates): JobHandler {
  return jobHandler(sealRecordingJob, async ({ sessionId }) => {
    const state = await states.recordingState(sessionId);
    if (!state?.consent) return;
    if (!state.ended) throw new SpoolError('unavailable', 'The session has not ended yet.');
    await audio.seal(sessionId);
  });
}
