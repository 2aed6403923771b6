import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describeAudioLog } from '#adapters/audio-log-contract/audio-log-contract.ts';
import { silentLog } from '#domain/log.ts';
import { createFilesystemAudioLog } from './audio-log.ts';
import type { FilesystemAudioLog } from './audio-log.ts';

describeAudioLog('in files', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'spool-audio-'));
  const logs: FilesystemAudioLog[] = [];
  const start = async () => {
    // Time runs a hundred times as fast, so that batches do not wait.
    const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() * 100, schedule: (delayMs: number, run: () => void) => { const timer = setTimeout(run, delayMs / 100); return () => clearTimeout(timer); } };
    const log = createFilesystemAudioLog({ directory, clock, log: silentLog });
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
