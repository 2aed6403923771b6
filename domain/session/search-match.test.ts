import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_EXCERPT_CHARS, searchMatchOf, searchMatchSchema } from './search-match.ts';

const item = (text: string, seconds = 10) => ({ itemId: 'a', revision: 1, speaker: 'user', text, startSample: 16_000, endSample: 16_000 * (1 + seconds) });
const marksOf = (text: string, ...words: string[]) => words.map((word) => ({ from: text.indexOf(word), to: text.indexOf(word) + word.length })).toSorted((one, other) => one.from - other.from);
const marked = ({ text, marks }: { text: string; marks: { from: number; to: number }[] }) => marks.map(({ from, to }) => text.slice(from, to));

test('a short text is shown whole, its words found are marked, and its moment is that of the first', () => {
  const text = 'I have always loved the <b>spinning stars</b>.';
  const match = searchMatchOf(item(text), marksOf(text, 'loved', 'spinning', 'stars'), 2);
  expect(match).toMatchObject({ itemId: 'a', speaker: 'user', text, more: 2 });
  expect(marked(match), 'words of a phrase are one').toEqual(['loved', 'spinning stars']);
  // 14 of 46 characters into ten seconds, less the margin of an estimate.
  expect(Math.abs(match.startMs - (1_000 + 10_000 * (14 / 46) - 250))).toBeLessThan(2);
});

test('of a long text the part with the most words found is shown, cut between words', () => {
  const filler = 'and then we went on for quite a while about nothing in particular ';
  const text = `A telescope. ${filler.repeat(6)}the rings of Saturn through a telescope at night ${filler.repeat(3)}`.trim();
  const at = text.indexOf('rings');
  const marks = [{ from: 2, to: 11 }, { from: at, to: at + 5 }, { from: text.lastIndexOf('telescope'), to: text.lastIndexOf('telescope') + 9 }];
  const match = searchMatchOf(item(text, 60), marks, 0);
  expect(marked(match)).toEqual(['rings', 'telescope']);
  expect(match.text).toMatch(/^….*rings of Saturn.*…$/);
  expect(match.text.length).toBeLessThanOrEqual(MAX_EXCERPT_CHARS + 2);
  expect(text).toContain(match.text.slice(1, -1));
  expect(match.text.at(1)).not.toBe(' ');
});

test('without a mark the text is shown from its beginning', () => {
  expect(searchMatchOf(item('word '.repeat(100).trim()), [], 0)).toMatchObject({ marks: [], startMs: 1_000, text: expect.stringMatching(/^word .*word…$/) });
});

test('whatever the text and the marks: the excerpt is of the text, and the marks are of the excerpt', () => {
  const parts = fc.array(fc.record({ text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), found: fc.boolean() }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(parts, (list) => {
      let text = '';
      const marks: { from: number; to: number }[] = [];
      for (const part of list) {
        if (part.found) marks.push({ from: text.length, to: text.length + part.text.length });
        text += `${part.text} `;
      }
      const match = searchMatchSchema.parse(searchMatchOf(item(text), marks, 0));
      expect(text).toContain(match.text.replace(/^…/, '').replace(/…$/, ''));
      for (const { from, to } of match.marks) {
        expect(from).toBeLessThan(to);
        expect(to).toBeLessThanOrEqual(match.text.length);
      }
      expect(match.marks.length > 0, 'a mark is shown').toBe(marks.length > 0);
      expect(match.text.isWellFormed()).toBe(true);
    }),
  );
});
