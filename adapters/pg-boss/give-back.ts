import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { Transaction } from '../postgres/database.ts';
import { QUEUE_SCHEMA, jobId } from './enqueue.ts';

/**
 * Ends the attempt of a job whose worker is known to be dead: tried again at once, without waiting for its heartbeat to be
 * missed; or, `givenUp`, not again before somebody asks for it.
 */
export async function giveBackJob(tx: Transaction, { definition, payload }: JobRequest, givenUp: boolean): Promise<void> {
  await tx.query(`update ${QUEUE_SCHEMA}.job set state = $3::${QUEUE_SCHEMA}.job_state, start_after = now() where name = $1 and id = $2 and state = 'active'`, [
    definition.name,
    jobId(definition.name, definition.key(payload as never)),
    givenUp ? 'cancelled' : 'retry',
  ]);
}
