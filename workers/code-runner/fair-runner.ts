/**
 * Who runs when: a session has one run at a time, sessions take turns, and only so many run at once. Around any runner, and
 * itself one.
 */
import type { CodeRunner, RunProgress, RunRequest, RunnerDescription } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import { SpoolError } from '#domain/errors.ts';

export interface FairRunnerOptions {
  inner: CodeRunner;
  /** Runs at the same time. More than processors, since many a program waits. */
  slots: number;
  maxWaiting?: number;
  maxWaitingPerSession?: number;
}

const MAX_WAITING = 500;
const MAX_WAITING_PER_SESSION = 100;
/** Until the next of those that run has ended, as a guess. */
const RETRY_AFTER_S = 3;

interface Waiting {
  sessionId: string;
  position: number;
  onPosition(position: number): void;
  go(): void;
}

export class FairRunner implements CodeRunner {
  readonly name: string;
  readonly #inner: CodeRunner;
  readonly #slots: number;
  readonly #maxWaiting: number;
  readonly #maxWaitingPerSession: number;
  /** Sessions in the order of their turns; each with its runs in the order they came. */
  readonly #queues = new Map<string, Waiting[]>();
  readonly #running = new Set<string>();
  #waitingCount = 0;

  constructor({ inner, slots, maxWaiting = MAX_WAITING, maxWaitingPerSession = MAX_WAITING_PER_SESSION }: FairRunnerOptions) {
    this.name = inner.name;
    this.#inner = inner;
    this.#slots = slots;
    this.#maxWaiting = maxWaiting;
    this.#maxWaitingPerSession = maxWaitingPerSession;
  }

  describe(): Promise<RunnerDescription> {
    return this.#inner.describe();
  }

  async run(request: RunRequest, onProgress: (progress: RunProgress) => void, signal?: AbortSignal): Promise<RunResult> {
    await this.#turn(request.sessionId, onProgress, signal);
    try {
      return await this.#inner.run(request, onProgress, signal);
    } finally {
      this.#running.delete(request.sessionId);
      this.#toTheEnd(request.sessionId);
      this.#next();
    }
  }

  #turn(sessionId: string, onProgress: (progress: RunProgress) => void, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const queue = this.#queues.get(sessionId) ?? [];
    if (queue.length === 0 && this.#running.size < this.#slots && !this.#running.has(sessionId) && this.#waitingCount === 0) {
      this.#running.add(sessionId);
      return Promise.resolve();
    }
    if (this.#waitingCount >= this.#maxWaiting || queue.length >= this.#maxWaitingPerSession) {
      throw new SpoolError('runner.busy', undefined, { retryAfterS: RETRY_AFTER_S });
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        sessionId,
        position: 0,
        onPosition: (position) => onProgress({ type: 'queued', position }),
        go() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#remove(waiting);
        this.#tellPositions();
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queues.set(sessionId, [...queue, waiting]);
      this.#waitingCount += 1;
      this.#next();
    });
  }

  /** It has had its turn. */
  #toTheEnd(sessionId: string): void {
    const rest = this.#queues.get(sessionId);
    if (!rest) return;
    this.#queues.delete(sessionId);
    this.#queues.set(sessionId, rest);
  }

  /** Starts whoever may start. */
  #next(): void {
    for (const [sessionId, queue] of [...this.#queues]) {
      if (this.#running.size >= this.#slots) break;
      if (this.#running.has(sessionId)) continue;
      const first = queue[0]!;
      this.#remove(first);
      this.#running.add(sessionId);
      first.go();
    }
    this.#tellPositions();
  }

  #remove(waiting: Waiting): void {
    const rest = (this.#queues.get(waiting.sessionId) ?? []).filter((each) => each !== waiting);
    if (rest.length > 0) this.#queues.set(waiting.sessionId, rest);
    else this.#queues.delete(waiting.sessionId);
    this.#waitingCount -= 1;
  }

  /** 1 is the next to run; told only to those for whom it has changed. */
  #tellPositions(): void {
    let position = 0;
    const queues = [...this.#queues.values()];
    for (let round = 0; position < this.#waitingCount; round += 1) {
      for (const queue of queues) {
        const waiting = queue[round];
        if (!waiting) continue;
        position += 1;
        if (waiting.position === position) continue;
        waiting.position = position;
        waiting.onPosition(position);
      }
    }
  }
}
