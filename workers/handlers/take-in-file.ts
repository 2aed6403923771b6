/**
 * Takes an uploaded file into its meeting: decoded into the session's audio, which is transcribed in chunks while more
 * of it comes. Runs again after a crash: the same file gives the same samples, and those in the log already are passed over.
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import type { ErrorCode } from '#domain/errors.ts';
import { takeInFileJob } from '#domain/jobs/meeting-jobs.ts';
import type { Log } from '#domain/log.ts';
import { nextReadyAtSample } from '#domain/meetings/chunk-plan.ts';
import type { AudioDecoder, UploadRecords, UploadStorage } from '#domain/meetings/uploads/ports.ts';
import type { Upload } from '#domain/meetings/uploads/upload.ts';
import type { AudioLog, LiveSessionStore, StoredSession } from '#domain/session/ports.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import { fillAudioLog } from '../uploads/fill-audio-log.ts';
import { takeLease } from '../uploads/session-lease.ts';
import type { SessionLease } from '../uploads/session-lease.ts';

/** How often the person sees how far it is, and an end they asked for is looked for. */
const PROGRESS_MS = 1_000;
/** A file shorter than it says by more than this is said to be damaged: encoders round by less. */
const MISSING_MS = 2_000;
/** What trying again does not mend: the person has to do something. */
const FINAL: readonly ErrorCode[] = ['upload.no_audio', 'upload.unreadable', 'upload.empty', 'upload.too_long', 'upload.session_taken', 'upload.expired', 'session.over', 'ffmpeg.missing'];

export interface TakeInParts {
  records: UploadRecords;
  storage: UploadStorage;
  decoder: AudioDecoder;
  store: LiveSessionStore;
  audio: AudioLog;
  writerId: string;
  /** Length of a meeting's chunks. */
  chunkSamples: number;
  clock: Clock;
  log: Log;
}

export function takeInFileHandler(parts: TakeInParts): JobHandler {
  return jobHandler(takeInFileJob, async ({ sessionId, uploadId }, signal, { lastTry }) => {
    const { records, storage, store, log } = parts;
    const upload = await records.find(uploadId);
    if (!upload || upload.state === 'receiving' || upload.state === 'failed') return;
    const stored = await store.load(sessionId);
    if (!stored) return;
    try {
      if (upload.state !== 'done') {
        const run = new TakeIn(parts, upload, stored, signal);
        if (stored.session.endedAt !== null) throw new SpoolError('session.over');
        await run.decode();
      } else if (stored.session.endedAt === null) {
        // It ended between saying so and the end of the meeting.
        await new TakeIn(parts, upload, stored, signal).end();
      }
      await storage.remove(upload);
    } catch (error) {
      const { code } = asSpoolError(error);
      // It can go nowhere any more.
      if (code === 'session.over') await storage.remove(upload);
      // Erased in the middle of it: nobody waits any more.
      if (code === 'lease.lost' && !(await store.exists(sessionId))) return;
      if (!FINAL.includes(code) && (!lastTry || signal.aborted)) throw error;
      await records.fail(uploadId, code);
      log.warn({ sessionId, uploadId, code }, 'A file could not be taken in.');
    }
  });
}

/** One run of the job over one file. */
class TakeIn {
  readonly #parts: TakeInParts;
  readonly #upload: Upload;
  readonly #stored: StoredSession;
  readonly #signal: AbortSignal;
  /** The person ended the meeting while the file was read. */
  #endAsked = false;

  constructor(parts: TakeInParts, upload: Upload, stored: StoredSession, signal: AbortSignal) {
    this.#parts = parts;
    this.#upload = upload;
    this.#stored = stored;
    this.#signal = signal;
  }

