/** What every UploadStorage must do. Runs on the folder and on the bucket. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadAddress, UploadStorage } from '#domain/meetings/uploads/ports.ts';

export interface UploadStorageUnderTest {
  storage: UploadStorage;
  /** The same storage as a worker that starts now would see it, on another disk where parts do not lie on one. */
  restart(): Promise<UploadStorage>;
  dispose(): Promise<void>;
}

export function describeUploadStorage(name: string, open: () => Promise<UploadStorageUnderTest>): void {
  describe(`the storage of uploads ${name}`, () => {
    let underTest: UploadStorageUnderTest;
    let storage: UploadStorage;
    let upload: UploadAddress;
    beforeEach(async () => {
      underTest = await open();
      storage = underTest.storage;
      upload = newUpload();
    });
    afterEach(() => underTest.dispose());

    const contents = async (of = upload, from = storage) => {
      const file = await from.fileOf(of);
      return file === null ? null : [...(await readFile(file))];
    };

    it('has a file of the parts, in whatever order and pieces they came', async () => {
      await storage.writePart(upload, 4, pieces([5], [], [6, 7]));
      await storage.writePart(upload, 0, pieces([1, 2, 3, 4]));
      expect(await contents()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await contents(upload, await underTest.restart())).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await contents()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    it('takes a part again, which then counts', async () => {
      await storage.writePart(upload, 0, pieces([9, 9]));
      await storage.writePart(upload, 2, pieces([3]));
      await storage.writePart(upload, 0, pieces([1, 2]));
      expect(await contents()).toEqual([1, 2, 3]);
    });

    it('says what broke a part off, and takes it when it is sent again', async () => {
      async function* broken() {
        yield Uint8Array.of(1);
        throw new RangeError('cut off');
      }
      await expect(storage.writePart(upload, 0, broken())).rejects.toThrow('cut off');
      await storage.writePart(upload, 0, pieces([1, 2]));
      expect(await contents()).toEqual([1, 2]);
    });

    it('knows no file of which nothing came', async () => {
      expect(await storage.fileOf(upload)).toBeNull();
      await storage.remove(upload);
      await storage.removeOfSession(upload.sessionId);
    });

    it('removes a file and no other, and removes it again', async () => {
      const other = { ...newUpload(), sessionId: upload.sessionId };
      await storage.writePart(upload, 0, pieces([1]));
      await storage.writePart(other, 0, pieces([2]));
      await storage.fileOf(upload);
      await storage.remove(upload);
      await storage.remove(upload);
      expect([await contents(), await contents(other)]).toEqual([null, [2]]);
    });

    it('removes all files of a session and none of another', async () => {
      const other = newUpload();
      for (const each of [upload, { ...newUpload(), sessionId: upload.sessionId }, other]) await storage.writePart(each, 0, pieces([7]));
      await storage.removeOfSession(upload.sessionId);
      expect(await storage.list()).toEqual([other]);
    });

    it('lists what is there, each file once', async () => {
      const other = newUpload();
      await storage.writePart(upload, 0, pieces([1]));
      await storage.writePart(upload, 1, pieces([2]));
      await storage.writePart(other, 0, pieces([3]));
      await storage.fileOf(other);
      const byId = (a: UploadAddress, b: UploadAddress) => a.uploadId.localeCompare(b.uploadId);
      expect((await storage.list()).toSorted(byId)).toEqual([upload, other].toSorted(byId));
    });

    it('says how much room there is, or that nobody need worry', async () => {
      const room = await storage.room();
      expect(room === null || room >= 0).toBe(true);
    });

    it('takes only UUIDs for names, so that no id can name another place', async () => {
      for (const id of ['', '..', '../../etc', `${upload.uploadId}/..`, upload.uploadId.toUpperCase()]) {
        await expect(storage.writePart({ ...upload, uploadId: id }, 0, pieces([1]))).rejects.toMatchObject({ code: 'upload.not_found' });
        await expect(storage.fileOf({ ...upload, sessionId: id })).rejects.toMatchObject({ code: 'upload.not_found' });
        await expect(storage.removeOfSession(id)).rejects.toMatchObject({ code: 'upload.not_found' });
      }
    });
  });
}

/** A UUID of digits alone has no upper case, so these have a letter. */
const newUpload = (): UploadAddress => ({ sessionId: randomUUID(), uploadId: `a${randomUUID().slice(1)}` });

async function* pieces(...parts: number[][]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Uint8Array.from(part);
}
