import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { DeviceVoice } from './device-voice.ts';
import type { DeviceSpeaker } from './device-voice.ts';

function device() {
  const clock = new ManualClock();
  const said: string[] = [];
  const paces: number[] = [];
  const reports: [number, number][] = [];
  let events: Parameters<DeviceSpeaker['speak']>[1] | null = null;
  let failed = 0;
  const voice = new DeviceVoice(
    clock,
    { hasVoices: () => true, cancel: () => void (events = null), speak: (text, given, pace) => void (said.push(text), paces.push(pace), (events = given)) },
    (utterance, played) => reports.push([utterance, played]),
    () => (failed += 1),
  );
  const audio = (firstSample: number, length: number, last = false) => voice.frame({ utterance: 1, seq: 0, firstSample, last, samples: new Int16Array(length) });
  return { clock, voice, said, paces, reports, audio, reach: (index: number) => events!.onBoundary(index), end: () => events!.onEnd(), fail: () => events!.onError(), silent: () => events === null, failed: () => failed };
}

test('sentences are spoken as soon as they are whole, the rest when the server has sent everything', () => {
  const { voice, said, audio, end } = device();
  voice.text(1, 'Hello the');
  expect(said).toEqual([]);
  voice.text(1, 're. What do you');
  expect(said).toEqual(['Hello there. ']);
  voice.text(1, ' like');
  end();
  expect(said).toHaveLength(1);
  audio(0, 16_000, true);
  expect(said).toEqual(['Hello there. ', 'What do you like']);
});

test('what was heard is reported as the same share of the server’s samples, and all of it at the end', async () => {
  const { voice, reports, audio, reach, end, clock } = device();
  voice.text(1, '0123456789. 01234567');
  audio(0, 20_000, true);
  reach(10);
  await clock.advance(100);
  expect(reports.at(-1)).toEqual([1, 10_000]);
  end();
  end();
  expect(reports.at(-1)).toEqual([1, 20_000]);
});

test('reports keep coming while nothing moves, so that the server does not go by its own clock', async () => {
  const { voice, reports, audio, clock } = device();
  voice.text(1, 'One. ');
  audio(0, 3_200);
  await clock.advance(1_000);
  expect(reports.length).toBeGreaterThanOrEqual(9);
  expect(reports.every(([, played]) => played === 0)).toBe(true);
});

test('interrupted by a cough: silence at once, then it goes on at the word it had reached', () => {
  const { voice, said, audio, reach, silent } = device();
  voice.text(1, 'One two three. ');
  audio(0, 16_000, true);
  reach(4);
  voice.state('paused');
  expect(silent()).toBe(true);
  voice.state('speaking');
  expect(said).toEqual(['One two three. ', 'two three. ']);
});

test('interrupted for good: nothing more of that utterance is spoken, the next one is', () => {
  const { voice, said, silent } = device();
  voice.text(1, 'One. ');
  voice.interrupted(1);
  expect(silent()).toBe(true);
  voice.text(1, 'Two. ');
  voice.text(2, 'Three. ');
  expect(said).toEqual(['One. ', 'Three. ']);
});

test('a device that does not speak after all says so', () => {
  const { voice, fail, failed } = device();
  voice.text(1, 'One. ');
  fail();
  expect(failed()).toBe(1);
});

test('[CTRL-6] asked to speak more slowly, the device does from its next sentence on', async () => {
  const { voice, paces, audio, reach, reports, end, clock } = device();
  voice.text(1, 'One two three. Four five six. ');
  voice.setPace(0.5);
  audio(0, 16_000);
  end();
  expect(paces).toEqual([1, 0.5]);
  // Slower speech takes more of the server's samples for the same words.
  reach(15);
  await clock.advance(100);
  expect(reports.at(-1)).toEqual([1, 16_000]);
});
