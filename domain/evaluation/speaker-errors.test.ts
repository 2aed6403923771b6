import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSpeakerErrors, countSpeakerErrors, speakerErrorRate, type SpokenWords } from './speaker-errors.ts';
import { countWordErrors, totalErrors } from './word-errors.ts';
import { wordsOf } from './words.ts';

/** `A: hello there` said one after the other. */
const talk = (...lines: string[]): SpokenWords[] =>
  lines.map((line, index) => {
    const [speaker = '', text = ''] = line.split(': ');
    return { speaker: speaker === '?' ? null : speaker, startMs: index * 1000, text };
  });
const someTalk = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 4 })), { maxLength: 6 }).map((turns) => talk(...turns.map(([speaker, words]) => `${speaker}: ${words.join(' ')}`)));

describe('cpWER', () => {
  it('joins what each speaker said and pairs speakers so that errors are fewest', () => {
    // A–2: "good morning all" ↔ "good morning" 1 deletion; B–1: "hi thanks" ↔ "hi banks" 1 substitution.
    // The other way round all words are wrong: 3 + 3 errors at least.
    const errors = countSpeakerErrors(talk('A: good morning', 'B: hi', 'A: all', 'B: thanks'), talk('2: good morning', '1: hi', '1: banks'));
    expect(errors).toMatchObject({ substitutions: 1, deletions: 1, insertions: 0, hits: 3, speakers: 2, missedSpeakers: 0, extraSpeakers: 0 });
    expect(errors.pairs).toEqual([['A', '2'], ['B', '1']]);
    expect(speakerErrorRate(errors)).toBeCloseTo(2 / 5, 12);
  });
  it('counts right words with the wrong person twice: missing with one, too many with the other', () => {
    // Said: A "one two", B "three four". Heard: A "one two three", B "four". 1 insertion with A, 1 deletion with B, of 4 words.
    const errors = countSpeakerErrors(talk('A: one two', 'B: three four'), talk('A: one two three', 'B: four'));
    expect(errors).toMatchObject({ insertions: 1, deletions: 1, substitutions: 0, hits: 3 });
    expect(speakerErrorRate(errors)).toBe(0.5);
  });
  it('counts all words of a speaker nobody heard as deleted, and of one who is not there as inserted', () => {
    expect(countSpeakerErrors(talk('A: one two', 'B: three'), talk('1: one two'))).toMatchObject({ deletions: 1, insertions: 0, missedSpeakers: 1, extraSpeakers: 0, pairs: [['A', '1'], ['B', null]] });
    expect(countSpeakerErrors(talk('A: one two'), talk('1: one two', '2: boo boo'))).toMatchObject({ deletions: 0, insertions: 2, missedSpeakers: 0, extraSpeakers: 1 });
    expect(countSpeakerErrors(talk('A: one two'), [])).toMatchObject({ deletions: 2, hits: 0, missedSpeakers: 1 });
    expect(speakerErrorRate(countSpeakerErrors([], talk('1: thank you')))).toBe(2);
  });
  it('takes words nobody is named for as those of one more speaker', () => {
    expect(countSpeakerErrors(talk('A: one', 'B: two'), talk('1: one', '?: two'))).toMatchObject({ hits: 2, insertions: 0, deletions: 0 });
  });
  it('orders what somebody said by time, not by line', () => {
    const [first, second] = talk('A: one', 'A: two') as [SpokenWords, SpokenWords];
    expect(totalErrors(countSpeakerErrors([second, first], talk('1: one two')))).toBe(0);
  });
  it('of a corpus is a sum', () => {
    // 1 of 1 and 0 of 3 words are wrong.
    const corpus = addSpeakerErrors([countSpeakerErrors(talk('A: no'), talk('1: yes')), countSpeakerErrors(talk('A: a b c'), talk('1: a b c'))]);
    expect(speakerErrorRate(corpus)).toBe(0.25);
    expect(corpus.speakers).toBe(2);
  });
  it('is that of meeteval', () => {
    const { speakers } = JSON.parse(fs.readFileSync(new URL('../../tests/fixtures/evaluation/references.json', import.meta.url), 'utf8')) as {
      speakers: { reference: SpokenWords[]; heard: SpokenWords[]; errors: number; length: number }[];
    };
    for (const { reference, heard, errors, length } of speakers) {
      const found = countSpeakerErrors(reference, heard);
      expect(totalErrors(found)).toBe(errors);
      expect(found.hits + found.substitutions + found.deletions).toBe(length);
    }
  });
  it('is nothing for the same talk, whatever the speakers are called', () => {
    const renamed = { A: 'C', B: 'A', C: 'B' } as Record<string, string>;
    fc.assert(
      fc.property(someTalk, someTalk, (reference, heard) => {
        const other = (spoken: SpokenWords[]) => spoken.map((each) => ({ ...each, speaker: renamed[each.speaker!]! }));
        expect(totalErrors(countSpeakerErrors(reference, other(reference)))).toBe(0);
        expect(totalErrors(countSpeakerErrors(reference, other(heard)))).toBe(totalErrors(countSpeakerErrors(reference, heard)));
      }),
    );
  });
  it('is WER when one person talks', () => {
    fc.assert(
      fc.property(someTalk, someTalk, (reference, heard) => {
        const alone = (spoken: SpokenWords[]) => spoken.map((each) => ({ ...each, speaker: 'A' }));
        const joined = (spoken: SpokenWords[]) => spoken.flatMap(({ text }) => wordsOf(text));
        expect(totalErrors(countSpeakerErrors(alone(reference), alone(heard)))).toBe(totalErrors(countWordErrors(joined(reference), joined(heard))));
      }),
    );
  });
  // Not in general: in order of time, words of several speakers may lie so that plain WER is the higher one.
  it('is at least the WER of the same words put one speaker after the other', () => {
    fc.assert(
      fc.property(someTalk, someTalk, (reference, heard) => {
        const errors = countSpeakerErrors(reference, heard);
        const of = (spoken: SpokenWords[], speaker: string | null) => spoken.filter((each) => speaker !== null && each.speaker === speaker).flatMap(({ text }) => wordsOf(text));
        const wanted = errors.pairs.flatMap(([name]) => of(reference, name));
        const got = errors.pairs.flatMap(([, name]) => of(heard, name));
        expect(totalErrors(errors)).toBeGreaterThanOrEqual(totalErrors(countWordErrors(wanted, got)));
      }),
    );
  });
});
