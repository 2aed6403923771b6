import { eraseSessionJob } from '#domain/jobs/session-jobs.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { DeletedRows } from '../ports.ts';

/** Removes every byte of audio of a session whose rows are deleted, and what is left of those rows on the disk. */
export function eraseSessionHandler(audio: AudioLog, rows: DeletedRows): JobHandler {
  return jobHandler(eraseSessionJob, async ({ sessionId }) => {
    await audio.erase(sessionId);
    await rows.removeFromDisk();
  });
}
