import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeAudioLog } from '#adapters/audio-log-contract/audio-log-contract.ts';
import { silentLog } from '#domain/log.ts';
import { quickClock } from '#tests/support/quick-clock.ts';
import { createFilesystemAudioLog } from './audio-log.ts';
import type { FilesystemAudioLog } from './audio-log.ts';
import { BATCH_INTERVAL_MS } from './group-commit.ts';
import { JOURNAL_HEADER_BYTES, RECORD_HEADER_BYTES, encodeRecord, newJournalHeader } from './journal-records.ts';

describeAudioLog('in files', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'spool-audio-'));
  const logs: FilesystemAudioLog[] = [];
  const start = async () => {
    const log = createFilesystemAudioLog({ directory, clock: quickClock(BATCH_INTERVAL_MS), log: silentLog });
    logs.push(log);
    return log;
  };
  return {
    log: await start(),
    restart: start,
    async dispose() {
      for (const log of logs) await log.stop();
      await rm(directory, { recursive: true });
    },
  };
});

it('puts back what a power cut took before it makes a recording, though nobody writes yet', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'spool-audio-'));
  const sessionId = randomUUID();
  const said = new Int16Array([1, 2, 3, 4]);
  await mkdir(path.join(directory, 'audio', 'journal'), { recursive: true });
  await mkdir(path.join(directory, 'audio', sessionId));
  // Acknowledged, so in the journal; the session's own file was never synced.
  await writeFile(path.join(directory, 'audio', sessionId, '1-0.pcm'), '');
  const header = newJournalHeader();
  const journal = Buffer.alloc(JOURNAL_HEADER_BYTES + RECORD_HEADER_BYTES + said.byteLength);
  header.copy(journal);
  encodeRecord(journal, JOURNAL_HEADER_BYTES, header, { sessionId, epoch: 1, firstSample: 0 }, [new Uint8Array(said.buffer)]);
  await writeFile(path.join(directory, 'audio', 'journal', 'abc-1.log'), journal);

  const log = createFilesystemAudioLog({ directory, clock: quickClock(BATCH_INTERVAL_MS), log: silentLog });
  await log.seal(sessionId);
  expect(await log.read(sessionId, 0, 10)).toEqual(said);
  await log.stop();
  await rm(directory, { recursive: true });
});
