/** The bytes of uploads as sparse files, `<dataDir>/uploads/<sessionId>/<uploadId>`: parts are written at their place. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { SpoolError } from '#domain/errors.ts';
import { uuidSchema } from '#domain/ids.ts';
import type { UploadAddress, UploadStorage } from '#domain/meetings/uploads/ports.ts';
import { FILE_MODE, errnoOf, isMissing, makeDirectory, syncDirectory, writeFully } from './files.ts';

/** Kept free for everything else that has to be written, e.g. the audio of people who are talking. */
const RESERVE_BYTES = 256 * 1024 ** 2;
/** Written by root, files are nobody's: whoever parses them (adapters/ffmpeg/) does so as their owner, with no rights at all. */
const NOBODY = 65_534;

/** Creates nothing on disk until the first part comes. */
export class FilesystemUploadStorage implements UploadStorage {
  readonly #directory: string;
  readonly #dataDir: string;

  constructor(dataDir: string) {
    this.#dataDir = path.resolve(dataDir);
    this.#directory = path.join(this.#dataDir, 'uploads');
  }

  async room(): Promise<number | null> {
    const { bavail, bsize } = await fs.statfs(this.#dataDir).catch(() => ({ bavail: Infinity, bsize: 1 }));
    return Number.isFinite(bavail) ? Math.max(0, bavail * bsize - RESERVE_BYTES) : null;
  }

  async writePart(upload: UploadAddress, offset: number, body: AsyncIterable<Uint8Array>): Promise<void> {
    const file = this.#fileOf(upload);
    // What was free when it began may be taken by now.
    if ((await this.room()) === 0) throw new SpoolError('upload.disk_full', 'What is left of the disk is not for uploads.');
    try {
      await makeDirectory(this.#dataDir, this.#directory);
      await makeDirectory(this.#directory, path.dirname(file));
      const handle = await fs.open(file, fs.constants.O_WRONLY | fs.constants.O_CREAT, FILE_MODE);
      try {
        if (process.getuid?.() === 0) await handle.chown(NOBODY, NOBODY).catch(() => {});
        let position = offset;
        for await (const bytes of body) {
          await writeFully(handle, bytes, position);
          position += bytes.byteLength;
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      await syncDirectory(path.dirname(file));
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'ENOSPC' || errno === 'EDQUOT') throw new SpoolError('upload.disk_full', 'No space left for an upload.', { cause: error });
      throw error;
    }
  }

  async fileOf(upload: UploadAddress): Promise<string | null> {
    const file = this.#fileOf(upload);
    return fs.stat(file).then(() => file, (error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
  }

  async remove(upload: UploadAddress): Promise<void> {
    const file = this.#fileOf(upload);
    await fs.rm(file, { force: true });
    // Only when it was the last one.
    await fs.rmdir(path.dirname(file)).catch(() => {});
  }

  async removeOfSession(sessionId: string): Promise<void> {
    await fs.rm(this.#below(sessionId), { recursive: true, force: true, maxRetries: 3 });
  }

  async list(): Promise<UploadAddress[]> {
    const names = async (directory: string) => (await fs.readdir(directory).catch(() => [] as string[])).filter((name) => uuidSchema.safeParse(name).success);
    const sessions = await names(this.#directory);
    const found = await Promise.all(sessions.map(async (sessionId) => (await names(this.#below(sessionId))).map((uploadId) => ({ sessionId, uploadId }))));
    return found.flat();
  }

  #fileOf({ sessionId, uploadId }: UploadAddress): string {
    return path.join(this.#below(sessionId), checked(uploadId));
  }
  #below(sessionId: string): string {
    return path.join(this.#directory, checked(sessionId));
  }
}

/** An id becomes a path, so it must be a UUID, whatever the caller checked. */
function checked(id: string): string {
  if (!uuidSchema.safeParse(id).success || id !== id.toLowerCase()) throw new SpoolError('upload.not_found', 'An id that is not a UUID in lower case.');
  return id;
}
