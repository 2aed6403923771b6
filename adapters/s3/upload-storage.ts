/**
 * The bytes of uploads as objects, `uploads/<session>/<upload>/<offset>`, one per part. What reads a file needs it on a
 * disk: it is copied there when it is asked for, into `scratch`, and goes from there with the objects.
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { uuidSchema } from '#domain/ids.ts';
import type { UploadAddress, UploadStorage } from '#domain/meetings/uploads/ports.ts';
import { MAX_REMOVED, listAll, withRetries } from './object-store.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { asUnavailable } from './s3-error.ts';

/** A part is at most 8 MiB (domain/meetings/uploads/limits.ts), and is in memory while it is sent on: 128 MiB. */
const MAX_PARTS_IN_MEMORY = 16;
const RETRY_AFTER_S = 2;
const OFFSET_DIGITS = 13;
const PREFIX = 'uploads/';

export class S3UploadStorage implements UploadStorage {
  readonly #store: ObjectStore;
  readonly #scratch: UploadStorage;
  #partsInMemory = 0;

  /** @param scratch on the disk of this process */
  constructor({ store, scratch, clock }: { store: ObjectStore; scratch: UploadStorage; clock: Clock }) {
    this.#store = withRetries(store, clock);
    this.#scratch = scratch;
  }

  async room(): Promise<null> {
    return null;
  }

  /** @throws SpoolError `upload.busy` too when too many parts are in memory */
  async writePart(upload: UploadAddress, offset: number, body: AsyncIterable<Uint8Array>): Promise<void> {
    const key = `${prefixOf(upload)}${String(offset).padStart(OFFSET_DIGITS, '0')}`;
    if (this.#partsInMemory >= MAX_PARTS_IN_MEMORY) throw new SpoolError('upload.busy', 'Too many parts are on their way into the bucket.', { retryAfterS: RETRY_AFTER_S });
    this.#partsInMemory += 1;
    try {
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(piece);
      await asked(this.#store.put(key, joined(pieces)));
    } finally {
      this.#partsInMemory -= 1;
    }
  }

  async fileOf(upload: UploadAddress): Promise<string | null> {
    const parts = (await this.#all(prefixOf(upload))).map(({ key }) => key);
    if (parts.length === 0) return null;
    // A copy that was not finished is begun anew.
    await this.#scratch.remove(upload);
    for (const key of parts) {
      const bytes = await asked(this.#store.get(key));
      if (!bytes) return null;
      await this.#scratch.writePart(upload, offsetOf(key), once(bytes));
    }
    return this.#scratch.fileOf(upload);
  }

  async remove(upload: UploadAddress): Promise<void> {
    await this.#removeBelow(prefixOf(upload));
    await this.#scratch.remove(upload);
  }

  async removeOfSession(sessionId: string): Promise<void> {
    await this.#removeBelow(`${PREFIX}${checked(sessionId)}/`);
    await this.#scratch.removeOfSession(sessionId);
  }

  async list(): Promise<UploadAddress[]> {
    const found = new Map((await this.#scratch.list()).map((upload) => [prefixOf(upload), upload]));
    for (const { key } of await this.#all(PREFIX)) {
      const [, sessionId = '', uploadId = ''] = key.split('/');
      if (uuidSchema.safeParse(sessionId).success && uuidSchema.safeParse(uploadId).success) found.set(prefixOf({ sessionId, uploadId }), { sessionId, uploadId });
    }
    return [...found.values()];
  }

  /** By offset. A file has at most 512 parts. */
  async #all(prefix: string): Promise<StoredObject[]> {
    const objects: StoredObject[] = [];
    await asked((async () => {
      for await (const page of listAll(this.#store, prefix)) objects.push(...page);
    })());
    return objects;
  }

  async #removeBelow(prefix: string): Promise<void> {
    const keys = (await this.#all(prefix)).map(({ key }) => key);
    for (let at = 0; at < keys.length; at += MAX_REMOVED) await asked(this.#store.remove(keys.slice(at, at + MAX_REMOVED)));
  }
}

const prefixOf = ({ sessionId, uploadId }: UploadAddress) => `${PREFIX}${checked(sessionId)}/${checked(uploadId)}/`;
const offsetOf = (key: string) => Number(key.slice(key.lastIndexOf('/') + 1));

/** An id becomes a key, so it must be a UUID, whatever the caller checked. */
function checked(id: string): string {
  if (!uuidSchema.safeParse(id).success || id !== id.toLowerCase()) throw new SpoolError('upload.not_found', 'An id that is not a UUID in lower case.');
  return id;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw asUnavailable(error);
  });
}
