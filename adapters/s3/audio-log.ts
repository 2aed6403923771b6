/**
 * The durable audio of sessions as objects of a bucket. How the promise is held is told in layout.ts (slots and fences),
 * slot-writer.ts (what is acknowledged), session-log.ts (what is read) and PROTOCOL.md (why that holds).
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { AudioLog, AudioLogWriter } from '#domain/session/ports.ts';
import { bytesToSamples, samplesToBytes } from '#domain/stream/audio-format.ts';
import { MAX_OBJECT_BYTES, VOID_SLOTS, checkedId, erasedKey, recordingKey, utteranceKey } from './layout.ts';
import { LogReader } from './log-reader.ts';
import { withRetries } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { placeFence } from './place-fence.ts';
import { asAudioError, asUnavailable } from './s3-error.ts';
import { PART_BYTES, removeAudio, sealSession } from './sealing.ts';
import { newestEpoch } from './session-log.ts';
import { SlotWriter } from './slot-writer.ts';
import { WritePool } from './write-pool.ts';

/** Stopping leaves 500 ms of the house's two seconds for others. What is not stored by then was not acknowledged. */
export const STOP_BUDGET_MS = 1_500;
/** Long enough to listen to an hour's meeting; the address ends with the object when the session is erased. */
const ADDRESS_EXPIRES_S = 3_600;

export interface S3AudioLogOptions {
  store: ObjectStore;
  clock: Clock;
  log: Log;
  /** For tests, which would otherwise take hours of sound. S3 takes no parts below 5 MiB. */
  objectBytes?: number;
  partBytes?: number;
}
export interface S3AudioLog extends AudioLog {
  /** There is nothing to restore. @throws SpoolError `unavailable` when the bucket cannot be read, with its reason */
  start(): Promise<void>;
  /** Stores what is pending, closes every writer and leaves within STOP_BUDGET_MS. */
  stop(): Promise<void>;
}

export function createS3AudioLog({ store: single, clock, log, objectBytes = MAX_OBJECT_BYTES, partBytes = PART_BYTES }: S3AudioLogOptions): S3AudioLog {
  const store = withRetries(single, clock);
  const reader = new LogReader(store);
  const pool = new WritePool();
  const parts = { store, reader, clock, partBytes };
  const writers = new Set<SlotWriter>();
  const guarded = async <T>(run: () => Promise<T>, as: (error: unknown) => SpoolError): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw as(error);
    }
  };
  const isErased = async (sessionId: string) => (await store.head(erasedKey(sessionId))) !== null;
  const erasedError = () => new SpoolError('lease.lost', 'The session has been erased.');

  async function openWriter(sessionId: string, epoch: number): Promise<AudioLogWriter> {
    if (!Number.isSafeInteger(epoch) || epoch < 1) throw new RangeError('An epoch is a positive integer.');
    const placed = await placeFence(parts, checkedId(sessionId), (seen, mark) => {
      if (seen.erased) throw erasedError();
      if (newestEpoch(seen, mark) >= epoch) throw new SpoolError('lease.lost', 'This or a newer epoch of the session has been opened already.');
      return { kind: 'epoch', epoch };
    });
    if (!placed || (await isErased(sessionId))) throw erasedError();
    const fence = placed.log.fences.find(({ slot }) => slot === placed.slot);
    const writer = new SlotWriter({
      sessionId,
      store,
      clock,
      pool,
      objectBytes,
      firstSlot: placed.slot + VOID_SLOTS,
      firstSample: fence?.throughSample ?? placed.log.throughSample,
      onEnd(ended, failure) {
        writers.delete(ended);
        if (failure) log.warn({ sessionId, code: failure.code, reason: String(failure.fields?.reason ?? '') }, 'Audio of a session could not be stored.');
      },
    });
    writers.add(writer);
    return writer;
  }

  async function writeUtterance(sessionId: string, utterance: number, samples: Int16Array): Promise<void> {
    const key = utteranceKey(checkedId(sessionId), utterance);
    await store.put(key, samplesToBytes(samples));
    // Looked for afterwards: an erasure leaves its mark before it removes, so one of the two removes this.
    if (!(await isErased(sessionId))) return;
    await store.remove([key]);
    throw erasedError();
  }

  async function seal(sessionId: string): Promise<void> {
    const sealed = await sealSession(parts, checkedId(sessionId));
    // A recording that an erasure could not see yet must not stay.
    if (!sealed || (await isErased(sessionId))) await removeAudio(store, sessionId);
  }

  async function erase(sessionId: string): Promise<void> {
    await store.put(erasedKey(checkedId(sessionId)), new Uint8Array());
    await placeFence(parts, sessionId, (seen, mark) => (seen.erased || (seen.fences.length === 0 && !seen.base) ? null : { kind: 'erase', epoch: newestEpoch(seen, mark) })).catch((error: unknown) => {
      // By somebody else, in this moment: theirs serves as well.
      if (!(error instanceof SpoolError && error.code === 'lease.lost')) throw error;
    });
    reader.forget(sessionId);
    await removeAudio(store, sessionId);
  }

  async function recordingAddress(sessionId: string, { disposition }: { disposition: string }): Promise<string | null> {
    const { base, endSample } = await reader.look(checkedId(sessionId));
    if (!base || base.samples === 0 || base.samples < endSample) return null;
    return store.address(recordingKey(sessionId, base.slot), { expiresS: ADDRESS_EXPIRES_S, disposition });
  }

  async function stop(): Promise<void> {
    pool.stop();
    const { promise: budgetSpent, resolve } = Promise.withResolvers<void>();
    const cancel = clock.schedule(STOP_BUDGET_MS, () => {
      log.warn({ writers: writers.size }, 'Stopping took too long; audio that was not acknowledged is sent again.');
      resolve();
    });
    await Promise.race([Promise.allSettled([...writers].map((writer) => writer.close())), budgetSpent]);
    cancel();
    store.close();
  }

  return {
    start: () => guarded(async () => void (await store.list(erasedKey('~'))), asUnavailable),
    stop,
    openWriter: (sessionId, epoch) => guarded(() => openWriter(sessionId, epoch), asAudioError),
    durableThrough: (sessionId) => guarded(async () => (await reader.look(checkedId(sessionId))).endSample, asUnavailable),
    read: (sessionId, fromSample, toSample) => guarded(async () => reader.read(checkedId(sessionId), fromSample, toSample), asUnavailable),
    writeUtterance: (sessionId, utterance, samples) => guarded(() => writeUtterance(sessionId, utterance, samples), asAudioError),
    readUtterance: (sessionId, utterance) => guarded(async () => {
      const bytes = await store.get(utteranceKey(checkedId(sessionId), utterance));
      return bytes && bytesToSamples(bytes);
    }, asUnavailable),
    seal: (sessionId) => guarded(() => seal(sessionId), asUnavailable),
    erase: (sessionId) => guarded(() => erase(sessionId), asUnavailable),
    recordingAddress: (sessionId, options) => guarded(() => recordingAddress(sessionId, options), asUnavailable),
  };
}
