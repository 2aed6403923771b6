/** Something that a page loads, now and again, and changes meanwhile. */
import { ProblemError } from '#components/api/problem-error.ts';

export type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; problem: ProblemError };
export interface LoadingView<T> {
  loaded: Loaded<T>;
  busy: boolean;
}

export class Loading<T> {
  readonly #leaves: (problem: ProblemError) => boolean;
  readonly #listeners = new Set<() => void>();
  #view: LoadingView<T> = { loaded: { state: 'loading' }, busy: true };
  #running: AbortController | null = null;
  /** What was changed while the answer was under way, which was asked for before. */
  #meanwhile: ((value: T) => T)[] = [];

  /** `leaves`: the page is left because of this problem, so that it need not be shown. */
  constructor(leaves: (problem: ProblemError) => boolean) {
    this.#leaves = leaves;
  }

  readonly view = (): LoadingView<T> => this.#view;

  /** @returns what ends it */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads anew; while it does, the last value stays. A newer load cancels an older. */
  async load(load: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#running = controller;
    this.#meanwhile = [];
    this.#show({ busy: true });
    try {
      let value: T = await load(controller.signal);
      if (controller.signal.aborted) return;
      for (const change of this.#meanwhile) value = change(value);
      this.#show({ loaded: { state: 'ready', value } });
    } catch (error) {
      if (controller.signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      if (!this.#leaves(error)) this.#show({ loaded: { state: 'failed', problem: error } });
    } finally {
      if (this.#running === controller) {
        this.#running = null;
        this.#show({ busy: false });
      }
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** What the page itself changed: an answer that is still under way does not undo it. */
  readonly change = (change: (value: T) => T): void => {
    if (this.#running) this.#meanwhile.push(change);
    const { loaded } = this.#view;
    if (loaded.state === 'ready') this.#show({ loaded: { state: 'ready', value: change(loaded.value) } });
  };

  #show(change: Partial<LoadingView<T>>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
