/**
 * Group commit: one journal and one sync per batch for all sessions of the process.
 *
 * A batch is first written and synced to the journal, then written to each session's file without a sync. So a session
 * file never holds a sample the journal does not hold: `kill -9` leaves both in the page cache, a power cut leaves the
 * journal, from which the next start restores the files. Only then, and only if no newer writer has begun, are the
 * batch's appends acknowledged.
 */
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { readFence } from './fence-counter.ts';
import { asAudioError, errnoOf, forEachBounded } from './files.ts';
import { JournalFile } from './journal-file.ts';
import { ownJournals } from './journal-owner.ts';
import type { JournalOwner } from './journal-owner.ts';
import { encodeRecord, RECORD_HEADER_BYTES } from './journal-records.ts';
import type { EpochWriter } from './epoch-writer.ts';

/** Between the starts of two batches: five syncs per second. At 100 ms a thousand sessions cost half a core, at 200 ms a quarter. */
export const BATCH_INTERVAL_MS = 200;
/** Unacknowledged audio of all sessions together: two seconds of a stalled disk with a thousand of them (32 kB/s each). */
export const MAX_PENDING_BYTES = 64 * 1024 * 1024;
/** A journal is let go at 64 MiB or 30 s, whichever comes first: the first bounds the replay, the second how long it lies. */
export const JOURNAL_MAX_BYTES = 64 * 1024 * 1024;
export const JOURNAL_MAX_AGE_MS = 30_000;
/** Above the sessions of one server, so that a batch costs a few turns of the event loop and not one per sixteen sessions. */
const WRITE_CONCURRENCY = 512;

export interface AudioLogMetrics {
  /** A batch reached the disk: how many sessions and bytes, and how long it took. */
  batchWritten(batch: { sessions: number; sizeBytes: number; durationMs: number }): void;
}

export class GroupCommit {
  readonly #audioDirectory: string;
  readonly #journalDirectory: string;
  readonly #nonce: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #metrics: AudioLogMetrics | undefined;
  #waiting = new Set<EpochWriter>();
  #pendingBytes = 0;
  #lastStartMs = -Infinity;
  #cancelTimer: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #afterBatch: (() => void)[] = [];
  #stopped = false;
  #owner: JournalOwner | undefined;
  #journal: JournalFile | undefined;
  #journalCount = 0;
  #cancelRotation: (() => void) | undefined;
  /** Journals being let go, and those that could not be. */
  readonly #retiring = new Set<JournalFile>();
  #buffer = Buffer.alloc(0);

  constructor(options: { audioDirectory: string; journalDirectory: string; nonce: string; clock: Clock; log: Log; metrics?: AudioLogMetrics }) {
    this.#audioDirectory = options.audioDirectory;
    this.#journalDirectory = options.journalDirectory;
    this.#nonce = options.nonce;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#metrics = options.metrics;
  }

  /** Room for `sizeBytes` more? @throws SpoolError `stream.overloaded`, `unavailable` after stop; nothing was taken then. */
  reserve(sizeBytes: number): void {
    if (this.#stopped) throw new SpoolError('unavailable', 'The audio log is stopped.');
    if (this.#pendingBytes + sizeBytes > MAX_PENDING_BYTES) throw new SpoolError('stream.overloaded', 'Too much audio waits for the disk.');
    this.#pendingBytes += sizeBytes;
  }

  release(sizeBytes: number): void {
    this.#pendingBytes -= sizeBytes;
  }

  /** `writer` has audio for the next batch. The first one after a quiet moment starts it at once. */
  request(writer: EpochWriter): void {
    this.#waiting.add(writer);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#running || this.#cancelTimer || this.#waiting.size === 0) return;
    const waitMs = this.#stopped ? 0 : this.#lastStartMs + BATCH_INTERVAL_MS - this.#clock.monotonicMs();
    if (waitMs <= 0) return this.#start();
    this.#cancelTimer = this.#clock.schedule(waitMs, () => {
      this.#cancelTimer = undefined;
      this.#start();
    });
  }

