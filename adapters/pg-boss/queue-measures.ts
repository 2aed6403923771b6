/** How long work waits, read from the queue's rows: they keep the truth wherever messages carry jobs to workers. */
import type { Database } from '../postgres/database.ts';
import { QUEUE_SCHEMA } from './enqueue.ts';
import { DEAD_LETTERS } from './install-queues.ts';

export interface QueueMeasures {
  /** Each kind of job, whether one waits or not. `ageS`: seconds since the oldest that waits was due. */
  jobs: { job: string; waiting: number; ageS: number }[];
  deadLetters: number;
}

export async function measureQueue(database: Database): Promise<QueueMeasures> {
  const { rows } = await database.asService((tx) =>
    tx.query<{ job: string; waiting: number; age_s: number }>(
      `select q.name as job, count(j.id)::int as waiting, coalesce(extract(epoch from clock_timestamp() - min(j.start_after)), 0)::float8 as age_s
       from ${QUEUE_SCHEMA}.queue q
       left join ${QUEUE_SCHEMA}.job j on j.name = q.name and j.state in ('created', 'retry') and j.start_after <= clock_timestamp()
       group by q.name order by q.name`,
    ),
  );
  const jobs = rows.filter(({ job }) => job !== DEAD_LETTERS).map(({ job, waiting, age_s: ageS }) => ({ job, waiting, ageS: Math.max(0, ageS) }));
  return { jobs, deadLetters: rows.find(({ job }) => job === DEAD_LETTERS)?.waiting ?? 0 };
}
