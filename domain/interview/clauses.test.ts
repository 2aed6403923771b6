import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClauseCutter, clausesOf, MAX_CLAUSE_CHARS, MAX_FIRST_CLAUSE_CHARS } from './clauses.ts';

function cut(deltas: string[]): string[] {
  const cutter = new ClauseCutter();
  return [...deltas.flatMap((delta) => cutter.push(delta)), ...cutter.end()];
}
const cutText = (text: string) => cut([text]);

describe('what is spoken first', () => {
  it.each([
    ['That sounds good, so tell me more. And then?', ['That sounds good, ', 'so tell me more. ', 'And then?']],
    ['Well, that is a start. Go on.', ['Well, that is a start. ', 'Go on.']],
    ['Nice. You mentioned robots, cars, and trains. Which one?', ['Nice. ', 'You mentioned robots, cars, and trains. ', 'Which one?']],
    ['You like to build things and you like people. Good.', ['You like to build things ', 'and you like people. ', 'Good.']],
    ['Salt and pepper are fine. Yes.', ['Salt and pepper are fine. ', 'Yes.']],
    ['It was slow at first—then it grew.', ['It was slow at first—', 'then it grew.']],
    ['One well-known self-made thing is this. Ok.', ['One well-known self-made thing is this. ', 'Ok.']],
    ['I hear you: go on.', ['I hear you: ', 'go on.']],
  ])('%s', (text, pieces) => {
    expect(cutText(text)).toEqual(pieces);
  });

  it('is available before the rest of the sentence has been written', () => {
    const cutter = new ClauseCutter();
    expect(cutter.push('That is a')).toEqual([]);
    expect(cutter.push(' good start,')).toEqual([]);
    expect(cutter.push(' Ada')).toEqual(['That is a good start, ']);
  });
});

describe('what follows is cut by sentences', () => {
  it.each([
    ['Hi. Ask Dr. Smith or Mrs. Jones, e.g. about 3.5 apples. Then rest.', ['Hi. ', 'Ask Dr. Smith or Mrs. Jones, e.g. about 3.5 apples. ', 'Then rest.']],
    ['Hi. It starts at 9 a.m. and ends at 5 p.m. That is all.', ['Hi. ', 'It starts at 9 a.m. and ends at 5 p.m. ', 'That is all.']],
    ['Hi. Hmm... let me think. Good… Now go.', ['Hi. ', 'Hmm... let me think. ', 'Good… ', 'Now go.']],
    ['Hi. She said "Stop." Then she left.', ['Hi. ', 'She said "Stop." ', 'Then she left.']],
    ['Hi. "Really?" she asked. Yes!', ['Hi. ', '"Really?" she asked. ', 'Yes!']],
    ['Hi. J. Smith came. So do I. Good.', ['Hi. ', 'J. Smith came. ', 'So do I. ', 'Good.']],
    ['Hi. No. 5 is it. No. That is wrong.', ['Hi. ', 'No. 5 is it. ', 'No. ', 'That is wrong.']],
    ['Hi.\nNew line here\nAnother', ['Hi.\n', 'New line here\n', 'Another']],
    ['Hi. What?! Never mind.', ['Hi. ', 'What?! ', 'Never mind.']],
    ['Hi. Visit example.com today. Bye.', ['Hi. ', 'Visit example.com today. ', 'Bye.']],
  ])('%s', (text, pieces) => {
    expect(cutText(text)).toEqual(pieces);
  });

  it('cuts a stream without punctuation at spaces', () => {
    const pieces = cutText('word '.repeat(200));
    expect(pieces.length).toBeGreaterThan(4);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(MAX_CLAUSE_CHARS);
    expect(pieces[0]!.length).toBeLessThanOrEqual(MAX_FIRST_CLAUSE_CHARS);
    expect(pieces.slice(0, -1).every((piece) => piece.endsWith(' '))).toBe(true);
  });

  it.each([MAX_CLAUSE_CHARS, MAX_CLAUSE_CHARS + 1, MAX_CLAUSE_CHARS + 2, MAX_CLAUSE_CHARS + 3])('a last piece of %i characters is cut only when it is too long', (length) => {
    const pieces = cutText(`Hi. ${'x'.repeat(length)}`);
    expect(pieces.map((piece) => piece.length)).toEqual([4, MAX_CLAUSE_CHARS, length - MAX_CLAUSE_CHARS].filter((each) => each > 0));
  });
});

/** Text made of what is hard: marks, quotes, abbreviations, numbers, long words, emoji. */
const hardText = fc
  .array(fc.oneof(fc.constantFrom('.', '...', '…', '?', '! ', ', ', ' and ', ' but ', ' ', '\n', '"', '” ', '— ', ' - ', 'Dr. ', 'e.g. ', 'etc. ', '3.5', 'I. ', '🙂', 'x'.repeat(250), '  '), fc.lorem({ maxCount: 3 }), fc.string()), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe('whatever the text', () => {
  it('joins back to exactly the text, in bounded pieces, none of them empty', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        const pieces = cutText(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(MAX_CLAUSE_CHARS);
        expect(pieces).not.toContain('');
      }),
      { numRuns: 500 },
    );
  });

  it('is cut at the same places however it was streamed', () => {
    fc.assert(
      fc.property(hardText, fc.array(fc.nat({ max: 30 }), { minLength: 1 }), (text, sizes) => {
        const deltas: string[] = [];
        for (let at = 0, i = 0; at < text.length; i++) {
          const size = sizes[i % sizes.length]! + 1;
          deltas.push(text.slice(at, at + size));
          at += size;
        }
        expect(cut(deltas)).toEqual(cutText(text));
      }),
      { numRuns: 500 },
    );
  });

  it('passes on what the source throws, after the clauses it had', async () => {
    async function* broken() {
      yield 'First part. Second';
      throw new Error('cut');
    }
    const heard: string[] = [];
    await expect(async () => {
      for await (const piece of clausesOf(broken())) heard.push(piece);
    }).rejects.toThrow('cut');
    expect(heard).toEqual(['First part. ']);
  });
});