  #start(): void {
    const writers = [...this.#waiting].filter((writer) => !writer.failed);
    this.#waiting.clear();
    this.#lastStartMs = this.#clock.monotonicMs();
    this.#running = this.#runBatch(writers).finally(() => {
      this.#running = undefined;
      for (const run of this.#afterBatch.splice(0)) run();
      this.#schedule();
    });
  }

  async #runBatch(waiting: EpochWriter[]): Promise<void> {
    for (const writer of waiting) writer.beginBatch();
    try {
      const writers = await this.#unfenced(waiting);
      if (writers.length > 0) await this.#store(writers);
    } catch (error) {
      const failure = asAudioError(error);
      this.#log.error({ code: failure.code, errno: errnoOf(error), sessions: waiting.length }, 'A batch of audio could not be stored.');
      for (const writer of waiting) writer.fail(failure);
      this.#retire(); // never write behind a failed write or sync
    }
    if (this.#journal && this.#journal.sizeBytes >= JOURNAL_MAX_BYTES) this.#retire();
  }

  async #store(writers: EpochWriter[]): Promise<void> {
    const sizeBytes = writers.reduce((sum, writer) => sum + writer.batchBytes, 0);
    const slices = await this.#writeJournal(await this.#openJournal(), writers, sizeBytes);
    await forEachBounded(slices, WRITE_CONCURRENCY, ([writer, pcm]) => writer.writeFile(pcm));
    const stored = await this.#unfenced(writers);
    for (const writer of stored) writer.acknowledge();
    if (stored.length < writers.length) this.#log.warn({ sessions: writers.length - stored.length }, 'Audio of some sessions could not be stored.');
    this.#metrics?.batchWritten({ sessions: writers.length, sizeBytes, durationMs: this.#clock.monotonicMs() - this.#lastStartMs });
  }

  /** Those of `writers` that may go on; the others have been replaced, sealed or erased, and fail. */
  async #unfenced(writers: EpochWriter[]): Promise<EpochWriter[]> {
    const fence = await readFence(this.#audioDirectory);
    await forEachBounded(writers, WRITE_CONCURRENCY, (writer) => writer.checkFence(fence));
    return writers.filter((writer) => !writer.failed);
  }

  /** Journals the batch of every writer and answers where in memory its samples lie. */
  async #writeJournal(journal: JournalFile, writers: EpochWriter[], pcmBytes: number): Promise<[EpochWriter, Uint8Array][]> {
    const needed = pcmBytes + writers.length * RECORD_HEADER_BYTES;
    // One buffer for all batches: only one is under way at a time.
    if (this.#buffer.length < needed) this.#buffer = Buffer.allocUnsafeSlow(Math.ceil(needed * 1.25));
    let offset = 0;
    const slices = writers.map((writer): [EpochWriter, Uint8Array] => {
      const { pcmFrom, end } = encodeRecord(this.#buffer, offset, journal.header, writer.batchRecord, writer.batchChunks);
      offset = end;
      journal.touched.set(writer.path, writer.sessionId);
      return [writer, this.#buffer.subarray(pcmFrom, end)];
    });
    await journal.append(this.#buffer.subarray(0, offset));
    return slices;
  }

  async #openJournal(): Promise<JournalFile> {
    if (this.#journal) return this.#journal;
    // Owned before the first journal exists, so nobody ever sees a journal of ours without a living owner.
    this.#owner ??= await ownJournals(this.#journalDirectory, this.#nonce, (sessionId) => this.forget(sessionId));
    this.#journalCount += 1;
    this.#journal = await JournalFile.create(path.join(this.#journalDirectory, `${this.#nonce}-${this.#journalCount}.log`));
    this.#cancelRotation = this.#clock.schedule(JOURNAL_MAX_AGE_MS, () => void this.#betweenBatches(() => this.#retire()));
    return this.#journal;
  }

  /** Runs `run` at once, or between the batch under way and the next one. */
  #betweenBatches(run: () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const runAndResolve = () => {
      run();
      resolve();
    };
    if (this.#running) this.#afterBatch.push(runAndResolve);
    else runAndResolve();
    return promise;
  }

  /** Lets the current journal go in the background; the next batch begins a new one. */
  #retire(): void {
    const journal = this.#journal;
    if (!journal) return;
    this.#cancelRotation?.();
    this.#journal = undefined;
    this.#retiring.add(journal);
    journal.retire().then(
      () => this.#retiring.delete(journal),
      (error: unknown) => this.#log.error({ errno: errnoOf(error) }, 'A journal could not be let go; it is replayed at the next start.'),
    );
  }

  /** Resolves when no journal of this process holds audio of the (erased) session. @throws when one cannot be let go. */
  async forget(sessionId: string): Promise<void> {
    await this.#betweenBatches(() => {
      if (this.#journal?.holds(sessionId)) this.#retire();
    });
    await Promise.all([...this.#retiring].filter((journal) => journal.holds(sessionId)).map((journal) => journal.retire()));
  }

  /** Writes what is pending, syncs every session file and lets the journals go. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#schedule();
    while (this.#running) await this.#running;
    this.#retire();
    await Promise.allSettled([...this.#retiring].map((journal) => journal.retire()));
    await this.#owner?.release();
  }
}
