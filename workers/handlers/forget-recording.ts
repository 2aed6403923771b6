import { SpoolError } from '#domain/errors.ts';
import { forgetRecordingJob } from '#domain/jobs/session-jobs.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { RecordingStates } from '../ports.ts';

/**
 * Removes the audio of a session that must not be recorded, once its end is stored: the final transcript is stored
 * with it. Consent given since then keeps the audio; the job that seals it was enqueued with the consent.
 */
export function forgetRecordingHandler(audio: AudioLog, states: RecordingStates): JobHandler {
  return jobHandler(forgetRecordingJob, async ({ sessionId }) => {
    const state = await states.recordingState(sessionId);
    if (state?.consent) return;
    if (state && !state.ended) throw new SpoolError('unavailable', 'The session has not ended yet.');
    await audio.erase(sessionId);
  });
}
