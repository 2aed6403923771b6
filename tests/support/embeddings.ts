/** The real sentence model, sharing between test runs what it computes once. */
import { mkdir, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LocalEmbeddings } from '#adapters/embeddings-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { silentLog } from '#domain/log.ts';

const SHARED = path.join(os.tmpdir(), 'spool-test-embeddings');

export function testEmbeddings(): LocalEmbeddings {
  return new LocalEmbeddings({ dataDir: SHARED, clock: systemClock, log: silentLog });
}

/** Lets the processes of a data directory read the vectors that others have computed, or compute them for others. */
export async function shareListedVectors(dataDir: string): Promise<void> {
  await mkdir(path.join(SHARED, 'cache'), { recursive: true });
  await symlink(path.join(SHARED, 'cache'), path.join(dataDir, 'cache'));
}

/** Resolves once topics can be placed: at once, or after about half a minute when the taxonomy has changed. */
export async function placingReady(embeddings: LocalEmbeddings): Promise<void> {
  for (;;) {
    try {
      await embeddings.place(['chess']);
      return;
    } catch (error) {
      if (!(error instanceof SpoolError) || error.code !== 'engine.busy') throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
