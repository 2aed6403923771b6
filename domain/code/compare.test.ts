import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, MAX_DEPTH, readValue } from './compare.ts';

describe('comparing an answer', () => {
  it('takes an integer for its float and -0 for 0', () => {
    expect(matches(2, 2.0, 'exact')).toBe(true);
    expect(matches(JSON.parse('2.0'), 2, 'exact')).toBe(true);
    expect(matches([-0], [0], 'exact')).toBe(true);
    expect(matches([-0], [0], 'unordered')).toBe(true);
  });
  it('keeps kinds apart', () => {
    for (const [a, b] of [[1, '1'], [true, 1], [null, false], [[], {}], [null, []], ['', null], [[1], 1], [{ a: 1 }, [1]]]) expect(matches(a, b, 'exact')).toBe(false);
  });
  it('compares deeply, objects by name in any order', () => {
    expect(matches({ a: [1, { b: 2 }], c: 3 }, { c: 3, a: [1, { b: 2 }] }, 'exact')).toBe(true);
    expect(matches({ a: 1 }, { a: 1, b: 2 }, 'exact')).toBe(false);
    expect(matches({ toString: 1 }, { a: 1 }, 'exact')).toBe(false);
    expect(matches([1, 2], [2, 1], 'exact')).toBe(false);
  });
  it('lets floats differ by a millionth, absolute or relative', () => {
    expect(matches(0.1 + 0.2, 0.3, 'float')).toBe(true);
    expect(matches([1e12], [1e12 + 1e5], 'float')).toBe(true);
    expect(matches(1, 1.000_01, 'float')).toBe(false);
    expect(matches({ a: [1.000_000_1] }, { a: [1] }, 'float')).toBe(true);
    expect(matches(NaN, NaN, 'float')).toBe(false);
    expect(matches(Infinity, -Infinity, 'float')).toBe(false);
    expect(matches('1.0', '1.0000001', 'float')).toBe(false);
  });
  it('takes only the top level as unordered', () => {
    expect(matches([[1, 2], [3]], [[3], [1, 2]], 'unordered')).toBe(true);
    expect(matches([[2, 1], [3]], [[3], [1, 2]], 'unordered')).toBe(false);
    expect(matches([1, 1, 2], [1, 2, 2], 'unordered')).toBe(false);
    expect(matches([1], [1, 1], 'unordered')).toBe(false);
    expect(matches('ab', 'ab', 'unordered')).toBe(true);
  });
  it('finds any JSON value equal to its own copy, whatever the order asked for', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('exact' as const, 'float' as const, 'unordered' as const), (value, comparison) => {
      expect(matches(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(value)), comparison)).toBe(true);
    }));
  });
  it('finds any shuffled list equal when order does not count', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue()), (values) => {
      const copy = JSON.parse(JSON.stringify(values)) as unknown[];
      expect(matches(copy.toReversed(), copy, 'unordered')).toBe(true);
    }));
  });
});

describe('reading what a program returned', () => {
  it('refuses integers that would become another number', () => {
    expect(readValue('9007199254740993')).toMatchObject({ ok: false, error: expect.stringContaining('9007199254740993') });
    expect(readValue('[1,-12345678901234567890]')).toMatchObject({ ok: false });
    expect(readValue('1'.repeat(5000))).toMatchObject({ ok: false, error: expect.stringContaining('5000 digits') });
  });
  it('takes large integers that a double holds, and any float', () => {
    expect(readValue('2432902008176640000')).toEqual({ ok: true, value: 2_432_902_008_176_640_000 });
    expect(readValue('[9007199254740991, 1e300, 0.1]')).toMatchObject({ ok: true });
    expect(readValue('1e999')).toMatchObject({ ok: false });
  });
  it('refuses nesting without end, and takes brackets in strings for what they are', () => {
    expect(readValue('['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({ ok: false, error: expect.stringContaining(`${MAX_DEPTH}`) });
    expect(readValue(JSON.stringify('[{"'.repeat(1_000)))).toMatchObject({ ok: true });
  });
  it('refuses what is no JSON', () => {
    for (const text of ['', 'NaN', '{', '1 2', "'a'"]) expect(readValue(text).ok).toBe(false);
  });
});
