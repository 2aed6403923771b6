/**
 * A file in the audio directory that grows by one byte whenever somebody takes a session over, seals or erases it. A
 * writer looks at its size once per batch, for all its sessions, and at a session's directory only when it has changed.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { FILE_MODE, isMissing } from './files.ts';

const name = 'fences';

export async function raiseFence(audioDirectory: string): Promise<void> {
  await fs.appendFile(path.join(audioDirectory, name), '|', { mode: FILE_MODE });
}

export async function readFence(audioDirectory: string): Promise<number> {
  try {
    return (await fs.stat(path.join(audioDirectory, name))).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}
