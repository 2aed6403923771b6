/** The writer of one epoch of one session: what it was given, what of it is in the batch under way, what is durable. */
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { SpoolError } from '#domain/errors.ts';
import type { AudioLogWriter } from '#domain/session/ports.ts';
import { BYTES_PER_SAMPLE, samplesToBytes } from '#domain/stream/audio-format.ts';
import { asAudioError, writeFully } from './files.ts';
import type { GroupCommit } from './group-commit.ts';
import type { JournalRecord } from './journal-records.ts';
import { isFenced, listSession } from './session-directory.ts';
import type { EpochFile } from './session-directory.ts';

/** Unacknowledged audio of one session: two minutes, four times what a client may be ahead. */
export const MAX_PENDING_SESSION_BYTES = 120 * 16_000 * BYTES_PER_SAMPLE;

interface Append {
  bytes: Uint8Array;
  resolve: (durableThroughSample: number) => void;
  reject: (error: SpoolError) => void;
}

export class EpochWriter implements AudioLogWriter {
  readonly sessionId: string;
  readonly path: string;
  readonly #directory: string;
  readonly #file: EpochFile;
  readonly #handle: FileHandle;
  readonly #commit: GroupCommit;
  readonly #onClose: (writer: EpochWriter) => void;
  #durableThroughSample: number;
  #pending: Append[] = [];
  #pendingBytes = 0;
  #batch: Append[] = [];
  #batchBytes = 0;
  #fenceSeen = -1;
  #failure: SpoolError | undefined;
  #lastAppend: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(options: { sessionId: string; directory: string; file: EpochFile; handle: FileHandle; commit: GroupCommit; onClose: (writer: EpochWriter) => void }) {
    this.sessionId = options.sessionId;
    this.path = path.join(options.directory, options.file.name);
    this.#directory = options.directory;
    this.#file = options.file;
    this.#handle = options.handle;
    this.#commit = options.commit;
    this.#onClose = options.onClose;
    this.#durableThroughSample = options.file.firstSample;
  }

  get durableThroughSample(): number {
    return this.#durableThroughSample;
  }

  /**
   * See the port. `samples` must not be changed until this resolves.
   * @throws SpoolError `stream.too_fast` | `stream.overloaded` when too much is waiting: these samples were not taken and
   *   may be given again later; `lease.lost` when a newer writer has begun or the session was sealed or erased.
   */
  async append(samples: Int16Array): Promise<number> {
    if (this.#failure) throw this.#failure;
    if (this.#closed) throw new SpoolError('audio.write_failed', 'The audio writer is closed.');
    if (samples.length === 0) return this.#durableThroughSample;
    const bytes = samplesToBytes(samples);
    const held = this.#pendingBytes + this.#batchBytes;
    if (held + bytes.byteLength > MAX_PENDING_SESSION_BYTES) throw new SpoolError('stream.too_fast', 'Too much audio of one session waits for the disk.');
    this.#commit.reserve(bytes.byteLength);
    const stored = new Promise<number>((resolve, reject) => this.#pending.push({ bytes, resolve, reject }));
    this.#pendingBytes += bytes.byteLength;
    this.#lastAppend = stored;
    this.#commit.request(this);
    return stored;
  }

  /** Stores what is pending (or fails it), then closes the file. Safe to repeat. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#lastAppend.catch(() => {}); // the appender hears of it; appends end in order
    await this.#handle.close();
    this.#onClose(this);
  }

  // What follows is for the group commit, which alone calls it.

  get failed(): boolean {
    return this.#failure !== undefined;
  }
  get batchBytes(): number {
    return this.#batchBytes;
  }
  get batchChunks(): Uint8Array[] {
    return this.#batch.map((append) => append.bytes);
  }
  get batchRecord(): Omit<JournalRecord, 'pcm'> {
    return { sessionId: this.sessionId, epoch: this.#file.epoch, firstSample: this.#durableThroughSample };
  }

  /** Everything given so far goes into the batch that begins. */
  beginBatch(): void {
    this.#batch = this.#pending;
    this.#batchBytes = this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /** Looks at the session's directory if the fence has risen since the last look, and fails when replaced. */
  async checkFence(fence: number): Promise<void> {
    if (fence === this.#fenceSeen || this.#failure) return;
    try {
      if (isFenced(await listSession(this.#directory), this.#file)) this.fail(new SpoolError('lease.lost', 'A newer writer has begun, or the session was sealed or erased.'));
      this.#fenceSeen = fence;
    } catch (error) {
      this.fail(asAudioError(error));
    }
  }

  /** Writes the batch's samples behind the durable ones, without a sync. A failure is this session's alone. */
  async writeFile(pcm: Uint8Array): Promise<void> {
    try {
      await writeFully(this.#handle, pcm, (this.#durableThroughSample - this.#file.firstSample) * BYTES_PER_SAMPLE);
    } catch (error) {
      this.fail(asAudioError(error));
    }
  }

  /** The batch is durable. */
  acknowledge(): void {
    if (this.#failure) return;
    const done = this.#batch;
    this.#commit.release(this.#batchBytes);
    this.#batch = [];
    this.#batchBytes = 0;
    for (const append of done) {
      this.#durableThroughSample += append.bytes.byteLength / BYTES_PER_SAMPLE;
      append.resolve(this.#durableThroughSample);
    }
  }

  /** Rejects all that is not durable and everything to come. */
  fail(error: SpoolError): void {
    if (this.#failure) return;
    this.#failure = error;
    const lost = [...this.#batch, ...this.#pending];
    this.#commit.release(this.#batchBytes + this.#pendingBytes);
    this.#batch = [];
    this.#pending = [];
    this.#batchBytes = 0;
    this.#pendingBytes = 0;
    for (const append of lost) append.reject(error);
  }
}
