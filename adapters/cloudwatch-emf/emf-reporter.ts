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
    this.#end = repeatedly(this.#parts, METRICS_EVERY_MS, () => this.#report([...this.#parts.own, ...this.#parts.shared]));
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#report(this.#parts.own);
  }

  async #report(sources: MetricSource[]): Promise<void> {
    const { clock, log, write } = this.#parts;
    const measured = await Promise.all(
      sources.map((source) =>
        source().catch((error: unknown) => {
          log.warn(traceOf(error), 'Some metrics could not be found out; they are left out for a minute.');
          return [];
        }),
      ),
    );
    for (const document of emfDocuments(measured.flat(), clock.nowMs())) write(JSON.stringify(document));
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
