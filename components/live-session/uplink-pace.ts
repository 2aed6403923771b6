/** Keeps the uplink under the server's 10 × real time (docs/api.md), with room for clocks that disagree. */
import type { Clock } from '#domain/clock.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';

/** 8 × sustained plus one second at once stays below 10 × over any second. */
export const MAX_SPEED = 8;
export const BURST_SAMPLES = UPLINK_SAMPLE_RATE_HZ;
/** After the server complained: twice real time still catches up, and cannot be too fast. */
export const CAREFUL_SPEED = 2;
export const CAREFUL_BURST_SAMPLES = UPLINK_SAMPLE_RATE_HZ / 4;

/** A bucket of samples that fills with time. */
export class UplinkPace {
  readonly #clock: Clock;
  #speed = MAX_SPEED;
  #capacity = BURST_SAMPLES;
  #available = BURST_SAMPLES;
  #filledAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new connection. */
  start(careful: boolean): void {
    this.#speed = careful ? CAREFUL_SPEED : MAX_SPEED;
    this.#capacity = careful ? CAREFUL_BURST_SAMPLES : BURST_SAMPLES;
    this.#available = this.#capacity;
    this.#filledAtMs = this.#clock.monotonicMs();
  }

  /** The server complained. Nothing is allowed until the bucket has filled anew. */
  slowDown(): void {
    this.start(true);
    this.#available = 0;
  }

  allows(samples: number): boolean {
    const now = this.#clock.monotonicMs();
    this.#available = Math.min(this.#capacity, this.#available + ((now - this.#filledAtMs) / 1000) * UPLINK_SAMPLE_RATE_HZ * this.#speed);
    this.#filledAtMs = now;
    return this.#available >= samples;
  }

  spend(samples: number): void {
    this.#available -= samples;
  }
}
