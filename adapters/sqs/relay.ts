/** Hands rows that are due over to SQS. Every worker has one; several share the work without getting in each other's way. */
import type { JobPlace, JobRows } from '#domain/jobs/job-rows.ts';
import type { Log } from '#domain/log.ts';
import { BATCH } from './queue.ts';
import type { Queue } from './queue.ts';

/** Rows that are handed over in one turn: with the default settings sent well within the minute they are given. */
const ROWS_PER_TURN = 100;

/**
 * One turn; true when there may be more. Rows that a queue did not take stay handed over, unconfirmed, and are due again
 * soon, with no try lost. One queue that is missing holds nobody else up. @throws the error of one when no queue took anything
 */
export async function relayTurn(rows: JobRows, queues: ReadonlyMap<string, Queue>, log: Log): Promise<boolean> {
  const due = await rows.handOver([...queues.keys()], ROWS_PER_TURN);
  const byQueue = Map.groupBy(due, ({ name }) => name);
  const outcomes = await Promise.allSettled([...byQueue].map(([name, places]) => sendAll(rows, queues.get(name)!, places)));
  const failed = [...byQueue.keys()].filter((_name, index) => outcomes[index]!.status === 'rejected');
  if (failed.length > 0 && failed.length === byQueue.size) throw (outcomes[0] as PromiseRejectedResult).reason;
  for (const name of failed) log.warn({ job: name }, 'A queue takes no jobs; they wait.');
  return due.length === ROWS_PER_TURN;
}

async function sendAll(rows: JobRows, queue: Queue, places: JobPlace[]): Promise<void> {
  for (let from = 0; from < places.length; from += BATCH) {
    const taken = await queue.send(places.slice(from, from + BATCH));
    if (taken.length > 0) await rows.confirm(taken);
  }
}
