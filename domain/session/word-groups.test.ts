import { expect, test } from 'vitest';
import fc from 'fast-check';
import { sampleRangeOf } from '../interests/evidence.ts';
import { msToSamples, samplesToMs } from '../stream/audio-format.ts';
import { MAX_GROUP_WORDS, groupAt, wordGroupsOf } from './word-groups.ts';

const item = (text: string, startMs = 1_000, endMs = 11_000) => ({ text, startSample: msToSamples(startMs), endSample: msToSamples(endMs) });
const texts = (text: string) => wordGroupsOf(item(text)).map(({ from, to }) => text.slice(from, to));

test.each([
  ['Mostly looking at the stars, to be honest. I bought a small telescope last winter.', ['Mostly looking at the stars,', 'to be honest.', 'I bought a small telescope last winter.']],
  ['I have been out with it almost every clear night since.', ['I have been out', 'with it almost every clear night since.']],
  ['And before you ask, yes, the first thing was Saturn.', ['And before you ask,', 'yes, the first thing was Saturn.']],
  ['My neighbour’s children, mostly. Yes.', ['My neighbour’s children, mostly.', 'Yes.']],
  ['one two three four five six seven eight nine', ['one two three four five', 'six seven eight nine']],
  ['Chess', ['Chess']],
  ['  ', []],
])('%j is said in groups of words', (text, groups) => {
  expect(texts(text)).toEqual(groups);
});

test('a group begins where evidence with the same words begins', () => {
  const said = item('I love the stars, and my sister likes chess.');
  for (const { from, to, startMs } of wordGroupsOf(said)) expect(startMs).toBe(samplesToMs(sampleRangeOf(said, from, to).startSample));
});

test('the group being heard is the last one that has begun', () => {
  const groups = wordGroupsOf(item('I love the stars, and my sister likes chess.'));
  expect([0, 1_000, groups[1]!.startMs - 1, groups[1]!.startMs, 99_000].map((atMs) => groupAt(groups, atMs))).toEqual([-1, 0, 0, 1, 1]);
});

test('a typed answer, which takes no time, is one group', () => {
  expect(wordGroupsOf(item('I love the stars, and my sister likes chess.', 500, 500))).toEqual([{ from: 0, to: 44, startMs: 500 }]);
});

test('whatever was said: every word is in one group, in order, and no group is long', () => {
  const word = fc.stringMatching(/^[a-z]{1,9}[,.;:!?]?$/);
  fc.assert(
    fc.property(fc.oneof(fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')), fc.string({ unit: 'grapheme', maxLength: 200 })), (text) => {
      const groups = wordGroupsOf(item(text));
      expect(groups.flatMap(({ from, to }) => text.slice(from, to).split(/\s+/u))).toEqual(text.split(/\s+/u).filter(Boolean));
      for (const [index, { from, to, startMs }] of groups.entries()) {
        expect(text.slice(from, to).split(/\s+/u).length).toBeLessThanOrEqual(MAX_GROUP_WORDS);
        expect(startMs).toBeGreaterThanOrEqual(index === 0 ? 1_000 : groups[index - 1]!.startMs);
      }
    }),
  );
});
