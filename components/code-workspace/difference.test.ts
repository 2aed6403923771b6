import { expect, test } from 'vitest';
import { differenceOf, firstDifference } from './difference.ts';

const marked = (pieces: { text: string; odd: boolean }[]) => pieces.map(({ text, odd }) => (odd ? `«${text}»` : text)).join('');

test('the first difference is named and marked', () => {
  const { words, expected, actual } = differenceOf([1, 2, 3], [1, 5, 4]);
  expect(words).toBe('At [1]: expected 2, got 5.');
  expect([marked(expected), marked(actual)]).toEqual(['[1, «2», 3]', '[1, «5», 4]']);
});

test('what is missing and what is too much have a place', () => {
  const short = differenceOf([0, 3], []);
  expect(short.words).toBe('At [0]: expected 0, and nothing came.');
  expect([marked(short.expected), marked(short.actual)]).toEqual(['[«0», 3]', '[«…»]']);
  expect(differenceOf([1], [1, 2]).words).toBe('At [1]: nothing was expected, and 2 came.');
  expect(differenceOf({ a: { b: 1 } }, { a: {} }).words).toBe('At a.b: expected 1, and nothing came.');
});

test('kinds that look alike are told apart, and texts where they part', () => {
  expect(differenceOf(5, '5').words).toBe('Expected 5, got "5" (a number and a text).');
  expect(differenceOf([], null).words).toBe('Expected [], got null (a list and null).');
  expect(differenceOf('kitten', 'kitchen').words).toBe('Expected "kitten", got "kitchen"; they differ from character 4 on.');
  expect(differenceOf(1, undefined).words).toContain('got nothing');
});

test('close numbers are equal where the problem says so', () => {
  expect(firstDifference([0.1 + 0.2], [0.3], true)).toBeNull();
  expect(firstDifference([0.1 + 0.2], [0.3])).toEqual([0]);
  expect(firstDifference({ a: [1] }, { a: [1] })).toBeNull();
});

test('in any order only what is missing or too much counts', () => {
  const { words, expected, actual } = differenceOf([1, 2, 2], [2, 3, 1], 'unordered');
  expect(words).toBe('Missing: 2. Not expected: 3. The order does not matter.');
  expect([marked(expected), marked(actual)]).toEqual(['[1, «2», 2]', '[2, «3», 1]']);
});

test('long values of lists stand one below the other', () => {
  const rows = [['north station', 12], ['south station', 4], ['market place', 30]];
  expect(marked(differenceOf(rows, rows.slice(0, 2)).expected)).toBe('[\n  ["north station", 12],\n  ["south station", 4],\n  «["market place", 30]»\n]');
});
