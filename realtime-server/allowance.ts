/** A token bucket: bursts up to `burst`, refilled at `perSecond`. Bounds what one connection may cost everybody else. */
import type { Clock } from '#domain/clock.ts';

export class Allowance {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #perSecond: number;
  #left: number;
  #atMs: number;

  constructor(clock: Clock, options: { burst: number; perSecond: number }) {
    this.#clock = clock;
    this.#burst = this.#left = options.burst;
    this.#perSecond = options.perSecond;
    this.#atMs = clock.monotonicMs();
  }

  /** False, and nothing is taken, when less than `amount` is left. */
  spend(amount: number): boolean {
    const nowMs = this.#clock.monotonicMs();
    this.#left = Math.min(this.#burst, this.#left + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }
}
