/** What is kept for Prometheus, as what happened since it was asked for last. */
import type { Registry } from 'prom-client';
import type { MetricDefinition } from '#domain/operations/metrics.ts';
import { MAX_VALUES } from './emf-document.ts';
import type { Measured } from './emf-document.ts';

/** @param names which metric each Prometheus one is; others are left out. Labels are summed over. */
export function prometheusSource(registry: Registry, names: Record<string, MetricDefinition>, dimensions: Record<string, string>): () => Promise<Measured[]> {
  /** Counters and buckets as they stood when they were asked for last. */
  const before = new Map<string, number>();
  const since = (key: string, value: number): number => {
    const grown = value - (before.get(key) ?? 0);
    before.set(key, value);
    return grown;
  };
  return async () => {
    const measured: Measured[] = [];
    for (const { name, type, values } of await registry.getMetricsAsJSON()) {
      const metric = names[name];
      if (!metric) continue;
      const kind = String(type);
      if (kind === 'histogram') {
        const buckets = values.filter((value) => 'metricName' in value && value.metricName === `${name}_bucket`).map(({ labels, value }) => ({ upTo: labels.le === '+Inf' ? Infinity : Number((labels as { le?: string | number }).le), value: since(`${name}/${labels.le}`, value) }));
        measured.push({ metric, dimensions, values: valuesOf(buckets) });
      } else {
        const sum = values.reduce((total, { value }) => total + value, 0);
        measured.push({ metric, dimensions, values: [kind === 'counter' ? since(name, sum) : sum] });
      }
    }
    return measured;
  };
}

/**
 * Values that a histogram may have come from: where in its bucket one lay is not known, so those of a bucket are spread over it
 * evenly, as Prometheus' `histogram_quantile` does; what lies above the last bound counts as that bound. More than a
 * document holds are thinned out to as many of their quantiles, so that percentiles stay what they are.
 * @param buckets counts up to and including each bound, ascending
 */
export function valuesOf(buckets: readonly { upTo: number; value: number }[]): number[] {
  const total = buckets.at(-1)?.value ?? 0;
  const kept = Math.min(total, MAX_VALUES);
  return Array.from({ length: kept }, (_, index) => {
    const rank = ((index + 0.5) / kept) * total;
    const at = buckets.findIndex(({ value }) => value >= rank);
    const from = at === 0 ? { upTo: 0, value: 0 } : buckets[at - 1]!;
    const bucket = buckets[at]!;
    if (bucket.upTo === Infinity) return from.upTo;
    return from.upTo + ((rank - from.value) / (bucket.value - from.value)) * (bucket.upTo - from.upTo);
  });
}
