import { describeAudioLog } from '#adapters/audio-log-contract/audio-log-contract.ts';
import { silentLog } from '#domain/log.ts';
import { MemoryBucket } from '#tests/support/memory-object-store.ts';
import { quickClock } from '#tests/support/quick-clock.ts';
import { createS3AudioLog } from './audio-log.ts';
import { OBJECT_INTERVAL_MS } from './slot-writer.ts';

describeAudioLog('in a bucket', async () => {
  const bucket = new MemoryBucket();
  const start = async () => createS3AudioLog({ store: bucket.connect(), clock: quickClock(OBJECT_INTERVAL_MS), log: silentLog });
  return { log: await start(), restart: start, dispose: async () => {} };
});
