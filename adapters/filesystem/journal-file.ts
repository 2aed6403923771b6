/** One append-only journal on disk: written batch by batch, let go once every session file it covers is synced. */
import fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { FILE_MODE, forEachBounded, isMissing, syncDirectory, writeFully } from './files.ts';
import { newJournalHeader } from './journal-records.ts';

/** Files synced at once when a journal is let go: few, because they share four I/O threads with the next batches. */
const SYNC_CONCURRENCY = 2;

export class JournalFile {
  readonly header: Buffer;
  /** Session files with samples in this journal, by path, and whose they are. */
  readonly touched = new Map<string, string>();
  readonly #path: string;
  readonly #handle: FileHandle;
  #sizeBytes: number;
  #gone: Promise<void> | undefined;

  private constructor(journalPath: string, handle: FileHandle, header: Buffer) {
    this.#path = journalPath;
    this.#handle = handle;
    this.header = header;
    this.#sizeBytes = header.length;
  }

  /** Creates the journal durably, name included. */
  static async create(journalPath: string): Promise<JournalFile> {
    const handle = await fs.open(journalPath, 'wx', FILE_MODE);
    try {
      const header = newJournalHeader();
      await writeFully(handle, header, 0);
      await handle.sync();
      await syncDirectory(path.dirname(journalPath));
      return new JournalFile(journalPath, handle, header);
    } catch (error) {
      await handle.close();
      await fs.rm(journalPath, { force: true });
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Appends and syncs. After a failure the journal must not be written again: what a failed sync left is unknown. */
  async append(bytes: Uint8Array): Promise<void> {
    await writeFully(this.#handle, bytes, this.#sizeBytes);
    await this.#handle.datasync();
    this.#sizeBytes += bytes.byteLength;
  }

  holds(sessionId: string): boolean {
    return [...this.touched.values()].includes(sessionId);
  }

  /**
   * Syncs the session files, then deletes the journal. If a file cannot be synced, the journal stays and the next
   * process to start replays it.
   */
  retire(): Promise<void> {
    this.#gone ??= this.#retire();
    return this.#gone;
  }

  async #retire(): Promise<void> {
    await this.#handle.close();
    await forEachBounded(this.touched.keys(), SYNC_CONCURRENCY, syncFile);
    await fs.rm(this.#path, { force: true });
  }
}

/** A file that is gone was sealed (its samples are in the recording, synced) or erased. */
async function syncFile(filePath: string): Promise<void> {
  try {
    const handle = await fs.open(filePath, 'r');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
