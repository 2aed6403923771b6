/**
 * Reads dead-letter queues. A job that ended there because its workers died becomes a dead letter a person sees and can
 * send back to work; what is no job of ours stays for a person to look at.
 */
import type { JobRows } from '#domain/jobs/job-rows.ts';
import type { Log } from '#domain/log.ts';
import { BATCH } from './queue.ts';
import type { Delivery, Queue } from './queue.ts';

/** Receives in one pass and queue: foreign messages may be among them, so there is an end. */
const RECEIVES_PER_PASS = 20;
/** A pass is over within this. */
const HELD_S = 60;

/** One pass over the queue's dead letters; true when any was settled. */
export async function keeperPass(rows: JobRows, queue: Queue, log: Log, signal: AbortSignal): Promise<boolean> {
  const left: Delivery[] = [];
  let settled = false;
  for (let receives = 0; receives < RECEIVES_PER_PASS; receives += 1) {
    const deliveries = await queue.receiveDead({ most: BATCH, waitS: 0, visibilityS: HELD_S, signal });
    if (deliveries.length === 0) break;
    for (const delivery of deliveries) {
      const outcome = delivery.place ? await rows.writeOff(delivery.place) : 'foreign';
      if (outcome === 'foreign' || outcome === 'busy') {
        left.push(delivery);
        continue;
      }
      if (outcome === 'dead') log.error({ job: queue.name, jobId: delivery.place?.id, code: 'worker.died' }, 'A job brought its workers down and is a dead letter now.');
      await queue.removeDead(delivery);
      settled = true;
    }
  }
  await Promise.allSettled(left.map((delivery) => queue.hideDead(delivery, 0)));
  return settled;
}
