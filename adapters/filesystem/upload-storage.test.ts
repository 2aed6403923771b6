import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describeUploadStorage } from '#adapters/upload-storage-contract/upload-storage-contract.ts';
import { FilesystemUploadStorage } from './upload-storage.ts';

describeUploadStorage('in a folder', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'spool-uploads-'));
  return {
    storage: new FilesystemUploadStorage(directory),
    restart: async () => new FilesystemUploadStorage(directory),
    dispose: () => rm(directory, { recursive: true }),
  };
});
