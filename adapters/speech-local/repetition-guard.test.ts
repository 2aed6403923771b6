import { describe, expect, it } from 'vitest';
import { implausibleReason } from './repetition-guard.ts';

describe('the guard against looping transcriptions', () => {
  it('believes ordinary speech, fast and slow', () => {
    expect(implausibleReason('I really like looking at the stars and planets at night.', 2_900)).toBeUndefined();
    expect(implausibleReason('Well, I never thought about it that way but yes, of course I would.', 3_000)).toBeUndefined();
    expect(implausibleReason('Yes.', 300)).toBeUndefined();
    expect(implausibleReason('', 5_000)).toBeUndefined();
  });

  it('believes a person who repeats a word or a phrase at the pace people do', () => {
    expect(implausibleReason('No, no, no, no, no, no, that is not it.', 3_500)).toBeUndefined();
    expect(implausibleReason(Array.from({ length: 6 }, () => 'I want to build robots.').join(' '), 12_000)).toBeUndefined();
  });

  it('throws away a phrase repeated faster than anybody speaks', () => {
    expect(implausibleReason(Array.from({ length: 12 }, () => 'and I think').join(' '), 5_000)).toBe('repetition');
    expect(implausibleReason('no '.repeat(40), 6_000)).toBe('repetition');
  });

  it('throws away more letters than fit into the time', () => {
    expect(implausibleReason('the quick brown fox jumps over the lazy dog again and again until noon', 1_200)).toBe('too_dense');
  });
});
