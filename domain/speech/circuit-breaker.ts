/** Lets an engine that keeps failing rest, and tries it again with one request (Nygard, "Release It!", circuit breaker). */
import type { Clock } from '../clock.ts';

/** Failures in a row after which the engine rests. */
export const FAILURES_TO_REST = 3;
/** First rest; every failed trial doubles it. */
export const REST_MS = 30_000;
export const MAX_REST_MS = 300_000;

export class CircuitBreaker {
  readonly #clock: Clock;
  #failuresInARow = 0;
  #restUntilMs = 0;
  #restMs = 0;
  #trying = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get resting(): boolean {
    return this.#restMs > 0;
  }

  /** Whether the next request may go to the engine. After a rest only one may, until it has ended. */
  allows(): boolean {
    if (!this.resting) return true;
    if (this.#trying || this.#clock.monotonicMs() < this.#restUntilMs) return false;
    this.#trying = true;
    return true;
  }

  succeeded(): void {
    this.#failuresInARow = 0;
    this.#restMs = 0;
    this.#trying = false;
  }

  /** `lasting`: trying soon cannot help, as with a wrong key. */
  failed({ lasting = false } = {}): void {
    this.#failuresInARow += 1;
    const trialFailed = this.#trying;
    this.#trying = false;
    // Requests that were under way when the rest began say nothing new.
    if (this.resting && !trialFailed) return;
    if (!lasting && !trialFailed && this.#failuresInARow < FAILURES_TO_REST) return;
    this.#restMs = lasting ? MAX_REST_MS : Math.min(MAX_REST_MS, this.resting ? this.#restMs * 2 : REST_MS);
    this.#restUntilMs = this.#clock.monotonicMs() + this.#restMs;
  }

  /** The request ended without telling anything about the engine: it was interrupted. */
  undecided(): void {
    this.#trying = false;
  }
}
