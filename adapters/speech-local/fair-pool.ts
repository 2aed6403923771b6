/** A bounded queue in front of a few equal workers in which sessions take turns. Pure: it knows no threads. */
import { SpoolError } from '#domain/errors.ts';

export interface FairPoolOptions<Job, Result> {
  /** Jobs run at the same time. */
  slots: number;
  /** Jobs that may wait, all sessions together. */
  capacity: number;
  run(job: Job): Promise<Result>;
}

interface Waiting<Job, Result> {
  job: Job;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export class FairPool<Job, Result> {
  readonly #options: FairPoolOptions<Job, Result>;
  /** The map's order is the round: its first session is served next, then goes to the end. */
  readonly #round = new Map<string, Waiting<Job, Result>[]>();
  #waiting = 0;
  #running = 0;

  constructor(options: FairPoolOptions<Job, Result>) {
    this.#options = options;
  }

  /** @throws SpoolError `engine.busy` when full, or what `run` throws; rejects with the signal's reason when aborted. */
  submit(sessionId: string, job: Job, signal?: AbortSignal): Promise<Result> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#waiting >= this.#options.capacity) return Promise.reject(new SpoolError('engine.busy', 'The speech queue is full.'));
    return new Promise<Result>((resolve, reject) => {
      const onAbort = (): void => {
        this.#remove(sessionId, waiting);
        waiting.reject(signal?.reason);
      };
      const waiting: Waiting<Job, Result> = {
        job,
        resolve: (result) => (signal?.removeEventListener('abort', onAbort), resolve(result)),
        reject: (error) => (signal?.removeEventListener('abort', onAbort), reject(error)),
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const own = this.#round.get(sessionId);
      if (own) own.push(waiting);
      else this.#round.set(sessionId, [waiting]);
      this.#waiting += 1;
      this.#serve();
    });
  }

  #remove(sessionId: string, waiting: Waiting<Job, Result>): void {
    const own = this.#round.get(sessionId);
    const index = own?.indexOf(waiting) ?? -1;
    if (!own || index < 0) return;
    own.splice(index, 1);
    if (own.length === 0) this.#round.delete(sessionId);
    this.#waiting -= 1;
  }

  #serve(): void {
    while (this.#running < this.#options.slots) {
      const next = this.#round.entries().next().value;
      if (!next) return;
      const [sessionId, own] = next;
      const waiting = own.shift()!;
      this.#round.delete(sessionId);
      if (own.length > 0) this.#round.set(sessionId, own);
      this.#waiting -= 1;
      void this.#run(waiting);
    }
  }

  async #run(waiting: Waiting<Job, Result>): Promise<void> {
    this.#running += 1;
    try {
      waiting.resolve(await this.#options.run(waiting.job));
    } catch (error) {
      waiting.reject(error);
    } finally {
      this.#running -= 1;
      this.#serve();
    }
  }
}
