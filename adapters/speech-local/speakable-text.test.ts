import { describe, expect, it } from 'vitest';
import { MAX_PIECE_CHARACTERS, speakablePieces, speakableText } from './speakable-text.ts';

describe('text made speakable', () => {
  it.each([
    ['**Great!** What about _physics_?', 'Great! What about physics?'],
    ['See [the course](https://example.com/a) or https://example.com/b today.', 'See the course or the link today.'],
    ['You said “stars” — didn’t you?', "You said stars, didn't you?"],
    ['I like… music', 'I like, music'],
    ['Café & crêpes 😀 for 12 people', 'Cafe and crepes for 12 people'],
    ['# Title\n\n- first\n- second', 'Title. first second'],
    ['Use `sort()` here', 'Use sort() here'],
    ['<speak>Hello</speak>', 'Hello'],
    ['2 < 3 and 4 > 1', '2 3 and 4 1'],
    ['Before ```print(1)``` after', 'Before after'],
  ])('%j becomes %j', (written, spoken) => {
    expect(speakableText(written)).toBe(spoken);
  });

  it('is cut into sentences', () => {
    expect(speakablePieces('Nice. What is 3.5 times two? Tell me!')).toEqual(['Nice.', 'What is 3.5 times two?', 'Tell me!']);
  });

  it('is cut at commas, then at spaces, when a sentence is too long to be said in one piece', () => {
    const pieces = speakablePieces(`${'a fairly long clause about nothing, '.repeat(20)}the end.`);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(MAX_PIECE_CHARACTERS);
    expect(pieces[0]).toMatch(/,$/);
    for (const piece of speakablePieces('x'.repeat(1_000))) expect(piece.length).toBeLessThanOrEqual(MAX_PIECE_CHARACTERS);
  });

  it('is nothing when no letter or digit is in it', () => {
    for (const text of ['', '   ', '…', '😀', '***', '?!']) expect(speakablePieces(text)).toEqual([]);
  });
});
