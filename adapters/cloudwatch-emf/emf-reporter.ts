/** Writes each minute what was measured, a line a document; what could not be found out is left out this time. */
import type { Clock } from '#domain/clock.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { METRICS_EVERY_MS } from '#domain/operations/metrics.ts';
import type { MetricDefinition } from '#domain/operations/metrics.ts';
import { repeatedly } from '#domain/repeat.ts';
import { emfDocuments } from './emf-document.ts';
import type { Measured } from './emf-document.ts';

export type MetricSource = () => Promise<Measured[]>;

export class EmfReporter {
  readonly #parts: { own: MetricSource[]; shared: MetricSource[]; write: (line: string) => void; clock: Clock; log: Log };
  #end = () => {};

  /**
   * @param parts.own what this process counts: written once more when it stops
   * @param parts.shared what others would find as well, e.g. in the database
   * @param parts.write takes a line without its end
   */
  constructor(parts: { own: MetricSource[]; shared: MetricSource[]; write: (line: string) => void; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  start(): void {
    this.#end = repeatedly(this.#parts, METRICS_EVERY_MS, async () => {
      // First what may take its time: what is counted here is taken only to be written at once.
      const shared = await this.#measure(this.#parts.shared);
      this.#report([...(await this.#measure(this.#parts.own)), ...shared]);
    });
  }

  async stop(): Promise<void> {
    this.#end();
    this.#report(await this.#measure(this.#parts.own));
  }

  #report(measured: Measured[]): void {
    const { clock, write } = this.#parts;
    for (const document of emfDocuments(measured, clock.nowMs())) write(JSON.stringify(document));
  }

  async #measure(sources: MetricSource[]): Promise<Measured[]> {
    const { log } = this.#parts;
    const measured = await Promise.all(
      sources.map((source) =>
        source().catch((error: unknown) => {
          log.warn(traceOf(error), 'Some metrics could not be found out; they are left out for a minute.');
          return [];
        }),
      ),
    );
    return measured.flat();
  }
}

/** Counts what happens between two reports. */
export function createTally(metric: MetricDefinition, dimensions: Record<string, string>): { add(): void; source: MetricSource } {
  let count = 0;
  return {
    add: () => void (count += 1),
    async source() {
      const values = [count];
      count = 0;
      return [{ metric, dimensions, values }];
    },
  };
}
