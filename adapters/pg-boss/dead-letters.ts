/** Jobs that failed every time: listed for a person, and sent back to work. */
import type { DeadLetters } from '#domain/operations/dead-letters.ts';
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { Database, Transaction } from '../postgres/database.ts';
import { QUEUE_SCHEMA } from './enqueue.ts';
import { DEAD_LETTERS } from './install-queues.ts';

/** The newest first. */
export async function listDeadLetters(database: Database, limit = 100): ReturnType<DeadLetters['list']> {
  const { rows } = await database.asOwner<{ id: string; job: string; payload: unknown; failed_at: Date; failure: string | null }>(
    `select id, source_name as job, data as payload, created_on as failed_at, output ->> 'message' as failure
     from ${QUEUE_SCHEMA}.job where name = $1 and state = 'created' order by created_on desc limit $2`,
    [DEAD_LETTERS, limit],
  );
  return rows.map((row) => ({ id: row.id, job: row.job, payload: row.payload, failedAt: row.failed_at.toISOString(), failure: row.failure }));
}

/** Gives a dead letter all its tries again, from now. False: there is no such dead letter (any more). */
export async function retryDeadLetter(database: Database, id: string): Promise<boolean> {
  const { rows } = await database.asOwner<{ back: number }>(
    `with letter as (
       delete from ${QUEUE_SCHEMA}.job where name = $1 and id = $2 and state = 'created'
         and source_name in (select name from ${QUEUE_SCHEMA}.queue)
       returning source_name, data
     ), back as (
       insert into ${QUEUE_SCHEMA}.job (name, data, keep_until, expire_seconds, deletion_seconds, retry_limit, retry_delay,
                                        retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
       select q.name, letter.data, now() + make_interval(secs => q.retention_seconds), q.expire_seconds, q.deletion_seconds,
              q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
       from letter join ${QUEUE_SCHEMA}.queue q on q.name = letter.source_name
       returning 1
     )
     select count(*)::int as back from back`,
    [DEAD_LETTERS, id],
  );
  return rows[0]?.back === 1;
}

/** A job that is asked for again is no dead letter any more. */
export async function dropDeadLetter(tx: Transaction, { definition, payload }: JobRequest): Promise<void> {
  await tx.query(`delete from ${QUEUE_SCHEMA}.job where name = $1 and source_name = $2 and data = $3::jsonb and state = 'created'`, [DEAD_LETTERS, definition.name, JSON.stringify(payload)]);
}

export function deadLettersOf(database: Database): DeadLetters {
  return { list: (limit) => listDeadLetters(database, limit), retry: (id) => retryDeadLetter(database, id) };
}
