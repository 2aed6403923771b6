/** Follows the file nginx writes. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Clock } from '#domain/clock.ts';
import { FlvTags } from './flv-tags.ts';

/** nginx-rtmp 1.2 writes each tag at once, with three plain writes and no buffer of its own: what has arrived can be read. */
const LOOK_EVERY_MS = 100;
const READ_BYTES = 65_536;

/** Tags as they arrive; ends after the last when `complete()`. Aborted, it ends early. */
export async function* tailFlv(file: string, { complete, clock, signal }: { complete: () => boolean; clock: Clock; signal: AbortSignal }): AsyncGenerator<Buffer> {
  const handle = await appeared(file, complete, clock, signal);
  if (handle === null) return;
  try {
    const tags = new FlvTags();
    for (let position = 0; !signal.aborted; ) {
      // Asked before reading: what was written until then is read now.
      const last = complete();
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, position);
      position += bytesRead;
      if (bytesRead > 0) yield Buffer.concat(tags.push(buffer.subarray(0, bytesRead)));
      else if (last) return;
      else await pause(LOOK_EVERY_MS, clock, signal);
    }
  } finally {
    await handle.close();
  }
}

/** A sender that was let in a moment ago has no file yet; one that left at once never gets one. */
async function appeared(file: string, complete: () => boolean, clock: Clock, signal: AbortSignal): Promise<FileHandle | null> {
  while (!signal.aborted) {
    const last = complete();
    try {
      // A link is none of nginx's files.
      return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      if (last) return null;
      await pause(LOOK_EVERY_MS, clock, signal);
    }
  }
  return null;
}

function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.schedule(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
