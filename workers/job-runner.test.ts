import { expect, it } from 'vitest';
import { transcribeChunkJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import { silentLog } from '#domain/log.ts';
import { jobHandler } from './job.ts';
import { JobRunner } from './job-runner.ts';
import type { WorkQueue } from './job-runner.ts';

it('a worker that is stopped while it starts takes no jobs', async () => {
  const beginning = Promise.withResolvers<void>();
  let stopped = false;
  const worked: string[] = [];
  const queue: WorkQueue = {
    start: () => beginning.promise,
    async work(name) {
      if (stopped) throw new Error('Workers are disabled.');
      worked.push(name);
    },
    async stop() {
      stopped = true;
    },
  };
  const runner = new JobRunner({ queue, log: silentLog, handlers: [transcribeChunkJob, writeNotesJob].map((job) => jobHandler(job, async () => {})) });
  const starting = runner.start();
  await runner.stop();
  beginning.resolve();
  await starting;
  expect(worked).toEqual([]);
});
