import { describe, expect, it } from 'vitest';
import { quantile, summarize } from './statistics.ts';

describe('summaries of measured values', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('give values that were measured, by nearest rank', () => {
    expect(summarize(hundred)).toEqual({ count: 100, p50: 50, p95: 95, p25: 25, p75: 75, min: 1, max: 100 });
    expect(quantile(hundred, 0.99)).toBe(99);
  });
  it('are the value itself when there is one', () => {
    expect(summarize([7.26])).toEqual({ count: 1, p50: 7.3, p95: 7.3, p25: 7.3, p75: 7.3, min: 7.3, max: 7.3 });
  });
  it('call the worst of few the 95th percentile', () => {
    expect(quantile([1, 2, 3, 900], 0.95)).toBe(900);
  });
  it('do not exist without values', () => {
    expect(summarize([])).toBeNull();
    expect(quantile([], 0.5)).toBeNull();
  });
});
