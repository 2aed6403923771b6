import { describe, expect, test } from 'vitest';
import type { Loudspeaker, PlaybackOrder } from '#components/live-session/player.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { MAX_AHEAD_MS, PersonVoice } from './person-voice.ts';

function setUp() {
  const clock = new ManualClock();
  const orders: PlaybackOrder[] = [];
  const loudspeaker: Loudspeaker = { order: (order) => orders.push(order), unlock: () => Promise.resolve(true), close: () => {} };
  const voice = new PersonVoice(clock, loudspeaker);
  let seq = 0;
  const hears = (firstSample: number, length = 640) => voice.frame({ seq: (seq += 1), firstSample, samples: new Int16Array(length) });
  const runs = () => orders.flatMap((order): (string | number[])[] => (order.type === 'frame' ? [[order.frame.utterance, order.frame.firstSample]] : order.type === 'flush' ? ['flush'] : []));
  return { clock, orders, hears, runs };
}

describe('the candidate’s voice', () => {
  test('is played as it comes, at the rate of the uplink', async () => {
    const { clock, orders, hears, runs } = setUp();
    for (let frame = 0; frame < 3; frame += 1) {
      hears(16_000 + frame * 640);
      await clock.advance(40);
    }
    expect(orders[0]).toEqual({ type: 'rate', sampleRateHz: 16_000 });
    expect(runs()).toEqual([[1, 0], [1, 640], [1, 1_280]]);
  });

  test('begins anew after a hole and after a pause', async () => {
    const { clock, hears, runs } = setUp();
    hears(0);
    await clock.advance(40);
    hears(32_000);
    await clock.advance(60_000);
    hears(32_640);
    expect(runs()).toEqual([[1, 0], 'flush', [2, 0], 'flush', [3, 0]]);
  });

  test('is not behind for good when a lost connection is caught up with', () => {
    const { hears, runs } = setUp();
    const frames = Math.ceil((MAX_AHEAD_MS * 16) / 640) + 2;
    for (let frame = 0; frame < frames; frame += 1) hears(frame * 640);
    expect(runs().filter((order) => order === 'flush')).toHaveLength(1);
    expect(runs().at(-1)).toEqual([2, expect.any(Number)]);
  });
});
