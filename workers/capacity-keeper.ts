/** Looks again and again at how much must run: what a request or a job asked for may have failed, and what is over is given up. */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Capacity, CapacityDemand } from '#domain/operations/capacity.ts';
import { repeatedly } from '#domain/repeat.ts';

export const LOOK_EVERY_MS = 20_000;

export interface CapacityParts {
  capacity: Capacity;
  demand: CapacityDemand;
  clock: Clock;
  log: Log;
}

export class CapacityKeeper {
  readonly #parts: CapacityParts;
  #end = () => {};

  constructor(parts: CapacityParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#end = repeatedly(this.#parts, LOOK_EVERY_MS, () => this.#look());
  }

  stop(): void {
    this.#end();
  }

  async #look(): Promise<void> {
    const { capacity, demand } = this.#parts;
    // Each is asked for even when the other fails; a failure is told, and all is looked at again.
    const [fitted] = await Promise.allSettled([capacity.fitIngest(() => demand.streamedMeetings())]);
    if (await demand.realtimeNeeded()) await capacity.wakeRealtime();
    if (fitted.status === 'rejected') throw fitted.reason;
  }
}
