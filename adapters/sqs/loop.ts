/** Does something again and again: rests when there was nothing to do, pauses longer and longer while it fails. */
import type { Clock } from '#domain/clock.ts';

/** The first pause after a failure; each further one doubles. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface LoopParts {
  /** One turn; true: there may be more, go on at once. `signal` aborts when the loop stops. */
  turn(signal: AbortSignal): Promise<boolean>;
  restMs: number;
  clock: Clock;
  /** Called when turns begin to fail, and when they work again. */
  onTrouble(error: unknown): void;
  onRecovered(): void;
}

export class Loop {
  readonly #parts: LoopParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #woken = false;
  #endRest: (() => void) | null = null;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends the rest, or has another turn follow the one under way. A pause after a failure is not cut short. */
  wake(): void {
    this.#woken = true;
    this.#endRest?.();
  }

  /** Resolves when the turn under way has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#endRest?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      this.#woken = false;
      try {
        const more = await this.#parts.turn(signal);
        if (failures > 0) this.#parts.onRecovered();
        failures = 0;
        if (!more && !this.#woken) await this.#rest(this.#parts.restMs, true);
      } catch (error) {
        if (signal.aborted) return;
        if (failures === 0) this.#parts.onTrouble(error);
        await this.#rest(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), false);
        failures = Math.min(failures + 1, 16);
      }
    }
  }

  async #rest(ms: number, canBeWoken: boolean): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.clock.schedule(ms, resolve);
      this.#endRest = () => {
        if (!canBeWoken && !this.#stopping.signal.aborted) return;
        cancel();
        resolve();
      };
    });
    this.#endRest = null;
  }
}
