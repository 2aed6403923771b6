import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newUtterance, playbackDeadlineMs, playedSamples, splitHeard } from './utterance.ts';

function spoken(chunks: { text: string; samples: number }[]) {
  return { ...newUtterance(1, 0, 0), chunks, firstFrameAtMs: 0, complete: true };
}

test('what was heard ends at the chunk that was played to its end', () => {
  const utterance = spoken([{ text: 'Hello Ada. ', samples: 16_000 }, { text: 'What do you like?', samples: 16_000 }]);
  expect(splitHeard(utterance, 16_000)).toEqual({ heardText: 'Hello Ada.', unheardText: 'What do you like?' });
});

test('inside a chunk a word counts as heard when most of it was played', () => {
  const utterance = spoken([{ text: 'one two three four', samples: 18_000 }]);
  expect(splitHeard(utterance, 7_500)).toEqual({ heardText: 'one two', unheardText: 'three four' });
});

test('wherever it is cut, no word is lost or doubled', () => {
  const chunk = fc.record({ text: fc.array(fc.constantFrom('so', 'tell', 'me,', 'more?', 'Right.'), { minLength: 1, maxLength: 6 }).map((words) => `${words.join(' ')} `), samples: fc.nat({ max: 5_000 }) });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 5 }), fc.nat({ max: 30_000 }), (chunks, heard) => {
      const { heardText, unheardText } = splitHeard(spoken(chunks), heard);
      expect(`${heardText} ${unheardText}`.trim()).toBe(chunks.map((one) => one.text).join('').trim());
    }),
  );
});

test('the clock that stands in for reports reaches the end when it is asked to look again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500_000 }), fc.constantFrom(16_000, 24_000, 22_050), fc.nat({ max: 100_000 }), (samples, rateHz, atMs) => {
      const utterance = spoken([{ text: 'x', samples }]);
      utterance.played = { samples: 0, atMs };
      expect(playedSamples(utterance, playbackDeadlineMs(utterance, rateHz)!, rateHz)).toBe(samples);
    }),
  );
});
