import { eraseSessionJob } from '#domain/jobs/session-jobs.ts';
import type { UploadStorage } from '#domain/meetings/uploads/ports.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { DeletedRows } from '../ports.ts';

/** Removes every byte of audio of a session whose rows are deleted, files that were sent included, and what is left of those rows on the disk. */
export function eraseSessionHandler(audio: AudioLog, uploads: Pick<UploadStorage, 'removeOfSession'>, rows: DeletedRows): JobHandler {
  return jobHandler(eraseSessionJob, async ({ sessionId }) => {
    await uploads.removeOfSession(sessionId);
    await audio.erase(sessionId);
    await rows.removeFromDisk();
  });
}
