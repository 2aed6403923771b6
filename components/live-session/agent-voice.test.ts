import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { SILENT_REPORT_EVERY_MS, SilentVoice } from './agent-voice.ts';

test('whoever only reads tells of a long answer ten times a second, however fast it comes', async () => {
  const clock = new ManualClock();
  const told: [number, number][] = [];
  const voice = new SilentVoice(clock, (utterance, samples) => told.push([utterance, samples]));
  const frame = (utterance: number, number: number) => voice.frame({ utterance, seq: number, last: false, firstSample: number * 320, samples: new Int16Array(320) } as never);
  for (let number = 0; number < 1_000; number++) frame(1, number);
  await clock.advance(SILENT_REPORT_EVERY_MS);
  expect(told).toEqual([[1, 320_000]]);
  frame(1, 1_000);
  frame(2, 0);
  expect(told.at(-1)).toEqual([1, 320_320]);
  voice.interrupted();
  await clock.advance(1_000);
  expect(told).toHaveLength(2);
  frame(3, 0);
  voice.close();
  expect(told.at(-1)).toEqual([3, 320]);
  expect(clock.pending).toBe(0);
});
