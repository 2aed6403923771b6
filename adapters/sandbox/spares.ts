/**
 * Sandboxes that are started before anybody asks: unshared, mounted, in their group, the interpreter waiting for its job.
 * Each is used once. A spare costs memory, so there are few, they end when nobody needs them, and none is kept when the
 * machine is short of memory.
 */
import os from 'node:os';
import type { Clock } from '#domain/clock.ts';
import type { Recipe } from './sandbox.ts';
import { Sandbox } from './sandbox.ts';
import type { SandboxHost } from './sandbox.ts';

/** Long enough for a person who thinks between two runs. */
const IDLE_MS = 15 * 60_000;
/** Below it spares are not worth their memory. */
const LOW_MEMORY_BYTES = 512 * 1024 * 1024;
/** One that ends again and again is broken; trying on would only burn the processor. */
const MAX_FAILURES = 3;

interface Shelf {
  recipe: Recipe;
  wanted: number;
  ready: Sandbox[];
  failures: number;
  cancelIdle: (() => void) | null;
}

export class Spares {
  readonly #host: SandboxHost;
  readonly #clock: Clock;
  readonly #shelves = new Map<string, Shelf>();
  readonly #ending = new Set<Promise<void>>();
  #stopped = false;

  constructor(host: SandboxHost, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  /** From now on this many of the recipe stand ready, as long as they are used now and then. */
  keep(recipe: Recipe, wanted: number): void {
    if (wanted === 0 || this.#stopped || this.#host.bare) return;
    const shelf = this.#shelves.get(recipe.name) ?? { recipe, wanted, ready: [], failures: 0, cancelIdle: null };
    shelf.wanted = wanted;
    this.#shelves.set(recipe.name, shelf);
    this.#used(shelf);
    this.#fill(shelf);
  }

  /** A spare, or a fresh one where none is ready. The caller destroys it. */
  take(recipe: Recipe): Sandbox {
    const shelf = this.#shelves.get(recipe.name);
    const spare = shelf?.ready.shift();
    if (shelf) this.#used(shelf);
    return spare ?? new Sandbox(this.#host, recipe);
  }

  /** After a run, off its path. */
  refill(recipe: Recipe): void {
    const shelf = this.#shelves.get(recipe.name);
    if (shelf) this.#fill(shelf);
  }

  get count(): number {
    return [...this.#shelves.values()].reduce((sum, { ready }) => sum + ready.length, 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const shelf of this.#shelves.values()) this.#drop(shelf);
    this.#shelves.clear();
    await Promise.all(this.#ending);
  }

  #fill(shelf: Shelf): void {
    if (this.#stopped || shelf.failures >= MAX_FAILURES) return;
    if (os.freemem() < LOW_MEMORY_BYTES) return this.#drop(shelf);
    while (shelf.ready.length < shelf.wanted) {
      const spare = new Sandbox(this.#host, shelf.recipe);
      shelf.ready.push(spare);
      const startedMs = this.#clock.monotonicMs();
      void spare.ended.then(() => {
        const at = shelf.ready.indexOf(spare);
        if (at < 0) return;
        // It ended although nobody used it: its interpreter does not start, or the kernel took it.
        shelf.ready.splice(at, 1);
        shelf.failures = this.#clock.monotonicMs() - startedMs < 5_000 ? shelf.failures + 1 : 0;
        this.#end(spare);
      });
    }
  }

  #used(shelf: Shelf): void {
    shelf.cancelIdle?.();
    shelf.cancelIdle = this.#clock.schedule(IDLE_MS, () => {
      this.#drop(shelf);
      this.#shelves.delete(shelf.recipe.name);
    });
  }

  #drop(shelf: Shelf): void {
    if (this.#stopped) shelf.cancelIdle?.();
    for (const spare of shelf.ready.splice(0)) this.#end(spare);
  }

  #end(spare: Sandbox): void {
    const ended = spare.destroy().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }
}