  async decode(): Promise<void> {
    const { records, storage, decoder } = this.#parts;
    const { uploadId } = this.#upload;
    const file = await storage.fileOf(this.#upload);
    if (!file) throw new SpoolError('upload.expired', 'The bytes of an upload are gone.');
    const { durationMs, exact } = await decoder.probe(file, this.#signal);
    await this.#leased(async (lease) => {
      // Before a sample of it is in the log: afterwards it cannot be told whose they are.
      const first = this.#upload.decodedSamples === 0 && this.#upload.state === 'received';
      if (first && (await this.#parts.audio.durableThrough(this.#upload.sessionId)) > 0) throw new SpoolError('upload.session_taken');
      if (!(await records.beginDecoding(uploadId, durationMs))) throw new SpoolError('lease.lost', 'An upload is gone.');
      const { throughSample, failure } = await this.#fill(lease, file);
      if (throughSample === 0) throw new SpoolError('upload.empty');
      const short = exact && durationMs !== null && samplesToMs(throughSample) < durationMs - MISSING_MS;
      const missing = this.#endAsked ? 'session.over' : (failure ?? (short ? 'upload.damaged' : null));
      if (!(await records.finish(uploadId, throughSample, missing))) throw new SpoolError('lease.lost', 'An upload is gone.');
      await this.#commitEnd(lease, throughSample);
    });
  }

  /** Of a file that is in the log whole. */
  async end(): Promise<void> {
    await this.#leased((lease) => this.#commitEnd(lease, this.#upload.decodedSamples));
  }

  async #fill(lease: SessionLease, file: string): Promise<{ throughSample: number; failure: ErrorCode | null }> {
    const { audio, decoder, log } = this.#parts;
    const { sessionId, uploadId } = this.#upload;
    const writer = await audio.openWriter(sessionId, lease.epoch);
    const stop = new AbortController();
    try {
      const onDurable = this.#follow(lease, writer.durableThroughSample, () => stop.abort());
      const signal = AbortSignal.any([this.#signal, lease.lost, stop.signal]);
      await fillAudioLog({ samples: decoder.decode(file, signal), writer, onDurable });
      return { throughSample: writer.durableThroughSample, failure: null };
    } catch (error) {
      if (this.#endAsked && stop.signal.aborted) return { throughSample: writer.durableThroughSample, failure: null };
      if (lease.lost.aborted) throw lease.lost.reason;
      this.#signal.throwIfAborted();
      if (asSpoolError(error).code !== 'upload.damaged') throw error;
      if (writer.durableThroughSample === 0) throw new SpoolError('upload.unreadable', 'Nothing of an uploaded file can be read.', { cause: error });
      // What could be read is kept, and that it is not all is said.
      log.warn({ sessionId, uploadId }, 'A file could not be read to its end.');
      return { throughSample: writer.durableThroughSample, failure: 'upload.damaged' };
    } finally {
      await writer.close().catch(() => {});
    }
  }

  /** Tells the ledger of chunks, the person, and nobody twice. */
  #follow(lease: SessionLease, durable: number, endNow: () => void): (throughSample: number) => Promise<void> {
    const { store, records, storage, chunkSamples, clock, writerId } = this.#parts;
    const { sessionId, uploadId } = this.#upload;
    // An earlier run may have died before it told: told again.
    let nextReady = nextReadyAtSample(0, chunkSamples);
    let started = this.#stored.session.status !== 'created';
    let toldMs = -Infinity;
    return async (throughSample) => {
      const telling = clock.monotonicMs() - toldMs >= PROGRESS_MS;
      // First of all: whatever fails from now on, the samples in the log are known to be its own.
      if (telling) await records.decoded(uploadId, Math.max(durable, throughSample));
      if (!started) await store.commit(sessionId, lease.epoch, { status: 'live', startedAt: 'now', events: [{ type: 'session.status', data: { status: 'live' } }] });
      started = true;
      if (throughSample >= nextReady) {
        await store.commit(sessionId, lease.epoch, { captured: { throughSample, chunkSamples } });
        nextReady = nextReadyAtSample(throughSample, chunkSamples);
      }
      if (!telling) return;
      toldMs = clock.monotonicMs();
      // The last of the disk is for people who are talking; this waits until there is room.
      if ((await storage.room()) === 0) throw new SpoolError('audio.disk_full', 'What is left of the disk is not for files.');
      this.#endAsked = (await store.endRequests(writerId)).includes(sessionId);
      if (this.#endAsked) endNow();
    };
  }

  async #commitEnd(lease: SessionLease, throughSample: number): Promise<void> {
    const { store, chunkSamples, clock } = this.#parts;
    const { sessionId } = this.#upload;
    const durationMs = samplesToMs(throughSample);
    const summary = { durationMs, turns: 0, words: 0, endedAtMs: clock.nowMs() };
    await store.commit(sessionId, lease.epoch, {
      status: 'processing',
      startedAt: 'now',
      ended: { reason: 'ended_by_request', durationMs },
      captured: { throughSample, chunkSamples },
      events: [
        { type: 'session.status', data: { status: 'processing' } },
        { type: 'session.ended', data: { reason: 'ended_by_request', summary } },
      ],
    });
  }

  async #leased(run: (lease: SessionLease) => Promise<void>): Promise<void> {
    const { store, writerId, clock } = this.#parts;
    const lease = await takeLease({ store, writerId, sessionId: this.#upload.sessionId, clock, signal: this.#signal });
    if (!lease) throw new SpoolError('lease.lost', 'A session is gone.');
    try {
      await run(lease);
    } finally {
      await lease.release().catch(() => {});
    }
  }
}
