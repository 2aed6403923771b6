/** One request to a remote engine: time limits, safe repetition, cancellation that closes the connection. */
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { engineError, retryAfterMs } from './engine-errors.ts';
import type { Limits } from './limits.ts';

export interface RemoteCallOptions {
  engine: string;
  limits: Limits;
  clock: Clock;
  log: Log;
  signal?: AbortSignal;
}

/** Repetitions happen before the first result only: what was begun is never begun again. */
const MAX_ATTEMPTS = 2;

/**
 * Runs `request` until it has its whole answer. @throws SpoolError `engine.*`; the caller's abort reason when aborted.
 */
export async function callOnce<T>(request: (signal: AbortSignal) => Promise<T>, options: RemoteCallOptions): Promise<T> {
  const call = new Call(options);
  try {
    return await call.first(request, Math.min(options.limits.firstResultMs, options.limits.totalMs));
  } finally {
    call.close();
  }
}

/**
 * Streams what `open` yields, connection included.
 * @throws SpoolError `engine.*`; the caller's abort reason when aborted
 */
export async function* callStreaming<T>(open: (signal: AbortSignal) => Promise<AsyncIterator<T>>, options: RemoteCallOptions): AsyncGenerator<T> {
  const { limits, signal, clock } = options;
  signal?.throwIfAborted();
  const call = new Call(options);
  try {
    const { iterator, first } = await call.first(async (attemptSignal) => {
      const opened = await open(attemptSignal);
      return { iterator: opened, first: await opened.next() };
    }, limits.firstResultMs);
    for (let result = first; !result.done; ) {
      const givenAtMs = clock.monotonicMs();
      yield result.value;
      // While it is spoken, or the listener pauses, the engine is not waited for.
      call.prolong(clock.monotonicMs() - givenAtMs);
      result = await call.within(() => iterator.next(), limits.idleMs);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw engineError(error, options.engine);
  } finally {
    call.close();
  }
}

class Call {
  readonly #options: RemoteCallOptions;
  #deadlineMs: number;
  #attempt = new AbortController();

  constructor(options: RemoteCallOptions) {
    this.#options = options;
    this.#deadlineMs = options.clock.monotonicMs() + options.limits.totalMs;
  }

  /** Time in which nothing was asked of it. */
  prolong(ms: number): void {
    this.#deadlineMs += ms;
  }

  /** The first result, trying once more where that is safe. */
  async first<T>(request: (signal: AbortSignal) => Promise<T>, limitMs: number): Promise<T> {
    const { engine, log } = this.#options;
    for (let attempt = 1; ; attempt++) {
      this.#attempt = new AbortController();
      try {
        return await this.within(() => request(this.#attempt.signal), limitMs);
      } catch (error) {
        this.close();
        this.#options.signal?.throwIfAborted();
        const waitMs = attempt < MAX_ATTEMPTS ? this.#repeatAfterMs(error) : null;
        const known = engineError(error, engine);
        log.warn({ engine, code: known.code, attempt, repeats: waitMs !== null, ...plainFields(known) }, 'A remote engine did not do what was asked.');
        if (waitMs === null) throw known;
        await this.#pause(waitMs);
      }
    }
  }

  /** `step` within `limitMs` and the total. @throws SpoolError `engine.timeout`, or what `step` throws */
  async within<T>(step: () => Promise<T>, limitMs: number): Promise<T> {
    const { clock, engine, signal } = this.#options;
    const leftMs = Math.min(limitMs, this.#deadlineMs - clock.monotonicMs());
    const stopped = Promise.withResolvers<never>();
    stopped.promise.catch(() => {});
    const cancelTimer = clock.schedule(Math.max(0, leftMs), () => stopped.reject(new SpoolError('engine.timeout', 'The remote engine did not answer in time.', { fields: { engine } })));
    const onAbort = () => stopped.reject(signal?.reason);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const work = step();
      // When time or the caller ends it first, what the request says later is of no interest.
      work.catch(() => {});
      return await Promise.race([work, stopped.promise]);
    } catch (error) {
      this.close();
      signal?.throwIfAborted();
      throw error;
    } finally {
      cancelTimer();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Closes the connection, if one is open. */
  close(): void {
    this.#attempt.abort();
  }

  /** Null: not again. */
  #repeatAfterMs(error: unknown): number | null {
    const { limits } = this.#options;
    if (error instanceof APIError && error.status === 429) {
      const waitMs = Math.max(retryAfterMs(error), limits.retryDelayMs);
      return waitMs <= limits.maxRetryAfterMs ? waitMs : null;
    }
    return isRepeatable(error) ? limits.retryDelayMs : null;
  }

  async #pause(waitMs: number): Promise<void> {
    const { clock, signal } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.schedule(waitMs, resolve);
    signal?.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    cancel();
    signal?.throwIfAborted();
  }
}

function isRepeatable(error: unknown): error is APIError {
  if (error instanceof APIConnectionTimeoutError) return false;
  if (error instanceof APIConnectionError) return true;
  return error instanceof APIError && [429, 500, 502, 503, 504].includes(error.status ?? 0);
}

function plainFields({ fields = {} }: SpoolError): { status?: number; reason?: string } {
  return { status: fields.status as number | undefined, reason: fields.reason as string | undefined };
}
