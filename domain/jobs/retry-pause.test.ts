import { describe, expect, it } from 'vitest';
import { retryPauseS } from './retry-pause.ts';

describe('The pause before another try', () => {
  const patient = { retryDelayS: 5, retryDelayMaxS: 600 };
  it('doubles, and up to as much again is added by chance', () => {
    expect([0, 1, 2, 3].map((retryCount) => retryPauseS({ ...patient, retryCount }, 0))).toEqual([5, 10, 20, 40]);
    expect([0, 1, 2, 3].map((retryCount) => retryPauseS({ ...patient, retryCount }, 0.5))).toEqual([7.5, 15, 30, 60]);
  });
  it('never exceeds its limit, and has one of its own where none is set', () => {
    expect(retryPauseS({ ...patient, retryCount: 7 }, 0)).toBe(600);
    expect(retryPauseS({ ...patient, retryCount: 12 }, 0.99)).toBe(600);
    expect(retryPauseS({ retryDelayS: 1, retryDelayMaxS: null, retryCount: 40 }, 0)).toBe(2 ** 15);
  });
  it('is a second where no first pause is set', () => {
    expect(retryPauseS({ retryDelayS: 0, retryDelayMaxS: null, retryCount: 0 }, 0)).toBe(1);
  });
});
