import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describeAudioLog } from '#adapters/audio-log-contract/audio-log-contract.ts';
import { silentLog } from '#domain/log.ts';
import { quickClock } from '#tests/support/quick-clock.ts';
import { createFilesystemAudioLog } from './audio-log.ts';
import type { FilesystemAudioLog } from './audio-log.ts';
import { BATCH_INTERVAL_MS } from './group-commit.ts';

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
