/** Takes the jobs of one queue while there is room for them, and sees each through: run, heartbeat, what becomes of it. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { JobRows, TakenJob } from '#domain/jobs/job-rows.ts';
import { BEATS_PER_VISIBILITY } from '#domain/jobs/queue-settings.ts';
import type { Log } from '#domain/log.ts';
import { Loop } from './loop.ts';
import type { Delivery, Queue } from './queue.ts';

export interface ConsumerParts {
  rows: JobRows;
  queue: Queue;
  clock: Clock;
  log: Log;
  visibilityS: number;
  /** Seconds one request waits for messages; more than one costs less, less than one is for tests. */
  waitS: number;
  concurrency: number;
  run(job: { id: string; payload: unknown; signal: AbortSignal; lastTry: boolean }): Promise<void>;
  /** After a job: what it made necessary can be handed over. */
  onSettled(): void;
}
interface Run {
  job: TakenJob;
  delivery: Delivery;
  abort: AbortController;
  /** Set when its outcome is not ours to write any more: it was given back, or taken over. */
  released: boolean;
}

export class Consumer {
  readonly #parts: ConsumerParts;
  readonly #loop: Loop;
  readonly #runs = new Set<Run>();
  #busy = 0;
  #stopping = false;
  #onRoom: (() => void) | null = null;
  #onIdle: (() => void) | null = null;

  constructor(parts: ConsumerParts) {
    this.#parts = parts;
    const { queue, clock, log } = parts;
    this.#loop = new Loop({
      turn: (signal) => this.#turn(signal),
      restMs: 0,
      clock,
      onTrouble: (error) => log.warn({ job: queue.name, error: nameOf(error) }, 'A job queue cannot be read, or the database; trying goes on.'),
      onRecovered: () => log.info({ job: queue.name }, 'The job queue is read again.'),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Takes no more, waits for what runs, and gives the rest back so that another worker gets it at once. */
  async stop(budgetMs: number): Promise<void> {
    this.#stopping = true;
    this.#onRoom?.();
    const stopped = this.#loop.stop();
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.clock.schedule(budgetMs, resolve);
      this.#onIdle = () => {
        cancel();
        resolve();
      };
      if (this.#busy === 0) this.#onIdle();
    });
    await Promise.all([stopped, ...[...this.#runs].map((run) => this.#giveBack(run))]);
  }

  async #turn(signal: AbortSignal): Promise<boolean> {
    const { concurrency, queue, visibilityS, waitS } = this.#parts;
    if (this.#busy >= concurrency) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
      this.#onRoom = null;
    }
    if (this.#stopping) return false;
    const deliveries = await queue.receive({ most: concurrency - this.#busy, waitS, visibilityS, signal });
    this.#busy += deliveries.length;
    const begun = await Promise.allSettled(deliveries.map((delivery) => this.#begin(delivery)));
    const failed = begun.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return true;
  }

  /** Looks at the row, and leaves the job running; rejects while the row cannot be looked at. The message then comes back. */
  async #begin(delivery: Delivery): Promise<void> {
    let leftRunning = false;
    try {
      const { rows, queue, log } = this.#parts;
      if (this.#stopping) return await queue.hide(delivery, 0);
      if (!delivery.place) {
        log.error({ job: queue.name }, 'A message that is no job lies in the dead-letter queue now.');
        return await queue.setAside(delivery);
      }
      const job = await rows.take(delivery.place);
      // Busy: perhaps the very message that worker has, so it must not go; when the row is settled, it will.
      if (job === 'busy') return;
      if (job === 'over') return await queue.remove(delivery);
      const run: Run = { job, delivery, abort: new AbortController(), released: false };
      // The stop came while it was looked at.
      if (this.#stopping) return await this.#giveBack(run);
      leftRunning = true;
      void this.#see(run).finally(() => this.#leave());
    } finally {
      if (!leftRunning) this.#leave();
    }
  }

  #leave(): void {
    this.#busy -= 1;
    this.#onRoom?.();
    if (this.#busy === 0) this.#onIdle?.();
  }

  /** Never rejects: what could not be written about a job is found out when its message, or its row, comes back. */
  async #see(run: Run): Promise<void> {
    const { clock, log } = this.#parts;
    const { job, abort } = run;
    this.#runs.add(run);
    const expired = Promise.withResolvers<never>();
    const cancelExpiry = clock.schedule(job.expireS * 1000, () => {
      expired.reject(new SpoolError('job.expired'));
      abort.abort();
    });
    const endBeats = this.#beat(run);
    let failure: string | null = null;
    try {
      await Promise.race([this.#parts.run({ id: job.id, payload: job.payload, signal: abort.signal, lastTry: job.retryCount >= job.retryLimit }), expired.promise]);
    } catch (error) {
      failure = error instanceof SpoolError ? error.code : error instanceof Error ? error.message : 'internal';
    }
    cancelExpiry();
    endBeats();
    try {
      // What is cut short by our stopping has not failed.
      if (failure !== null && this.#stopping) await this.#giveBack(run);
      else await this.#settle(run, failure);
    } catch (error) {
      log.warn({ job: job.name, jobId: job.id, error: nameOf(error) }, 'What became of a job could not be written down; it will be delivered again.');
    } finally {
      this.#runs.delete(run);
    }
    this.#parts.onSettled();
  }

  async #settle(run: Run, failure: string | null): Promise<void> {
    if (run.released) return;
    run.released = true;
    const { rows, queue } = this.#parts;
    if (failure === null) await rows.complete(run.job);
    else await rows.fail(run.job, failure);
    await queue.remove(run.delivery);
  }

  /** The row first: whoever gets the message next finds that nobody is at it. */
  async #giveBack(run: Run): Promise<void> {
    if (run.released) return;
    run.released = true;
    const { rows, queue, log } = this.#parts;
    try {
      await rows.giveBack(run.job);
      await queue.hide(run.delivery, 0);
    } catch (error) {
      log.warn({ job: run.job.name, jobId: run.job.id, error: nameOf(error) }, 'A job could not be given back; it will be delivered again when its time is up.');
    } finally {
      run.abort.abort();
    }
  }

  /** Says again and again, to the queue and to the row, that this worker is at it. @returns what ends that */
  #beat(run: Run): () => void {
    const { clock, queue, rows, visibilityS } = this.#parts;
    let cancel = () => {};
    let ended = false;
    const next = () => {
      if (ended) return;
      cancel = clock.schedule((visibilityS * 1000) / BEATS_PER_VISIBILITY, async () => {
        // Given back: whoever wants it must not wait for us.
        if (run.released) return;
        // Before the answers: one that does not come must not hold up the next word.
        next();
        queue.hide(run.delivery, visibilityS).catch(() => {});
        const ours = await rows.touch(run.job).catch(() => true);
        if (ended || ours) return;
        // Erased, or another worker has it: nothing is to be written about it, and the message is not ours.
        run.released = true;
        run.abort.abort();
      });
    };
    next();
    return () => {
      ended = true;
      cancel();
    };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
