/** Empty files named like erased sessions, so that a server that has not heard of the erasure cannot bring a session back. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { FILE_MODE, isMissing, makeDirectory, syncDirectory } from './files.ts';

const directoryOf = (audioDirectory: string) => path.join(audioDirectory, 'erased');

export async function markErased(audioDirectory: string, sessionId: string): Promise<void> {
  const directory = directoryOf(audioDirectory);
  await makeDirectory(audioDirectory, directory);
  await fs.writeFile(path.join(directory, sessionId), '', { mode: FILE_MODE });
  await syncDirectory(directory);
}

export async function isErased(audioDirectory: string, sessionId: string): Promise<boolean> {
  try {
    await fs.stat(path.join(directoryOf(audioDirectory), sessionId));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
