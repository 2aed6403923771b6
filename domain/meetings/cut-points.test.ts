import { describe, expect, it } from 'vitest';
import { codedVoice } from '#tests/support/coded-speech.ts';
import { concatSamples } from '#tests/support/speech.ts';
import { chooseCut, CUT_REACH_SAMPLES, cutNear, cutReach } from './cut-points.ts';

/** `v`: voice, `.`: silence, a window each. */
const voiced = (pattern: string) => Array.from(pattern, (window) => window === 'v');
const cut = (pattern: string, near: number, power: (window: number) => number = (window) => (pattern[window] === 'v' ? 100 : 1), from = 0) => chooseCut({ voiced: voiced(pattern), power, near, from });

describe('the cut between two chunks', () => {
  it('lies in the longest silence', () => {
    expect(cut(`${'v'.repeat(20)}...${'v'.repeat(20)}........${'v'.repeat(20)}`, 22)).toBeGreaterThan(43);
  });

  it('lies in the middle of a good silence: of several, of the one nearest the border', () => {
    const good = '.'.repeat(20);
    const pattern = `${good}${'v'.repeat(30)}${good}${'v'.repeat(30)}${good}`;
    expect(cut(pattern, 60)).toBe(60);
    expect(cut(pattern, 30)).toBe(10);
    expect(cut(pattern, 35)).toBe(10);
    expect(cut(pattern, 36)).toBe(60);
  });

  it('lies where it is quietest in and just before a short one, since the end of a word is noticed late', () => {
    const pattern = `${'v'.repeat(30)}...${'v'.repeat(30)}`;
    expect(cut(pattern, 30, (window) => Math.abs(window - 28))).toBe(28.5);
  });

  it('lies at the quietest point where the voice never pauses', () => {
    const pattern = 'v'.repeat(100);
    expect(cut(pattern, 50, (window) => 10 + Math.abs(window - 71))).toBe(71.5);
    // One short dip is a consonant.
    expect(cut(pattern, 50, (window) => (window === 20 ? 400 : window > 60 && window < 66 ? 500 : 1_000))).toBe(63.5);
  });

  it('does not believe the silence of a detector that only woke up', () => {
    const pattern = `.......${'v'.repeat(40)}...${'v'.repeat(40)}`;
    expect(cut(pattern, 5, undefined, 8)).toBeGreaterThan(43);
  });

  it('is the same for both neighbours, and closes its stream', async () => {
    const voice = (windows: number) => new Int16Array(windows * 512).fill(5_000);
    const samples = concatSamples(voice(90), new Int16Array(30 * 512), voice(67));
    const ask = () => cutNear({ border: 1_048_000, firstSample: 1_000_000, samples, detector: codedVoice, sessionId: 's' });
    expect(await ask()).toBe(1_000_000 + 105 * 512);
    expect(await ask()).toBe(await ask());
    expect(codedVoice.openStreams.size).toBe(0);
  });

  it('reaches at most half a chunk, so that two cuts stay in order', () => {
    expect(cutReach(480_000)).toBe(CUT_REACH_SAMPLES);
    expect(cutReach(16_000)).toBe(8_000);
  });
});
