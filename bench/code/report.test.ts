import { describe, expect, it } from 'vitest';
import { summaryOf } from './report.ts';

describe('the figures of a benchmark', () => {
  it('are the median with its spread', () => {
    expect(summaryOf([5, 1, 3, 2, 4])).toEqual({ count: 5, minMs: 1, p50Ms: 3, p95Ms: 5, maxMs: 5 });
  });
});
