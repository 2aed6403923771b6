import { eraseSessionJob } from '#domain/jobs/session-jobs.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

/** Removes every byte of audio of a session whose rows are gone. */
export function eraseSessionHandler(audio: AudioLog): JobHandler {
  return jobHandler(eraseSessionJob, ({ sessionId }) => audio.erase(sessionId));
}
