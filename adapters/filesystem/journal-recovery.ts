/** Puts back what journals of dead processes hold, then deletes them. Idempotent, and safe when two processes do it at once. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '#domain/log.ts';
import { BYTES_PER_SAMPLE } from '#domain/stream/audio-format.ts';
import { forEachBounded, isMissing, writeFully } from './files.ts';
import { isOwnerAlive } from './journal-owner.ts';
import { scanJournal, sessionIdBytes } from './journal-records.ts';
import type { JournalRecord } from './journal-records.ts';
import { listSession } from './session-directory.ts';

const FILE_CONCURRENCY = 4;

/** The nonces of journal owners, with their journals in the order they were written. */
export async function listJournals(journalDirectory: string): Promise<Map<string, string[]>> {
  const names = await fs.readdir(journalDirectory).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const journals = names.flatMap((name) => {
    const match = /^([0-9a-f]+)-(\d+)\.log$/.exec(name);
    return match ? [{ name, nonce: match[1] as string, number: Number(match[2]) }] : [];
  });
  journals.sort((a, b) => a.number - b.number);
  return new Map(Object.entries(Object.groupBy(journals, (journal) => journal.nonce)).map(([nonce, list]) => [nonce, (list ?? []).map(({ name }) => name)]));
}

/**
 * Replays every journal whose owner is dead into the session files and syncs them. Journals of living processes, stopped
 * ones included, are left alone.
 * @throws when something cannot be written; the journal stays then.
 */
export async function recoverJournals(audioDirectory: string, journalDirectory: string, log: Log): Promise<void> {
  for (const [nonce, journals] of await listJournals(journalDirectory)) {
    if (await isOwnerAlive(journalDirectory, nonce)) continue;
    for (const name of journals) {
      const journalPath = path.join(journalDirectory, name);
      await replay(audioDirectory, await readJournal(journalPath), log);
      await fs.rm(journalPath, { force: true });
    }
    await fs.rm(path.join(journalDirectory, `${nonce}.sock`), { force: true });
  }
}

/** Whether a journal holds anything of the session, whole or torn. */
export async function mentionsSession(journalPath: string, sessionId: string): Promise<boolean> {
  return (await readJournal(journalPath)).includes(sessionIdBytes(sessionId));
}

/** The journal's bytes, which its maximum size bounds; none when its owner or another process has let it go. */
async function readJournal(journalPath: string): Promise<Buffer> {
  return fs.readFile(journalPath).catch((error: unknown) => {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  });
}

async function replay(audioDirectory: string, journal: Buffer, log: Log): Promise<void> {
  const byFile = Map.groupBy(scanJournal(journal), (record) => `${record.sessionId}/${record.epoch}`);
  let missing = 0;
  await forEachBounded(byFile.values(), FILE_CONCURRENCY, async (records) => {
    missing += await restore(audioDirectory, records);
  });
  log.info({ sessions: byFile.size, sizeBytes: journal.length }, 'An audio journal of an earlier process was replayed.');
  if (missing > 0) log.error({ records: missing }, 'Some journal records do not connect to their session files; audio before them is missing.');
}

/** Writes records of one session and epoch into its file. Answers how many lie behind a hole and were left out. */
async function restore(audioDirectory: string, records: JournalRecord[]): Promise<number> {
  const [{ sessionId, epoch }] = records as [JournalRecord];
  const directory = path.join(audioDirectory, sessionId);
  // No such file: the session was sealed, and the recording holds the samples, or it was erased.
  const file = (await listSession(directory)).epochs.find((candidate) => candidate.epoch === epoch);
  const handle = file && (await fs.open(path.join(directory, file.name), 'r+').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  }));
  if (!file || !handle) return 0;
  try {
    let sizeBytes = (await handle.stat()).size;
    let unconnected = 0;
    for (const { firstSample, pcm } of records) {
      const offset = (firstSample - file.firstSample) * BYTES_PER_SAMPLE;
      if (offset < 0 || offset > sizeBytes) {
        unconnected += 1;
        continue;
      }
      await writeFully(handle, pcm, offset);
      sizeBytes = Math.max(sizeBytes, offset + pcm.byteLength);
    }
    await handle.datasync();
    return unconnected;
  } finally {
    await handle.close();
  }
}
