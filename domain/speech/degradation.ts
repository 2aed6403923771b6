/** What is common to every engine with a stand-in: who serves the next request, and who has been told about a change. */
import type { Clock } from '../clock.ts';
import { SpoolError, type ErrorCode } from '../errors.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

export type EnginePort = 'transcriber' | 'synthesizer' | 'interviewer' | 'interests';
/** The primary of `port` did not serve `sessionId`; the local engine does. */
export interface Degradation {
  port: EnginePort;
  from: string;
  to: string;
  code: ErrorCode;
  sessionId: string;
}
export type OnDegraded = (degradation: Degradation) => void;

export interface FallbackOptions {
  clock: Clock;
  onDegraded: OnDegraded;
  /** The primary's first result must be there by then; later the local engine takes over. */
  slowAfterMs?: number;
}

/** Sessions remembered as told. More at once than a process serves; beyond it somebody is told twice. */
const MAX_TOLD = 10_000;

/** One per port. Each session is told once until the primary has rested and works again: a hiccup now and then is one outage. */
export class Degrading {
  readonly breaker: CircuitBreaker;
  readonly #told = new Set<string>();
  readonly #names: { port: EnginePort; from: string; to: string };
  readonly #onDegraded: OnDegraded;
  #lastCode: ErrorCode = 'engine.failed';

  constructor(names: { port: EnginePort; from: string; to: string }, { clock, onDegraded }: FallbackOptions) {
    this.breaker = new CircuitBreaker(clock);
    this.#names = names;
    this.#onDegraded = onDegraded;
  }

  succeeded(): void {
    if (this.breaker.resting) this.#told.clear();
    this.breaker.succeeded();
  }

  /** The primary failed this session. */
  failed(sessionId: string, error: unknown): void {
    this.#lastCode = error instanceof SpoolError ? error.code : 'engine.failed';
    this.breaker.failed({ lasting: this.#lastCode === 'engine.rejected' || this.#lastCode === 'engine.missing' });
    this.tell(sessionId);
  }

  /** The local engine serves this session, be it that the primary rests. */
  tell(sessionId: string): void {
    if (this.#told.has(sessionId)) return;
    if (this.#told.size >= MAX_TOLD) this.#told.clear();
    this.#told.add(sessionId);
    this.#onDegraded({ ...this.#names, code: this.#lastCode, sessionId });
  }
}

/**
 * `work` with a limit on the injected clock; when time is over, its signal is aborted.
 * @throws SpoolError `engine.timeout`
 */
export async function within<T>(work: (signal: AbortSignal) => Promise<T>, limitMs: number, clock: Clock, signal?: AbortSignal): Promise<T> {
  const own = new AbortController();
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {});
  const cancel = clock.schedule(limitMs, () => {
    const error = new SpoolError('engine.timeout', 'The remote engine was too slow.');
    late.reject(error);
    own.abort(error);
  });
  const linked = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
  try {
    const result = work(linked);
    result.catch(() => {});
    return await Promise.race([result, late.promise]);
  } finally {
    cancel();
  }
}
