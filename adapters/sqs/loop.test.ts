import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { Loop } from './loop.ts';

function loopOf(turn: (signal: AbortSignal) => Promise<boolean>) {
  const clock = new ManualClock();
  const heard: string[] = [];
  const loop = new Loop({ turn, restMs: 2_000, clock, onTrouble: (error) => heard.push((error as Error).message), onRecovered: () => heard.push('recovered') });
  return { clock, heard, loop };
}

describe('What is done again and again', () => {
  it('goes on while there is more, then rests, and is woken', async () => {
    let [turns, more] = [0, 2];
    const { clock, loop } = loopOf(async () => {
      turns += 1;
      return (more -= 1) >= 0;
    });
    loop.start();
    await settle();
    expect(turns).toBe(3);
    await clock.advance(1_999);
    expect(turns).toBe(3);
    await clock.advance(1);
    expect(turns).toBe(4);
    loop.wake();
    await settle();
    expect(turns).toBe(5);
    await loop.stop();
    expect(clock.pending).toBe(0);
  });

  it('has another turn when it is woken during one', async () => {
    const turns: PromiseWithResolvers<boolean>[] = [];
    const { loop } = loopOf(() => {
      turns.push(Promise.withResolvers<boolean>());
      return turns.at(-1)!.promise;
    });
    loop.start();
    loop.wake();
    turns[0]!.resolve(false);
    await settle();
    expect(turns).toHaveLength(2);
    turns[1]!.resolve(false);
    await loop.stop();
  });

  it('pauses longer and longer while it fails, says so once, and cannot be woken out of that', async () => {
    let [turns, broken] = [0, true];
    const { clock, heard, loop } = loopOf(async () => {
      turns += 1;
      if (broken) throw new Error('refused');
      return false;
    });
    loop.start();
    await settle();
    loop.wake();
    await settle();
    expect(turns).toBe(1);
    const pauses: number[] = [];
    for (let count = 0; count < 7; count += 1) {
      const before = clock.nowMs();
      for (const until = turns + 1; turns < until; ) await clock.advance(500);
      pauses.push(clock.nowMs() - before);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    broken = false;
    await clock.advance(30_000);
    expect(heard).toEqual(['refused', 'recovered']);
    await loop.stop();
    expect(clock.pending).toBe(0);
  });

  it('stops a turn that waits, and says nothing of how that ended', async () => {
    const { heard, loop } = loopOf((signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))));
    loop.start();
    await loop.stop();
    expect(heard).toEqual([]);
  });
});
