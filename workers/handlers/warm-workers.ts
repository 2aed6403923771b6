/** Before the first sound of a meeting is there: who transcribes it, who takes it in, and who writes it. */
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { warmWorkersJob } from '#domain/jobs/meeting-jobs.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { CapacityParts } from '../capacity-keeper.ts';

const LOOK_AGAIN_MS = 2_000;

/**
 * Each is asked for even when another fails. It is tried once more, and then it is over and no dead letter: nobody could do more about it
 * than what happens anyway (the keeper goes on asking, messages call the fast workers, the first chunk loads the engines).
 * @param parts.warmEngines loads this worker's own; null where others transcribe
 */
export function warmWorkersHandler({ capacity, demand, log, warmEngines }: Pick<CapacityParts, 'capacity' | 'demand' | 'log'> & { warmEngines: (() => Promise<void>) | null }): JobHandler {
  return jobHandler(warmWorkersJob, async ({ sessionId }, _signal, { lastTry }) => {
    const asked = await Promise.allSettled([capacity.warmChunkWorkers(), capacity.wakeRealtime(), capacity.fitIngest(() => demand.streamedMeetings()), warmEngines?.()]);
    const failed = asked.find((each) => each.status === 'rejected');
    if (!failed) return;
    if (!lastTry) throw failed.reason;
    log.warn({ sessionId, code: asSpoolError(failed.reason).code }, 'Not everything could be warmed for a meeting; it begins a little later.');
  });
}

/** A job that talks to the live sessions begins once they can be talked to, however long they take to come up. */
export function onceAwake(handler: JobHandler, { capacity, clock }: Pick<CapacityParts, 'capacity' | 'clock'>): JobHandler {
  return {
    ...handler,
    async handle(payload, signal, attempt) {
      while ((await capacity.wakeRealtime()) === 'waking') {
        await new Promise<void>((resolve) => {
          const cancel = clock.schedule(LOOK_AGAIN_MS, () => over());
          const over = () => {
            cancel();
            signal.removeEventListener('abort', over);
            resolve();
          };
          signal.addEventListener('abort', over, { once: true });
        });
        if (signal.aborted) throw new SpoolError('unavailable', 'The live sessions did not come up in time.');
      }
      await handler.handle(payload, signal, attempt);
    },
  };
}
