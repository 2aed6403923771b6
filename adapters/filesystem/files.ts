/** Small pieces of durable file handling that every part of the audio log shares. */
import fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { SpoolError } from '#domain/errors.ts';

/** Audio is for its owner's eyes only, whatever the umask. */
export const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
export function isMissing(error: unknown): boolean {
  return errnoOf(error) === 'ENOENT';
}

/** The error of a file operation as ours: a full disk or quota is `audio.disk_full`, anything else `audio.write_failed`. */
export function asAudioError(error: unknown): SpoolError {
  if (error instanceof SpoolError) return error;
  const errno = errnoOf(error);
  if (errno === 'ENOSPC' || errno === 'EDQUOT') return new SpoolError('audio.disk_full', 'No space left for audio.', { cause: error });
  return new SpoolError('audio.write_failed', 'Audio could not be written.', { cause: error, fields: { errno } });
}

/** Makes the names inside `directory` (creations, renames, removals) survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates `directory` below the existing or created `parent`, durably. */
export async function makeDirectory(parent: string, directory: string): Promise<void> {
  const created = await fs.mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
  if (created !== undefined) await syncDirectory(parent);
}

/** Writes all of `bytes` at `position`; a short write (as on a nearly full disk) is continued until it ends or fails. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

/** Reads into all of `bytes` from `position`; answers how many were there. */
export async function readFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesRead } = await handle.read(bytes, done, bytes.byteLength - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Runs `run` for every item, at most `limit` at a time; waits for all, then throws the first error. */
export async function forEachBounded<T>(items: Iterable<T>, limit: number, run: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const errors: unknown[] = [];
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      await run(next.value).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  if (errors.length > 0) throw errors[0];
}
