import { expect, it } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { INTERVIEWER_LIMITS } from './limits.ts';
import { callStreaming } from './remote-call.ts';

/** An engine that gives each piece this long after it was asked for. */
function opened(clock: ManualClock, pieces: string[], afterMs: number) {
  return async function* () {
    for (const piece of pieces) {
      await new Promise<void>((resolve) => void clock.schedule(afterMs, resolve));
      yield piece;
    }
  };
}
const call = (clock: ManualClock, pieces: string[], afterMs: number) =>
  callStreaming(async () => opened(clock, pieces, afterMs)()[Symbol.asyncIterator](), { engine: 'e', limits: INTERVIEWER_LIMITS, clock, log: silentLog });

it('an answer that is spoken for longer than the engine may take is heard to its end', async () => {
  const clock = new ManualClock();
  const answer = call(clock, ['Long. ', 'Longer.'], 10);
  const first = answer.next();
  await clock.advance(10);
  expect(await first).toMatchObject({ value: 'Long. ' });
  // It is being spoken, or whoever listens has paused.
  await clock.advance(INTERVIEWER_LIMITS.totalMs);
  const second = answer.next();
  await clock.advance(10);
  expect(await second).toMatchObject({ value: 'Longer.' });
  expect(await answer.next()).toMatchObject({ done: true });
  expect(clock.pending).toBe(0);
});

it('an engine that never comes to an end is given up all the same', async () => {
  const clock = new ManualClock();
  const answer = call(clock, Array.from({ length: 100 }, () => 'and '), INTERVIEWER_LIMITS.idleMs - 1_000);
  const heard = (async () => {
    for await (const piece of answer) expect(piece).toBe('and ');
  })();
  const ended = expect(heard).rejects.toMatchObject({ code: 'engine.timeout' });
  await clock.advance(INTERVIEWER_LIMITS.totalMs);
  await ended;
});
