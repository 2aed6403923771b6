import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { Allowance } from './allowance.ts';

test('allows a burst, then as much as time gives back, and never more than the burst', async () => {
  const clock = new ManualClock();
  const allowance = new Allowance(clock, { burst: 10, perSecond: 2 });
  expect([allowance.spend(10), allowance.spend(1)]).toEqual([true, false]);
  await clock.advance(500);
  expect([allowance.spend(1), allowance.spend(1)]).toEqual([true, false]);
  await clock.advance(3_600_000);
  expect([allowance.spend(11), allowance.spend(10), allowance.spend(1)]).toEqual([false, true, false]);
});
