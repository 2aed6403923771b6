import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_STATES } from '#domain/meetings/schema.ts';
import { stretchWords, stretchesOf, sumsOf } from './coverage-stretches.ts';
import { meeting } from './meeting-for-tests.ts';

describe('the line of a meeting', () => {
  test('neighbours of one kind are one stretch, in their order, each with its reason', () => {
    const line = stretchesOf(meeting({ states: ['transcribed', 'transcribed', 'failed', 'captured'], tailMs: 5_000 }));
    expect(line.map(({ kind, fromMs, lengthMs }) => [kind, fromMs, lengthMs])).toEqual([['transcribed', 0, 60_000], ['failed', 60_000, 30_000], ['waiting', 90_000, 30_000], ['waiting', 120_000, 5_000]]);
    expect(stretchWords(line[1]!)).toBe('1:00 to 1:30: Failed. The speech engine took too long. What was written live stands in for it.');
  });
  test('what never arrived takes room where it would lie, and an absence that goes on stands at the end', () => {
    const line = stretchesOf(meeting({ states: ['transcribed', 'transcribed'], gaps: [{ atMs: 30_000, missingMs: 40_000 }], awayMs: 7_000 }));
    expect(line.map(({ kind, lengthMs }) => [kind, lengthMs])).toEqual([['transcribed', 30_000], ['missing', 40_000], ['transcribed', 30_000], ['missing', 7_000]]);
    expect(stretchWords(line[1]!)).toBe('40 s at 0:30: Missing. The stream was away.');
  });
  test('what never arrived in the middle of a chunk stands there, and not at its edge', () => {
    const line = stretchesOf(meeting({ states: ['transcribed', 'transcribed'], gaps: [{ atMs: 14_000, missingMs: 9_000 }] }));
    expect(line.map(({ kind, fromMs, lengthMs }) => [kind, fromMs, lengthMs])).toEqual([['transcribed', 0, 14_000], ['missing', 14_000, 9_000], ['transcribed', 14_000, 46_000]]);
  });
  test('a stretch that is tried again says so', () => {
    expect(stretchesOf(meeting({ states: ['captured'], retried: [0] }))[0]?.words).toBe('The speech engine took too long. It is tried again by itself.');
  });
  test('held-back voice marks its stretch and counts with its own length, noise not at all', () => {
    const marked = meeting({ states: ['transcribed', 'transcribed'], suppressed: { 0: 2_400, 1: 200 } });
    expect(stretchesOf(marked).map(({ kind }) => kind)).toEqual(['suppressed', 'transcribed']);
    expect(sumsOf(marked.coverage)).toEqual([{ kind: 'transcribed', ms: 60_000 }, { kind: 'suppressed', ms: 2_600 }]);
  });
  test('every captured and every missing millisecond lies in exactly one stretch', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CHUNK_STATES), { maxLength: 12 }), fc.array(fc.record({ atMs: fc.nat(360_000), missingMs: fc.nat(90_000) }), { maxLength: 4 }), fc.nat(29_000), fc.nat(60_000), (states, gaps, tailMs, awayMs) => {
        const of = meeting({ states, gaps, tailMs, awayMs });
        const line = stretchesOf(of);
        const sum = (missing: boolean) => line.reduce((total, { kind, lengthMs }) => total + ((kind === 'missing') === missing ? lengthMs : 0), 0);
        expect([sum(false), sum(true)]).toEqual([of.coverage.capturedMs, of.coverage.missingMs]);
      }),
    );
  });
});
