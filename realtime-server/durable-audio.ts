/** What of the uplink is on disk: appends, acknowledges at most once per turn of the event loop, and lets others wait for it. */
import type { Clock } from '#domain/clock.ts';
import type { AudioLogWriter } from '#domain/session/ports.ts';
import type { Metrics } from './metrics.ts';

export interface DurableAudioOptions {
  writer: AudioLogWriter;
  clock: Clock;
  metrics: Metrics;
  /** Whether this process may still speak for the session: nothing is acknowledged otherwise. */
  holdsLease: () => boolean;
  onDurable: (durableThroughSample: number) => void;
  onFailure: (error: unknown) => void;
}

export class DurableAudio {
  readonly #options: DurableAudioOptions;
  readonly #waiters = new Set<{ sample: number; resolve: (durableThroughSample: number) => void }>();
  #acknowledgedSample: number;
  #queued = false;
  #left = false;

  constructor(options: DurableAudioOptions) {
    this.#options = options;
    this.#acknowledgedSample = options.writer.durableThroughSample;
  }

  get throughSample(): number {
    return this.#options.writer.durableThroughSample;
  }

  /** Samples that directly follow the last ones, received at `nowMs` on the monotonic clock. */
  append(samples: Int16Array, nowMs: number): void {
    const { writer, clock, metrics, onFailure } = this.#options;
    writer.append(samples).then(() => {
      metrics.ackDelay.observe((clock.monotonicMs() - nowMs) / 1000);
      this.acknowledge();
    }, onFailure);
  }

  /** Says how much is durable, soon and once, however many frames became so together. */
  acknowledge(): void {
    if (this.#queued) return;
    this.#queued = true;
    setImmediate(() => {
      this.#queued = false;
      const durable = this.throughSample;
      for (const waiter of this.#waiters) {
        if (waiter.sample > durable) continue;
        this.#waiters.delete(waiter);
        waiter.resolve(durable);
      }
      if (this.#left || !this.#options.holdsLease()) return;
      this.#acknowledgedSample = durable;
      this.#options.onDurable(durable);
    });
  }

  /** What could not be acknowledged while the lease was in doubt is acknowledged now. */
  leaseRenewed(): void {
    if (this.#acknowledgedSample < this.throughSample) this.acknowledge();
  }

  /** Answers what is on disk once `sample` is; less when the session has left before. */
  through(sample: number): Promise<number> {
    const durable = this.throughSample;
    if (this.#left || durable >= sample) return Promise.resolve(durable);
    return new Promise((resolve) => this.#waiters.add({ sample, resolve }));
  }

  /** Nothing is acknowledged any more, and nobody waits any longer. */
  leave(): void {
    this.#left = true;
    for (const waiter of this.#waiters) waiter.resolve(this.throughSample);
    this.#waiters.clear();
  }
}
