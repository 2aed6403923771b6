/** What was typed and is not saved on the server yet, kept in this browser over a reload and a lost connection. */
import { openDB } from 'idb';
import type { DBSchema } from 'idb';

/** What nobody came back for in a week is removed: other people may use this browser. */
const FORGET_AFTER_MS = 7 * 24 * 3_600_000;

export interface KeptFile {
  path: string;
  /** What it was typed over: the server's version and its text; 0 and empty for a file the server has not seen. */
  version: number;
  base: string;
  /** Null: it was deleted here. */
  content: string | null;
  /** Texts that may have reached the server: its answers did not come. */
  sent?: string[];
}
export interface KeptFiles {
  load(): Promise<KeptFile[]>;
  put(file: KeptFile): Promise<void>;
  remove(path: string): Promise<void>;
  /** At once, also when the page goes away in this very moment. */
  putNow(files: KeptFile[]): void;
  clear(): Promise<void>;
}

interface FilesDatabase extends DBSchema {
  files: { key: [sessionId: string, path: string]; value: KeptFile & { sessionId: string; atMs: number }; indexes: { atMs: number } };
}

/** @throws when the browser keeps nothing, e.g. in some private windows */
export async function openKeptFiles(sessionId: string): Promise<KeptFiles> {
  const database = await openDB<FilesDatabase>('spool-files', 1, {
    upgrade(made) {
      made.createObjectStore('files', { keyPath: ['sessionId', 'path'] }).createIndex('atMs', 'atMs');
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  for (const key of await database.getAllKeysFromIndex('files', 'atMs', IDBKeyRange.upperBound(Date.now() - FORGET_AFTER_MS))) await database.delete('files', key);
  const mine = () => IDBKeyRange.bound([sessionId], [sessionId, []]);
  const lastWords = `spool.files.${sessionId}`;
  return {
    async load() {
      const files = new Map((await database.getAll('files', mine())).map((file) => [file.path, file]));
      for (const file of readLastWords(lastWords)) if (file.atMs > (files.get(file.path)?.atMs ?? 0)) files.set(file.path, { sessionId, ...file });
      return [...files.values()].map(({ path, version, base, content, sent }) => ({ path, version, base, content, sent }));
    },
    async put(file) {
      const transaction = database.transaction('files', 'readwrite');
      void transaction.store.put({ sessionId, ...file, atMs: Date.now() }).catch(() => {});
      // Committed at once: a transaction that still waits when the page goes is thrown away.
      transaction.commit();
      await transaction.done;
    },
    async remove(path) {
      await database.delete('files', [sessionId, path]);
      const left = readLastWords(lastWords).filter((file) => file.path !== path);
      if (left.length > 0) localStorage.setItem(lastWords, JSON.stringify(left));
      else localStorage.removeItem(lastWords);
    },
    putNow(files) {
      try {
        // IndexedDB answers too late for a page that is being closed.
        if (files.length > 0) localStorage.setItem(lastWords, JSON.stringify(files.map((file) => ({ ...file, atMs: Date.now() }))));
      } catch {
        // No room: what IndexedDB has must do.
      }
    },
    async clear() {
      await database.delete('files', mine());
      localStorage.removeItem(lastWords);
    },
  };
}

function readLastWords(key: string): (KeptFile & { atMs: number })[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as (KeptFile & { atMs: number })[];
  } catch {
    return [];
  }
}
