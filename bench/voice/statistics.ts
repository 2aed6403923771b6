/** Summaries of measured values. */

export interface Summary {
  count: number;
  p50: number;
  p95: number;
  /** The middle half of the values lies between these: the spread. */
  p25: number;
  p75: number;
  min: number;
  max: number;
}

/**
 * The smallest value that at least `share` of all values do not exceed (nearest rank): always a value that was measured.
 * `share` 0…1. Null without values.
 */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Rounded to `digits`. Null without values. */
export function summarize(values: readonly number[], digits = 1): Summary | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!, digits);
  return { count: values.length, p50: at(0.5), p95: at(0.95), p25: at(0.25), p75: at(0.75), min: at(0), max: at(1) };
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
