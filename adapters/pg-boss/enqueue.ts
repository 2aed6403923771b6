/**
 * Writes a job as a row of pg-boss in the caller's own transaction, as the role `spool_service`.
 * pg-boss's own `send` would need a running instance in every process that enqueues; the row is the same.
 */
import { createHash } from 'node:crypto';
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { Transaction } from '../postgres/database.ts';

export const QUEUE_SCHEMA = 'pgboss';

/**
 * The same job twice is one job; asked for again after it is done (or dead), it runs again.
 * @throws when the queue does not exist, i.e. the database was not migrated.
 */
export async function enqueueJob(tx: Transaction, job: JobRequest): Promise<void> {
  const { definition } = job;
  const payload = definition.payload.parse(job.payload);
  const { rows } = await tx.query<{ queues: number }>(
    `with q as (
       select * from ${QUEUE_SCHEMA}.queue where name = $1
     ), added as (
       insert into ${QUEUE_SCHEMA}.job (id, name, data, start_after, keep_until, expire_seconds, deletion_seconds,
                                        retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
       select $2, q.name, $3::jsonb, now() + make_interval(secs => $4), now() + make_interval(secs => $4 + q.retention_seconds),
              q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
       from q
       on conflict (name, id) do update
         set state = 'created', retry_count = 0, completed_on = null, started_on = null, output = null,
             start_after = excluded.start_after, keep_until = excluded.keep_until
         where job.state in ('completed', 'cancelled', 'failed')
     )
     select count(*)::int as queues from q`,
    [definition.name, jobId(definition.name, definition.key(payload as never)), JSON.stringify(payload), job.delayS ?? 0],
  );
  if (rows[0]?.queues !== 1) throw new Error(`The queue ${definition.name} does not exist; migrate the database.`);
}

/** A UUID (version 8, RFC 9562) that is the same for the same name and key everywhere. */
export function jobId(name: string, key: string): string {
  const bytes = createHash('sha256').update(`${name}\0${key}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
