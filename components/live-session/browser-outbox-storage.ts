/** The outbox in IndexedDB, written by one page of the browser at a time. */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { OutboxBlock, OutboxStorage } from './outbox.ts';

/** What nobody came back for in a week is removed: other people may use this browser. */
const FORGET_AFTER_MS = 7 * 24 * 3_600_000;
/** How long the page that has the session may take to write its last block before it is taken from it. */
const HAND_OVER_MS = 1_500;

interface OutboxDatabase extends DBSchema {
  blocks: {
    key: [sessionId: string, firstSample: number];
    value: { sessionId: string; firstSample: number; samples: Int16Array; loose: boolean; savedAtMs: number };
    indexes: { savedAtMs: number };
  };
}

function openDatabase(): Promise<IDBPDatabase<OutboxDatabase>> {
  return openDB<OutboxDatabase>('spool-outbox', 1, {
    upgrade(database) {
      database.createObjectStore('blocks', { keyPath: ['sessionId', 'firstSample'] }).createIndex('savedAtMs', 'savedAtMs');
    },
    // A newer version of this page wants to change the database: it may.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** The session's blocks in this browser. @throws when the browser keeps nothing, e.g. in some private windows */
export async function openBrowserOutbox(sessionId: string): Promise<OutboxStorage> {
  const database = await openDatabase();
  const all = () => IDBKeyRange.bound([sessionId, 0], [sessionId, Number.MAX_SAFE_INTEGER]);
  const old = await database.getAllKeysFromIndex('blocks', 'savedAtMs', IDBKeyRange.upperBound(Date.now() - FORGET_AFTER_MS));
  for (const key of old) await database.delete('blocks', key);
  const record = (block: OutboxBlock) => ({ sessionId, ...block, savedAtMs: Date.now() });
  return {
    async load() {
      return (await database.getAll('blocks', all())).map(({ firstSample, samples, loose }) => ({ firstSample, samples, loose }));
    },
    async put(block) {
      const transaction = database.transaction('blocks', 'readwrite');
      void transaction.store.put(record(block)).catch(() => {});
      // Committed at once: a transaction that still waits when the page goes is thrown away.
      transaction.commit();
      await transaction.done;
    },
    async deleteBefore(sample) {
      await database.delete('blocks', IDBKeyRange.bound([sessionId, 0], [sessionId, sample], false, true));
    },
    async replaceFrom(firstSample, blocks) {
      const transaction = database.transaction('blocks', 'readwrite');
      const writes = [transaction.store.delete(IDBKeyRange.bound([sessionId, firstSample], [sessionId, Number.MAX_SAFE_INTEGER]))];
      for (const block of blocks) writes.push(transaction.store.put(record(block)).then(() => undefined));
      await Promise.all([...writes, transaction.done]);
    },
    async clear() {
      await database.delete('blocks', all());
    },
  };
}

/** Removes what this browser keeps of a session, e.g. when the person erases it. */
export async function eraseBrowserOutbox(sessionId: string): Promise<void> {
  await (await openBrowserOutbox(sessionId)).clear();
}

/**
 * Becomes the page of this browser that has the session. A page that has it already is asked to let go (`onTakenOver`
 * there) and, if it does not answer, loses it. Call the returned function to let go.
 */
export async function takeSession(sessionId: string, onTakenOver: () => void): Promise<() => void> {
  const name = `spool-session-${sessionId}`;
  // Only in secure contexts; without locks the server alone decides who takes part (close 4409).
  if (!navigator.locks) return () => {};
  let release = () => {};
  let held = false;
  let over = false;
  const lose = () => {
    if (!held || over) return;
    over = true;
    onTakenOver();
  };
  const channel = new BroadcastChannel(name);
  const hold = (options: LockOptions) =>
    new Promise<boolean>((resolve, reject) => {
      navigator.locks
        .request(name, options, (lock) => {
          if (!lock) {
            resolve(false);
            return undefined;
          }
          held = true;
          resolve(true);
          return new Promise<void>((done) => {
            release = done;
          });
        })
        // A lock that was stolen ends its request with an AbortError.
        .catch((error: unknown) => (held ? lose() : reject(error as Error)));
    });
  if (!(await hold({ ifAvailable: true }))) {
    channel.postMessage('take');
    try {
      await hold({ signal: AbortSignal.timeout(HAND_OVER_MS) });
    } catch {
      await hold({ steal: true });
    }
  }
  channel.onmessage = lose;
  return () => {
    over = true;
    channel.close();
    release();
  };
}
