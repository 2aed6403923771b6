/**
 * Writes a job as a row of pg-boss in the caller's own transaction, as the role `spool_service`.
 * pg-boss's own `send` would need a running instance in every process that enqueues; the row is the same. The row itself
 * is written by a function of the schema, so that functions there can ask for jobs too.
 */
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { Transaction } from '../postgres/database.ts';

export const QUEUE_SCHEMA = 'pgboss';

/**
 * The same job twice is one job; asked for again after it is done (or dead), it runs again.
 * @throws when the queue does not exist, i.e. the database was not migrated.
 */
export async function enqueueJob(tx: Transaction, { definition, payload: given, delayS }: JobRequest): Promise<void> {
  const payload = definition.payload.parse(given);
  await tx.query('select spool_enqueue_job($1, $2, $3::jsonb, $4)', [definition.name, definition.key(payload as never), JSON.stringify(payload), delayS ?? 0]);
}
