/** Sound in a bucket of S3: what people say, and files that are sent. */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { UploadStorage } from '#domain/meetings/uploads/ports.ts';
import { createS3AudioLog } from './audio-log.ts';
import type { S3AudioLog } from './audio-log.ts';
import { createS3ObjectStore } from './s3-object-store.ts';
import { S3UploadStorage } from './upload-storage.ts';

/** @param scratch where a file that was sent is put to be read */
export function openBucket({ bucket, scratch, clock, log }: { bucket: string; scratch: UploadStorage; clock: Clock; log: Log }): { audio: S3AudioLog; uploads: S3UploadStorage } {
  const store = createS3ObjectStore({ bucket });
  return { audio: createS3AudioLog({ store, clock, log }), uploads: new S3UploadStorage({ store, scratch, clock }) };
}
