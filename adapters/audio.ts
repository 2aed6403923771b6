/** Chooses where a process keeps sound: in the bucket that is named, else in files of this machine. */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { UploadStorage } from '#domain/meetings/uploads/ports.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { createFilesystemAudioLog } from './filesystem/audio-log.ts';
import { FilesystemUploadStorage } from './filesystem/upload-storage.ts';

/** The part of the configuration that matters here. */
export interface AudioSettings {
  SPOOL_S3_BUCKET?: string;
  dataDir: string;
}
export interface AudioStorage {
  audio: AudioLog & {
    /** Needed before writing only. @throws SpoolError when it cannot be written to */
    start(): Promise<void>;
    /** Stores what is pending and leaves within 1.5 s. */
    stop(): Promise<void>;
  };
  uploads: UploadStorage;
}

export async function chooseAudioStorage({ SPOOL_S3_BUCKET: bucket, dataDir }: AudioSettings, { clock, log }: { clock: Clock; log: Log }): Promise<AudioStorage> {
  const files = new FilesystemUploadStorage(dataDir);
  if (!bucket) return { audio: createFilesystemAudioLog({ directory: dataDir, clock, log }), uploads: files };
  // AWS's client is loaded only where it is used: it is as large as the rest of a process.
  const { openBucket } = await import('./s3/index.ts');
  return openBucket({ bucket, scratch: files, clock, log });
}
