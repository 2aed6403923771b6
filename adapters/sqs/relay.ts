/** Hands rows that are due over to SQS. Every worker has one; several share the work without getting in each other's way. */
import type { JobPlace, JobRows } from '#domain/jobs/job-rows.ts';
import { BATCH } from './queue.ts';
import type { Queue } from './queue.ts';

/** Rows that are handed over in one turn: with the default settings sent well within the minute they are given. */
const ROWS_PER_TURN = 100;

/**
 * One turn; true when there may be more. Rows that a queue did not take stay handed over, unconfirmed, and are due again
 * soon, with no try lost. @throws the first queue's error, after all others had their turn
 */
export async function relayTurn(rows: JobRows, queues: ReadonlyMap<string, Queue>): Promise<boolean> {
  const due = await rows.handOver([...queues.keys()], ROWS_PER_TURN);
  const byQueue = Map.groupBy(due, ({ name }) => name);
  const outcomes = await Promise.allSettled([...byQueue].map(([name, places]) => sendAll(rows, queues.get(name)!, places)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return due.length === ROWS_PER_TURN;
}

async function sendAll(rows: JobRows, queue: Queue, places: JobPlace[]): Promise<void> {
  for (let from = 0; from < places.length; from += BATCH) {
    const taken = await queue.send(places.slice(from, from + BATCH));
    if (taken.length > 0) await rows.confirm(taken);
  }
}
