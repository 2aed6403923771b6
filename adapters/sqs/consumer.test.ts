import { expect, it } from 'vitest';
import type { JobRows, TakenJob } from '#domain/jobs/job-rows.ts';
import { BEATS_PER_VISIBILITY } from '#domain/jobs/queue-settings.ts';
import { silentLog } from '#domain/log.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { Consumer } from './consumer.ts';
import type { Delivery, Queue } from './queue.ts';

const VISIBILITY_S = 120;
const PLACE = { name: 'transcribe-chunk', id: 'an-id' };
const JOB: TakenJob = { ...PLACE, payload: {}, retryCount: 0, retryLimit: 5, retryDelayS: 2, retryDelayMaxS: 60, expireS: 300, run: 'now' };

/** Of a queue: hands the job out once, and then waits for more. */
function oneDelivery(): Pick<Queue, 'name' | 'receive'> {
  const deliveries: Delivery[] = [{ body: '', place: PLACE, receipt: 'r' }];
  return {
    name: PLACE.name,
    receive: async ({ signal }) =>
      deliveries.length > 0 ? deliveries.splice(0) : new Promise<Delivery[]>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
  };
}

it('a job that was given back is not held any longer by the worker that could not stop it', async () => {
  const clock = new ManualClock();
  const told: string[] = [];
  const queue = {
    ...oneDelivery(),
    hide: async (_delivery: Delivery, forS: number) => void told.push(`hide ${forS}`),
    remove: async () => void told.push('remove'),
  } as unknown as Queue;
  const rows = { take: async () => JOB, touch: async () => true, giveBack: async () => void told.push('giveBack') } as unknown as JobRows;
  const consumer = new Consumer({ rows, queue, clock, log: silentLog, visibilityS: VISIBILITY_S, waitS: 0, concurrency: 2, run: () => new Promise<void>(() => {}), onSettled: () => {} });
  consumer.start();
  await settle();
  await clock.advance((VISIBILITY_S * 1000) / BEATS_PER_VISIBILITY - 1_000);
  const stopped = consumer.stop(500);
  await clock.advance(500);
  await stopped;
  // The next beat would come while the rest of the process stops.
  await clock.advance(1_000);
  expect(told).toEqual(['giveBack', 'hide 0']);
});

it('a job whose queue does not answer is held on to in its row all the same', async () => {
  const clock = new ManualClock();
  let touched = 0;
  const queue = {
    ...oneDelivery(),
    hide: async (_delivery: Delivery, forS: number) => (forS > 0 ? new Promise<void>(() => {}) : undefined),
    remove: async () => {},
  } as unknown as Queue;
  const rows = { take: async () => JOB, touch: async () => ((touched += 1), true), complete: async () => {} } as unknown as JobRows;
  const done = Promise.withResolvers<void>();
  const consumer = new Consumer({ rows, queue, clock, log: silentLog, visibilityS: VISIBILITY_S, waitS: 0, concurrency: 2, run: () => done.promise, onSettled: () => {} });
  consumer.start();
  await clock.advance(VISIBILITY_S * 1000 - 1);
  expect(touched).toBe(BEATS_PER_VISIBILITY - 1);
  done.resolve();
  await settle();
  await consumer.stop(500);
  expect(clock.pending).toBe(0);
});

it('a job that a slow database hands over only when its worker stops is given back before that has stopped', async () => {
  const clock = new ManualClock();
  const told: string[] = [];
  const queue = { ...oneDelivery(), hide: async (_delivery: Delivery, forS: number) => void told.push(`hide ${forS}`) } as unknown as Queue;
  const taken = Promise.withResolvers<TakenJob>();
  const rows = { take: () => taken.promise, touch: async () => true, giveBack: async () => void told.push('giveBack') } as unknown as JobRows;
  const consumer = new Consumer({ rows, queue, clock, log: silentLog, visibilityS: VISIBILITY_S, waitS: 0, concurrency: 1, run: () => new Promise<void>(() => {}), onSettled: () => {} });
  consumer.start();
  await settle();
  const stopped = consumer.stop(500);
  await clock.advance(500);
  taken.resolve(JOB);
  await stopped;
  expect(told).toEqual(['giveBack', 'hide 0']);
  expect(clock.pending).toBe(0);
});
