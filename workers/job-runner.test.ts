import { expect, it } from 'vitest';
import { newId } from '#domain/ids.ts';
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

it('a worker that was stopped before it came to its queue does not open it any more', async () => {
  const queue: WorkQueue = { start: () => Promise.reject(new Error('The database is closed.')), work: async () => {}, stop: async () => {} };
  const runner = new JobRunner({ queue, log: silentLog, handlers: [] });
  await runner.stop();
  await runner.start();
});

it.each([[true, 'worker.died'], [undefined, undefined]])('a job that is cut short by a stop knows whether it comes again (%s)', async (keepsTries, code) => {
  const told = Promise.withResolvers<unknown>();
  const queue: WorkQueue = {
    keepsTries,
    start: async () => {},
    async work(_name, _options, run) {
      void run({ id: 'a', payload: { sessionId: newId() }, signal: new AbortController().signal, lastTry: true }).catch(() => {});
    },
    stop: async () => {},
  };
  const runner = new JobRunner({ queue, log: silentLog, handlers: [jobHandler(writeNotesJob, async (_payload, signal) => signal.addEventListener('abort', () => told.resolve(signal.reason)))] });
  await runner.start();
  await runner.stop();
  expect((await told.promise as { code?: unknown }).code).toBe(code ?? DOMException.ABORT_ERR);
});
