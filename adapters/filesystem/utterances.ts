/** What the interviewer said, one small file per utterance: whole or not there at all. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { bytesToSamples, samplesToBytes } from '#domain/stream/audio-format.ts';
import { FILE_MODE, isMissing, makeDirectory, syncDirectory, writeFully } from './files.ts';

const utterancePath = (directory: string, utterance: number) => path.join(directory, 'utterances', `${utterance}.pcm`);

/** Durable when resolved; an utterance written again is replaced. */
export async function writeUtterance(directory: string, utterance: number, samples: Int16Array): Promise<void> {
  const target = utterancePath(directory, utterance);
  await makeDirectory(directory, path.dirname(target));
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await fs.open(temporary, 'wx', FILE_MODE);
  try {
    await writeFully(handle, samplesToBytes(samples), 0);
    await handle.sync();
    await handle.close();
    await fs.rename(temporary, target);
  } catch (error) {
    await handle.close();
    await fs.rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(path.dirname(target));
}

export async function readUtterance(directory: string, utterance: number): Promise<Int16Array | null> {
  try {
    return bytesToSamples(await fs.readFile(utterancePath(directory, utterance)));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
