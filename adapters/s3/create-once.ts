/** Writing an object that nobody may overwrite, when answers get lost. */
import type { Clock } from '#domain/clock.ts';
import { tryAgain } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * Creates `key`, tried again until an answer comes. An object that exists may be our own, whose answer was lost: `mark`, random
 * per writer, tells, so the same key always comes with the same body. `taken`: it is somebody else's. `gone`: a seal or an
 * erasure has removed it since. `repeated`: it took more than one request.
 */
export async function createOnce(store: ObjectStore, clock: Clock, key: string, body: Uint8Array, mark: string, contentType?: string): Promise<{ outcome: 'ours' | 'taken' | 'gone'; repeated: boolean }> {
  return tryAgain(clock, async (attempt) => {
    const repeated = attempt > 0;
    if ((await store.create(key, body, mark, contentType)) === 'created') return { outcome: 'ours', repeated };
    const there = await store.head(key);
    if (!there) return { outcome: 'gone', repeated };
    return { outcome: there.mark === mark ? 'ours' : 'taken', repeated };
  });
}
