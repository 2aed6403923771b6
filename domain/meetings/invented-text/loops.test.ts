import { describe, expect, it } from 'vitest';
import { findLoop, loopsFasterThanSpeech, repeatsItself, wordsIn } from './loops.ts';

describe('loops', () => {
  it('finds the phrase that is repeated longest', () => {
    expect(findLoop(wordsIn('So we said ' + 'and I think '.repeat(5)))).toEqual({ phraseWords: 3, repeats: 5, words: 15 });
    expect(findLoop(wordsIn('one two three four five six seven eight nine ten eleven twelve thirteen'))).toBeNull();
    expect(findLoop(wordsIn('no no no no no no'))).toBeNull();
  });

  it('are implausible only faster than anybody speaks', () => {
    const chant = 'I want to build robots. '.repeat(6);
    expect(loopsFasterThanSpeech(chant, 12)).toBe(false);
    expect(loopsFasterThanSpeech(chant, 4)).toBe(true);
  });

  it('within a word are seen at any pace', () => {
    expect(loopsFasterThanSpeech('789101111111111111', 60)).toBe(true);
    expect(loopsFasterThanSpeech('In 2000 it was 1,000,000.', 2)).toBe(false);
  });

  it('that are doubtful are worth asking again', () => {
    expect(repeatsItself('14, 14, 14, 14, 14')).toBe(true);
    expect(repeatsItself('number one, number two, number three, number four, number five')).toBe(false);
    expect(repeatsItself('No, no, no.')).toBe(false);
  });
});
