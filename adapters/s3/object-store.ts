/** What the audio log asks of an object store, and trying again. One call is one request; the store itself never repeats one. */
import type { Clock } from '#domain/clock.ts';

export interface StoredObject {
  key: string;
  sizeBytes: number;
}
export interface UploadedPart {
  number: number;
  sizeBytes: number;
  etag: string;
  /** CRC-32 as the store gave it, where it did. */
  checksum?: string;
}
/** Strongly consistent, as S3 is: what was written is seen by every later read and list. Every method throws StoreError. */
export interface ObjectStore {
  /** Writes `key` unless it exists. `mark` says later who wrote it. */
  create(key: string, body: Uint8Array, mark: string, contentType?: string): Promise<'created' | 'exists'>;
  put(key: string, body: Uint8Array): Promise<void>;
  head(key: string): Promise<{ sizeBytes: number; mark: string | undefined } | null>;
  /** All of it, or bytes [from, to). Null: there is no such object. */
  get(key: string, range?: { from: number; to: number }): Promise<Uint8Array | null>;
  /** Keys with `prefix` behind `after`, ascending, at most a page (S3: 1,000); `more`: there are others behind them. */
  list(prefix: string, after?: string): Promise<{ objects: StoredObject[]; more: boolean }>;
  /** At most MAX_REMOVED keys; those that do not exist are no error. */
  remove(keys: string[]): Promise<void>;

  beginUpload(key: string, contentType: string, mark: string): Promise<string>;
  /** Uploads under way below `prefix`, oldest first. */
  uploads(prefix: string): Promise<{ key: string; uploadId: string }[]>;
  /** Null: there is no such upload (any more). */
  uploadedParts(key: string, uploadId: string): Promise<UploadedPart[] | null>;
  putPart(key: string, uploadId: string, number: number, body: Uint8Array): Promise<UploadedPart | null>;
  /** `exists`: the object was there already. `gone`: the upload was completed or aborted by somebody else. */
  completeUpload(key: string, uploadId: string, parts: UploadedPart[]): Promise<'created' | 'exists' | 'gone'>;
  abortUpload(key: string, uploadId: string): Promise<void>;

  /** An address that reads this one object, with these response headers, for `expiresS` seconds. Asks nobody. */
  address(key: string, options: { expiresS: number; disposition: string }): Promise<string>;
  close(): void;
}
export const MAX_REMOVED = 1_000;

/** `reason` is the store's own name of the problem, e.g. `SlowDown`; never a key. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly reason: string;
  readonly retryable: boolean;

  constructor(reason: string, retryable: boolean, cause?: unknown) {
    super('The object store refused a request or did not answer.', { cause });
    this.reason = reason;
    this.retryable = retryable;
  }
}

/** Seven tries; the pauses between them add up to at most 100 ms × (1 + 2 + 4 + 8 + 16 + 20) = 5.1 s. */
const MAX_TRIES = 7;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;

/** Repeats `run` while its error may pass; pauses grow and are spread by chance, so that servers do not return in step. */
export async function tryAgain<T>(clock: Clock, run: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await run(attempt);
    } catch (error) {
      if (!(error instanceof StoreError) || !error.retryable || attempt + 1 >= MAX_TRIES) throw error;
      const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
      await new Promise<void>((resolve) => void clock.schedule(pauseMs, resolve));
    }
  }
}

/** The store with every request that may be repeated blindly repeated; `create` may not, see create-once.ts. */
export function withRetries(store: ObjectStore, clock: Clock): ObjectStore {
  return {
    create: (...args) => store.create(...args),
    put: (...args) => tryAgain(clock, () => store.put(...args)),
    head: (...args) => tryAgain(clock, () => store.head(...args)),
    get: (...args) => tryAgain(clock, () => store.get(...args)),
    list: (...args) => tryAgain(clock, () => store.list(...args)),
    remove: (...args) => tryAgain(clock, () => store.remove(...args)),
    beginUpload: (...args) => tryAgain(clock, () => store.beginUpload(...args)),
    uploads: (...args) => tryAgain(clock, () => store.uploads(...args)),
    uploadedParts: (...args) => tryAgain(clock, () => store.uploadedParts(...args)),
    putPart: (...args) => tryAgain(clock, () => store.putPart(...args)),
    completeUpload: (...args) => tryAgain(clock, () => store.completeUpload(...args)),
    abortUpload: (...args) => tryAgain(clock, () => store.abortUpload(...args)),
    address: (...args) => store.address(...args),
    close: () => store.close(),
  };
}

/** Every object below `prefix` behind `after`, a page at a time. */
export async function* listAll(store: ObjectStore, prefix: string, after?: string): AsyncGenerator<StoredObject[]> {
  for (let last = after; ; ) {
    const { objects, more } = await store.list(prefix, last);
    if (objects.length > 0) yield objects;
    last = objects.at(-1)?.key ?? last;
    if (!more) return;
  }
}

/** Runs `run` for every item, at most `limit` at a time; the first error ends it once those under way are done. */
export async function forEachBounded<T>(items: readonly T[], limit: number, run: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const errors: unknown[] = [];
  const lane = async () => {
    while (next < items.length && errors.length === 0) await run(items[next++] as T).catch((error: unknown) => errors.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (errors.length > 0) throw errors[0];
}
