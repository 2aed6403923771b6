/** Begins a new epoch of a session: claims it, fences the older ones, and only then looks where they end. */
import fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { SpoolError } from '#domain/errors.ts';
import { raiseFence } from './fence-counter.ts';
import { FILE_MODE, errnoOf, syncDirectory } from './files.ts';
import { epochFileName, listSession, newestEpoch, openingMark, viewSession } from './session-directory.ts';
import type { EpochFile } from './session-directory.ts';

/**
 * Creates the epoch's file durably. An older writer acknowledges an append only if it sees, after writing it, that the
 * fence has not risen; so what it acknowledged lies before the end found here.
 * @throws SpoolError `lease.lost` when this or a newer epoch has been opened before.
 */
export async function createEpochFile(audioDirectory: string, directory: string, epoch: number): Promise<{ file: EpochFile; handle: FileHandle }> {
  if (!Number.isSafeInteger(epoch) || epoch < 1) throw new RangeError('An epoch is a positive integer.');
  const mark = openingMark(epoch);
  const markPath = path.join(directory, mark);
  const handle = await fs.open(markPath, 'wx', FILE_MODE).catch((error: unknown) => {
    throw errnoOf(error) === 'EEXIST' ? newerEpoch() : error;
  });
  try {
    const names = await listSession(directory);
    if (newestEpoch(names, mark) >= epoch) throw newerEpoch();
    // Nobody to fence, nothing to raise: a server full of new sessions does not make every writer look again.
    if (newestEpoch(names, mark) > 0) await raiseFence(audioDirectory);
    const firstSample = (await viewSession(directory)).endSample;
    const file = { epoch, firstSample, name: epochFileName(epoch, firstSample) };
    await handle.sync();
    await fs.rename(markPath, path.join(directory, file.name));
    await syncDirectory(directory);
    return { file, handle };
  } catch (error) {
    await handle.close();
    await fs.rm(markPath, { force: true });
    throw error;
  }
}

function newerEpoch(): SpoolError {
  return new SpoolError('lease.lost', 'This or a newer epoch of the session has been opened already.');
}
