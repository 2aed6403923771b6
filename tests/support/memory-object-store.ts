/**
 * What S3 promises, in memory: writes are seen at once by every later read, a conditional write succeeds once. A list is
 * no instant: each of its pages is one. `before` and `after` a request's effect the test decides what happens to it.
 */
import { setImmediate } from 'node:timers/promises';
import { StoreError } from '#adapters/s3/object-store.ts';
import type { ObjectStore, UploadedPart } from '#adapters/s3/object-store.ts';

export interface StoredBody {
  body: Uint8Array;
  mark?: string;
}
interface Upload {
  key: string;
  mark: string;
  parts: Map<number, { part: UploadedPart; body: Uint8Array }>;
}
/** On the way to the store and back; throwing before the effect is a refusal, after it a lost answer. */
export interface Road {
  before(operation: keyof ObjectStore, key: string): Promise<void>;
  after(operation: keyof ObjectStore, key: string): Promise<void>;
}
const openRoad: Road = { before: async () => setImmediate(), after: async () => {} };

export class MemoryBucket {
  readonly objects = new Map<string, StoredBody>();
  readonly uploads = new Map<string, Upload>();
  readonly requests = new Map<keyof ObjectStore, number>();
  /** Of objects that were written and are there, by key: nothing may be written over. */
  overwritten: string[] = [];
  #uploadCount = 0;

  keys(): string[] {
    return [...this.objects.keys()].sort();
  }
  /** The bytes of everything that is there, uploads under way included. */
  *bodies(): Generator<Uint8Array> {
    for (const { body } of this.objects.values()) yield body;
    for (const { parts } of this.uploads.values()) for (const { body } of parts.values()) yield body;
  }

  /** The bucket as one process reaches it. */
  connect(road: Road = openRoad, pageSize = 1_000): ObjectStore {
    const { objects, uploads } = this;
    const request = async <T>(operation: keyof ObjectStore, key: string, effect: () => T): Promise<T> => {
      await road.before(operation, key);
      this.requests.set(operation, (this.requests.get(operation) ?? 0) + 1);
      const answer = effect();
      await road.after(operation, key);
      return answer;
    };
    const write = (key: string, body: Uint8Array, mark?: string) => {
      if (objects.has(key)) this.overwritten.push(key);
      objects.set(key, { body: Uint8Array.from(body), mark });
    };
    return {
      create: (key, body, mark) => request('create', key, () => {
        if (objects.has(key)) return 'exists';
        write(key, body, mark);
        return 'created';
      }),
      put: (key, body) => request('put', key, () => write(key, body)),
      head: (key) => request('head', key, () => {
        const found = objects.get(key);
        return found ? { sizeBytes: found.body.byteLength, mark: found.mark } : null;
      }),
      get: (key, range) => request('get', key, () => {
        const found = objects.get(key)?.body;
        return found ? Uint8Array.from(range ? found.subarray(range.from, range.to) : found) : null;
      }),
      list: (prefix, after = '') => request('list', prefix, () => {
        const keys = this.keys().filter((key) => key.startsWith(prefix) && key > after);
        return { objects: keys.slice(0, pageSize).map((key) => ({ key, sizeBytes: objects.get(key)!.body.byteLength })), more: keys.length > pageSize };
      }),
      remove: (keys) => request('remove', keys[0] ?? '', () => {
        for (const key of keys) objects.delete(key);
      }),
      beginUpload: (key, _contentType, mark) => request('beginUpload', key, () => {
        const uploadId = `upload-${(this.#uploadCount += 1)}`;
        uploads.set(uploadId, { key, mark, parts: new Map() });
        return uploadId;
      }),
      uploads: (prefix) => request('uploads', prefix, () => [...uploads].filter(([, { key }]) => key.startsWith(prefix)).map(([uploadId, { key }]) => ({ key, uploadId }))),
      uploadedParts: (key, uploadId) => request('uploadedParts', key, () => {
        const upload = uploads.get(uploadId);
        return upload ? [...upload.parts.values()].map(({ part }) => part) : null;
      }),
      putPart: (key, uploadId, number, body) => request('putPart', key, () => {
        const upload = uploads.get(uploadId);
        if (!upload) return null;
        const part = { number, sizeBytes: body.byteLength, etag: `${number}` };
        upload.parts.set(number, { part, body: Uint8Array.from(body) });
        return part;
      }),
      completeUpload: (key, uploadId, parts) => request('completeUpload', key, () => {
        const upload = uploads.get(uploadId);
        if (!upload) return 'gone';
        if (objects.has(key)) return 'exists';
        write(key, Uint8Array.from(parts.flatMap(({ number }) => [...(upload.parts.get(number)?.body ?? [])])), upload.mark);
        uploads.delete(uploadId);
        return 'created';
      }),
      abortUpload: (key, uploadId) => request('abortUpload', key, () => void uploads.delete(uploadId)),
      address: async (key, { disposition }) => `memory:${key}?${disposition}`,
      close() {},
    };
  }
}

/** A store that is out of breath, as S3 says it. */
export const slowDown = () => new StoreError('SlowDown', true);
