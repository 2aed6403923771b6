import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWordErrors, countWordErrors, totalErrors, wordErrorRates, type WordErrorRates, type WordErrors } from './word-errors.ts';

const count = (reference: string, heard: string) => countWordErrors(reference.split(' ').filter(Boolean), heard.split(' ').filter(Boolean));
const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

describe('word errors', () => {
  it('are substitutions, deletions and insertions', () => {
    // the cat sat on the mat → a cat sat the mat today: the→a, −on, +today; cat, sat, the, mat are hits.
    const errors = count('the cat sat on the mat', 'a cat sat the mat today');
    expect(errors).toEqual({ substitutions: 1, deletions: 1, insertions: 1, hits: 4 });
    const rates = wordErrorRates(errors);
    expect(rates.wer).toBeCloseTo(3 / 6, 12); // 1 + 1 + 1 errors of 6 words
    expect(rates.mer).toBeCloseTo(3 / 7, 12); // of 4 hits and 3 errors
    expect(rates.wip).toBeCloseTo((4 / 6) * (4 / 6), 12); // 4 of 6 said, 4 of 6 heard
    expect(rates.wil).toBeCloseTo(1 - 16 / 36, 12);
  });
  it('exceed all words when more is heard than was said', () => {
    expect(wordErrorRates(count('yes', 'no no no'))).toEqual({ wer: 3, mer: 1, wip: 0, wil: 1 }); // 1 substituted, 2 inserted
  });
  it('are all words when nothing is heard', () => {
    expect(wordErrorRates(count('one two', ''))).toEqual({ wer: 1, mer: 1, wip: 0, wil: 1 });
  });
  it('are counted, not divided, when nothing was said', () => {
    expect(wordErrorRates(count('', 'thank you'))).toEqual({ wer: 2, mer: 1, wip: 0, wil: 1 });
    expect(wordErrorRates(count('', ''))).toEqual({ wer: 0, mer: 0, wip: 1, wil: 0 });
  });
  it('of a corpus are sums, never means of rates', () => {
    // 1 of 1 and 0 of 9 words are wrong: 1 of 10, where the mean of 100 % and 0 % would be a half.
    const corpus = addWordErrors([count('no', 'yes'), count('a b c d e f g h i', 'a b c d e f g h i')]);
    expect(wordErrorRates(corpus).wer).toBeCloseTo(0.1, 12);
  });
  it('are those of jiwer, each kind of them', () => {
    const { words: cases } = JSON.parse(fs.readFileSync(new URL('../../tests/fixtures/evaluation/references.json', import.meta.url), 'utf8')) as {
      words: { reference: string; heard: string; counts: WordErrors; rates: WordErrorRates }[];
    };
    for (const { reference, heard, counts, rates } of cases) {
      expect(count(reference, heard), `${reference} → ${heard}`).toEqual(counts);
      for (const [name, rate] of Object.entries(wordErrorRates(counts))) expect(rate).toBeCloseTo(rates[name as keyof WordErrorRates], 12);
    }
  });
  it('are none between equal texts, and as many in either direction', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(totalErrors(countWordErrors(a, a))).toBe(0);
        expect(totalErrors(countWordErrors(a, b))).toBe(totalErrors(countWordErrors(b, a)));
      }),
    );
  });
  it('account for every word of both sides, and are never more than the longer', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { substitutions, deletions, insertions, hits } = countWordErrors(a, b);
        expect(hits + substitutions + deletions).toBe(a.length);
        expect(hits + substitutions + insertions).toBe(b.length);
        expect(substitutions + deletions + insertions).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(Math.min(substitutions, deletions, insertions, hits)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
  it('keep the triangle: no way over a third text is shorter', () => {
    fc.assert(fc.property(words, words, words, (a, b, c) => totalErrors(countWordErrors(a, c)) <= totalErrors(countWordErrors(a, b)) + totalErrors(countWordErrors(b, c))));
  });
});
