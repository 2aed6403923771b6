/** A worker for crash tests: takes the first job of a name, says so, and is at it until it is killed. Its argument is a `WorkerTask`. */
import { pathToFileURL } from 'node:url';
import { PostgresJobRows } from '#adapters/pg-boss/job-rows.ts';
import type { RowTimes } from '#adapters/pg-boss/job-rows.ts';
import { PgBossWorkQueue } from '#adapters/pg-boss/work-queue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { SqsWorkQueue } from '#adapters/sqs/work-queue.ts';
import type { SqsTimes } from '#adapters/sqs/work-queue.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import type { WorkQueue } from '#workers/job-runner.ts';

export interface WorkerTask {
  databaseUrl: string;
  job: string;
  /** Absent: pg-boss. The rest of what SQS needs is in the environment. */
  sqs?: { prefix: string; names: string[]; times: Partial<SqsTimes>; rowTimes: Partial<RowTimes> };
}

export function openQueue(database: Database, sqs: WorkerTask['sqs']): WorkQueue {
  if (!sqs) return new PgBossWorkQueue(database, () => {});
  const { prefix, names, times, rowTimes } = sqs;
  return new SqsWorkQueue({ rows: new PostgresJobRows(database, { times: rowTimes }), prefix, names, times, clock: systemClock, log: silentLog });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const task = JSON.parse(process.argv[2] ?? '') as WorkerTask;
  const queue = openQueue(new Database({ url: task.databaseUrl, maxConnections: 2 }), task.sqs);
  await queue.start();
  await queue.work(task.job, { pollIntervalMs: 500, concurrency: 1 }, async ({ id }) => {
    process.send?.(id);
    await new Promise(() => {});
  });
}
