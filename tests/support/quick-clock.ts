/** Real time in which short waits take none, for tests that go through many batches. Longer limits stay real. */
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';

export function quickClock(upToMs: number): Clock {
  return { ...systemClock, schedule: (delayMs, run) => systemClock.schedule(delayMs <= upToMs ? 0 : delayMs, run) };
}
