import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.ts';

describe('words that are compared', () => {
  it('have no case and no punctuation', () => {
    expect(wordsOf('Well — "Hello, World!" she said…')).toEqual(['well', 'hello', 'world', 'she', 'said']);
  });
  it('keep apostrophes inside, of either kind, and lose those around them', () => {
    expect(wordsOf("I don’t know 'that' dogs' o'clock")).toEqual(['i', "don't", 'know', 'that', 'dogs', "o'clock"]);
  });
  it('are parted by hyphens', () => {
    expect(wordsOf('twenty-one')).toEqual(['twenty', 'one']);
  });
  it('are no marks in brackets', () => {
    expect(wordsOf('so <unk> [laughter] yes')).toEqual(['so', 'yes']);
  });
  it('are the same however an accent is written', () => {
    expect(wordsOf('cafe\u0301 हिन्दी')).toEqual(['caf\u00E9', 'हिन्दी']);
  });
  it('are none in silence', () => {
    expect(wordsOf(' … ')).toEqual([]);
  });
});
