import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FilesystemUploadStorage } from '#adapters/filesystem/upload-storage.ts';
import { describeUploadStorage } from '#adapters/upload-storage-contract/upload-storage-contract.ts';
import { systemClock } from '#domain/clock.ts';
import { MemoryBucket } from '#tests/support/memory-object-store.ts';
import { S3UploadStorage } from './upload-storage.ts';

describeUploadStorage('in a bucket', async () => {
  const bucket = new MemoryBucket();
  const directories: string[] = [];
  const start = async () => {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'spool-scratch-'));
    directories.push(directory);
    return new S3UploadStorage({ store: bucket.connect(), scratch: new FilesystemUploadStorage(directory), clock: systemClock });
  };
  return {
    storage: await start(),
    restart: start,
    async dispose() {
      for (const directory of directories) await rm(directory, { recursive: true });
    },
  };
});

it('parts in memory are counted: more are asked to come again', async () => {
  const storage = new S3UploadStorage({ store: new MemoryBucket().connect(), scratch: new FilesystemUploadStorage(os.tmpdir()), clock: systemClock });
  const { promise: open, resolve } = Promise.withResolvers<void>();
  async function* slow() {
    await open;
    yield Uint8Array.of(1);
  }
  const upload = { sessionId: randomUUID(), uploadId: randomUUID() };
  const parts = Array.from({ length: 16 }, (_, part) => storage.writePart(upload, part, slow()));
  await expect(storage.writePart(upload, 16, slow())).rejects.toMatchObject({ code: 'upload.busy', retryAfterS: 2 });
  resolve();
  await Promise.all(parts);
  await storage.writePart(upload, 16, slow());
});
