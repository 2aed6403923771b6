/**
 * The durable audio of sessions, in files below `<directory>/audio`. How the promise is held is told in group-commit.ts
 * (what is acknowledged), session-directory.ts (what is read), journal-recovery.ts (what is put back) and docs/decisions.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { uuidSchema } from '#domain/ids.ts';
import type { Log } from '#domain/log.ts';
import type { AudioLog, AudioLogWriter } from '#domain/session/ports.ts';
import { EpochWriter } from './epoch-writer.ts';
import { isErased, markErased } from './erased-sessions.ts';
import { raiseFence } from './fence-counter.ts';
import { asAudioError, makeDirectory, syncDirectory } from './files.ts';
import { GroupCommit } from './group-commit.ts';
import type { AudioLogMetrics } from './group-commit.ts';
import { askOwnerToForget } from './journal-owner.ts';
import { listJournals, mentionsSession, recoverJournals } from './journal-recovery.ts';
import { createEpochFile } from './open-epoch.ts';
import { sealSession } from './sealing.ts';
import { readSamples, viewSession } from './session-directory.ts';
import { readUtterance, writeUtterance } from './utterances.ts';

/** Stopping leaves 500 ms of the house's two seconds for others. Journals not let go by then are replayed at the next start. */
export const STOP_BUDGET_MS = 1_500;
/** How long an erasure waits for another server to let its journal go. A stopped server does not; the job tries again later. */
const FORGET_TIMEOUT_MS = 10_000;

export interface FilesystemAudioLogOptions {
  /** The data directory (`environment.dataDir`). */
  directory: string;
  clock: Clock;
  log: Log;
  metrics?: AudioLogMetrics;
}
export interface FilesystemAudioLog extends AudioLog {
  /** Restores what an earlier process left in its journals. Needed before writing only; `openWriter` waits for it, and `seal` does so itself. */
  start(): Promise<void>;
  /** Stores what is pending, closes every writer and leaves within STOP_BUDGET_MS. */
  stop(): Promise<void>;
}

/** Creates nothing on disk until somebody writes: readers, sealers and erasers own no journal. */
export function createFilesystemAudioLog({ directory, clock, log, metrics }: FilesystemAudioLogOptions): FilesystemAudioLog {
  const audioDirectory = path.join(path.resolve(directory), 'audio');
  const journalDirectory = path.join(audioDirectory, 'journal');
  const nonce = randomBytes(8).toString('hex');
  const commit = new GroupCommit({ audioDirectory, journalDirectory, nonce, clock, log, metrics });
  const writers = new Set<EpochWriter>();
  let started: Promise<void> | undefined;

  /** The id becomes a path, so it must be a UUID, whatever the caller checked. */
  const directoryOf = (sessionId: string) => {
    if (!uuidSchema.safeParse(sessionId).success || sessionId !== sessionId.toLowerCase()) throw new SpoolError('session.not_found', 'The session id is not a UUID in lower case.');
    return path.join(audioDirectory, sessionId);
  };
  /** A server that missed the erasure may have written just now: what it brought back goes away again. */
  const refuseErased = async (sessionId: string) => {
    if (!(await isErased(audioDirectory, sessionId))) return;
    await fs.rm(directoryOf(sessionId), { recursive: true, force: true });
    throw new SpoolError('lease.lost', 'The session has been erased.');
  };
  const asAudioErrors = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw asAudioError(error);
    }
  };

  async function restore(): Promise<void> {
    await makeDirectory(path.dirname(audioDirectory), audioDirectory);
    await makeDirectory(audioDirectory, journalDirectory);
    await recoverJournals(audioDirectory, journalDirectory, log);
  }
  function start(): Promise<void> {
    started ??= restore().catch((error: unknown) => {
      started = undefined; // the next caller tries again, e.g. when there is room again
      throw asAudioError(error);
    });
    return started;
  }

  async function openWriter(sessionId: string, epoch: number): Promise<AudioLogWriter> {
    const sessionDirectory = directoryOf(sessionId);
    await start();
    return asAudioErrors(async () => {
      await makeDirectory(audioDirectory, sessionDirectory);
      const { file, handle } = await createEpochFile(audioDirectory, sessionDirectory, epoch);
      try {
        await refuseErased(sessionId);
      } catch (error) {
        await handle.close();
        throw error;
      }
      const writer = new EpochWriter({ sessionId, directory: sessionDirectory, file, handle, commit, onClose: () => writers.delete(writer) });
      writers.add(writer);
      return writer;
    });
  }

  async function erase(sessionId: string): Promise<void> {
    const sessionDirectory = directoryOf(sessionId);
    const remove = () => fs.rm(sessionDirectory, { recursive: true, force: true, maxRetries: 3 });
    await remove(); // first of all, which also makes room for the mark on a full disk
    await makeDirectory(path.dirname(audioDirectory), audioDirectory);
    await markErased(audioDirectory, sessionId);
    await remove();
    await syncDirectory(audioDirectory);
    await raiseFence(audioDirectory);

    await recoverJournals(audioDirectory, journalDirectory, log);
    await commit.forget(sessionId);
    for (const [other, journals] of await listJournals(journalDirectory)) {
      if (other === nonce || (await askOwnerToForget(journalDirectory, other, sessionId, FORGET_TIMEOUT_MS, clock))) continue;
      for (const journal of journals) {
        // A stopped server does not answer, but may well hold nothing of this session.
        if (await mentionsSession(path.join(journalDirectory, journal), sessionId)) throw new SpoolError('unavailable', 'Another server has not let go of its journal yet.');
      }
    }
  }

  async function stop(): Promise<void> {
    const { promise: budgetSpent, resolve } = Promise.withResolvers<void>();
    const cancel = clock.schedule(STOP_BUDGET_MS, () => {
      log.warn({}, 'Stopping took too long; the next start replays the audio journal.');
      resolve();
    });
    const finish = async () => {
      const stopping = commit.stop();
      await Promise.allSettled([...writers].map((writer) => writer.close()));
      await stopping;
    };
    await Promise.race([finish(), budgetSpent]);
    cancel();
  }

  return {
    start,
    stop,
    openWriter,
    durableThrough: async (sessionId) => (await viewSession(directoryOf(sessionId))).endSample,
    read: async (sessionId, fromSample, toSample) => readSamples(directoryOf(sessionId), fromSample, toSample),
    writeUtterance: (sessionId, utterance, samples) => asAudioErrors(async () => {
      const sessionDirectory = directoryOf(sessionId);
      await makeDirectory(audioDirectory, sessionDirectory);
      await writeUtterance(sessionDirectory, utterance, samples);
      await refuseErased(sessionId);
    }),
    readUtterance: async (sessionId, utterance) => readUtterance(directoryOf(sessionId), utterance),
    seal: (sessionId) => asAudioErrors(async () => {
      const sessionDirectory = directoryOf(sessionId);
      // After a power cut whoever writes may come later; what is put back then no recording takes in.
      await recoverJournals(audioDirectory, journalDirectory, log);
      await sealSession(audioDirectory, sessionDirectory);
    }),
    erase: (sessionId) => asAudioErrors(async () => erase(sessionId)),
  };
}
