/**
 * Measurements as lines of CloudWatch's embedded metric format, which CloudWatch Logs turns into metrics by itself.
 * Specification: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import { METRICS_NAMESPACE } from '#domain/operations/metrics.ts';
import type { MetricDefinition } from '#domain/operations/metrics.ts';

/** The specification's limits of one document. */
export const MAX_VALUES = 100;
const MAX_METRICS = 100;

export interface Measured {
  metric: MetricDefinition;
  /** A value for each of the metric's dimensions. */
  dimensions: Record<string, string>;
  /** Any number of them; none writes nothing. */
  values: number[];
}

/** As few documents as there can be: one for all metrics that share their dimensions, more where there are more values than fit. */
export function emfDocuments(measured: readonly Measured[], timestampMs: number): Record<string, unknown>[] {
  const pieces = measured.flatMap(({ metric, dimensions, values }) => {
    const finite = values.filter((value) => Number.isFinite(value));
    return Array.from({ length: Math.ceil(finite.length / MAX_VALUES) }, (_, part) => ({ metric, dimensions, values: finite.slice(part * MAX_VALUES, (part + 1) * MAX_VALUES), part }));
  });
  const groups = new Map<string, typeof pieces>();
  for (const piece of pieces) {
    const key = JSON.stringify([piece.part, piece.metric.dimensions.map((name) => [name, piece.dimensions[name]])]);
    groups.set(key, [...(groups.get(key) ?? []), piece]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MAX_METRICS) }, (_, at) => documentOf(group.slice(at * MAX_METRICS, (at + 1) * MAX_METRICS), timestampMs)),
  );
}

function documentOf(pieces: Measured[], timestampMs: number): Record<string, unknown> {
  const [{ metric: { dimensions: names }, dimensions }] = pieces as [Measured];
  return {
    _aws: {
      Timestamp: Math.round(timestampMs),
      CloudWatchMetrics: [{ Namespace: METRICS_NAMESPACE, Dimensions: [names], Metrics: pieces.map(({ metric: { name, unit } }) => ({ Name: name, Unit: unit })) }],
    },
    ...Object.fromEntries(names.map((name) => [name, dimensions[name]])),
    ...Object.fromEntries(pieces.map(({ metric: { name }, values }) => [name, values.length === 1 ? values[0] : values])),
  };
}
