/** Runs handlers for their jobs: from any queue that can hand out one job at a time. */
import type { Log } from '#domain/log.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { unprotected } from '#domain/operations/capacity.ts';
import type { ScaleInProtection } from '#domain/operations/capacity.ts';
import type { JobAttempt, JobHandler } from './job.ts';

/** Jobs are seconds apart, not milliseconds: nobody waits for them. */
const POLL_INTERVAL_MS = 2_000;
/** Of the two seconds the house gives the worker (scripts/supervisor/supervisor.ts); what is not done by then is given back. */
const STOP_BUDGET_MS = 1_500;

export interface QueuedJob extends JobAttempt {
  id: string;
  payload: unknown;
  signal: AbortSignal;
}
export interface WorkQueue {
  /** A job that is given back at a stop has lost no try: it comes again even if this was its last. */
  readonly keepsTries?: boolean;
  start(): Promise<void>;
  /**
   * Runs up to `concurrency` jobs of a name at a time; after one, looks for more, and for jobs of the names in `follows`, at
   * once. `run` rejects when the job is to be tried again later.
   */
  work(name: string, options: { pollIntervalMs: number; concurrency: number; follows?: readonly string[] }, run: (job: QueuedJob) => Promise<void>): Promise<void>;
  /** Takes no more jobs, waits for running ones, gives those back that do not finish within the budget. */
  stop(budgetMs: number): Promise<void>;
}
/** What the queue keeps of a failure: the code. Messages and causes may name things that must not be stored. */
class JobFailed extends Error {
  override name = 'JobFailed';
}

export class JobRunner {
  readonly #queue: WorkQueue;
  readonly #handlers: JobHandler[];
  readonly #log: Log;
  readonly #protection: ScaleInProtection;
  readonly #onFailure: (job: string) => void;
  readonly #stopping = new AbortController();

  /** @param parts.protection held while a job runs; `parts.onFailure` hears the name of each that failed, also of one that is tried again */
  constructor(parts: { queue: WorkQueue; handlers: JobHandler[]; log: Log; protection?: ScaleInProtection; onFailure?: (job: string) => void }) {
    this.#queue = parts.queue;
    this.#handlers = parts.handlers;
    this.#log = parts.log;
    this.#protection = parts.protection ?? unprotected;
    this.#onFailure = parts.onFailure ?? (() => {});
  }

  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await this.#queue.start();
    for (const handler of this.#handlers) {
      if (this.#stopping.signal.aborted) return;
      const { name, concurrency = 1, follows } = handler.definition;
      await this.#queue.work(name, { pollIntervalMs: POLL_INTERVAL_MS, concurrency, follows }, (job) => this.#run(handler, job));
    }
  }

  async stop(): Promise<void> {
    const stopped = this.#queue.stop(STOP_BUDGET_MS);
    this.#stopping.abort(this.#queue.keepsTries ? new SpoolError('worker.died', 'The worker stops.') : undefined);
    await stopped;
  }

  async #run(handler: JobHandler, job: QueuedJob): Promise<void> {
    const fields = { job: handler.definition.name, jobId: job.id };
    const release = this.#protection.hold();
    try {
      await handler.handle(job.payload, AbortSignal.any([job.signal, this.#stopping.signal]), { lastTry: job.lastTry });
      this.#log.info(fields, 'A job is done.');
    } catch (error) {
      const { code } = asSpoolError(error);
      this.#log.warn({ ...fields, code }, 'A job failed and will be tried again, or become a dead letter.');
      this.#onFailure(handler.definition.name);
      throw new JobFailed(code);
    } finally {
      release();
    }
  }
}
