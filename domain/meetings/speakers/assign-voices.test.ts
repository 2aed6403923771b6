import { describe, expect, it } from 'vitest';
import type { ChunkSegment } from '../ports.ts';
import { assignVoices } from './assign-voices.ts';
import { cleanSpeech, joinSplitVoices } from './join-split-voices.ts';
import type { Turn } from './ports.ts';
import { near, scriptedPeople } from '#tests/support/voices.ts';

const s = (seconds: number): number => Math.round(seconds * 16_000);
const turn = (voice: number, from: number, to: number): Turn => ({ voice, startSample: s(from), endSample: s(to) });
/** A word every half second, 0.4 s long. */
const segment = (text: string, from: number, withWords = true): ChunkSegment => {
  const words = text.split(' ').map((word, index) => ({ text: ` ${word}`, startSample: s(from + index / 2), endSample: s(from + index / 2 + 0.4) }));
  return { itemId: 'c3-1', text, startSample: s(from - 0.1), endSample: words.at(-1)!.endSample + s(0.1), ...(withWords ? { words } : {}) };
};
const brief = (segments: ChunkSegment[]) => segments.map(({ itemId, text, voice }) => [itemId, text, voice]);

describe('words and voices', () => {
  it('meet by the largest overlap, on the clock of the session', () => {
    const [only] = assignVoices([segment('one two three four', 30)], [turn(0, 0, 1), turn(1, 1.8, 5)], s(28));
    expect(only).toMatchObject({ itemId: 'c3-1', voice: 1 });
  });

  it('make two items where one person clearly follows another', () => {
    const pieces = assignVoices([segment('Shall we start now? Yes, let us begin.', 0)], [turn(0, 0, 2), turn(1, 2, 4)], 0);
    expect(brief(pieces)).toEqual([['c3-1a', 'Shall we start now?', 0], ['c3-1b', 'Yes, let us begin.', 1]]);
    expect(pieces.map(({ words }) => words?.length)).toEqual([4, 4]);
    expect(pieces[0]!.endSample).toBeLessThanOrEqual(pieces[1]!.startSample);
  });

  it('stay one item when a turn holds a word or two only', () => {
    expect(brief(assignVoices([segment('one two three four five six', 0)], [turn(0, 0, 1.9), turn(1, 1.9, 2.5), turn(0, 2.5, 4)], 0))).toEqual([['c3-1', 'one two three four five six', 0]]);
  });

  it('are nobody’s when two share them evenly, or nobody was told apart', () => {
    expect(assignVoices([segment('yes no', 0)], [turn(0, 0, 0.45), turn(1, 0.45, 1)], 0)[0]).not.toHaveProperty('voice');
    expect(assignVoices([segment('one two three four', 0)], [turn(0, 0, 3), turn(1, 0, 3)], 0)[0]).not.toHaveProperty('voice');
    expect(assignVoices([segment('one two three', 0)], [turn(0, 9, 10)], 0)[0]).not.toHaveProperty('voice');
    expect(assignVoices([{ ...segment('one', 0), voice: 4 }], [], 0)[0]).not.toHaveProperty('voice');
  });

  it('without times stay whole, with who has the larger share or nobody', () => {
    const turns = [turn(0, 0, 3), turn(1, 3, 4)];
    expect(brief(assignVoices([segment('a b c d e f g h', 0, false)], turns, 0))).toEqual([['c3-1', 'a b c d e f g h', 0]]);
    expect(assignVoices([segment('a b c d e f g h', 0, false)], [turn(0, 0, 2), turn(1, 2, 4)], 0)[0]).not.toHaveProperty('voice');
  });

  it('are not pulled along by a last word that was stretched over a pause', () => {
    const stretched = segment('one two three', 0);
    stretched.words!.at(-1)!.endSample = s(9);
    expect(assignVoices([{ ...stretched, endSample: s(9) }], [turn(0, 0, 1.6), turn(1, 3, 9)], 0)[0]).toMatchObject({ voice: 0 });
  });

  it('keep their wording when the engine’s words are not found in its text', () => {
    const odd = { ...segment('one two three four five six', 0), text: '1 2 3 4 5 6' };
    expect(brief(assignVoices([odd], [turn(0, 0, 1.45), turn(1, 1.45, 4)], 0))).toEqual([['c3-1a', 'one two three', 0], ['c3-1b', 'four five six', 1]]);
  });
});

describe('what an engine answers for one chunk', () => {
  it('is mended: voices that are plainly one become one, numbered by first appearance', () => {
    const { person, direction } = scriptedPeople(30);
    const voice = (number: number, embedding: Float32Array, seconds: number) => ({ voice: number, model: 'm', embedding, speechSamples: s(seconds) });
    const told = joinSplitVoices({
      turns: [turn(2, 0, 4), turn(0, 4, 9), turn(1, 9, 12), turn(7, 12, 12.5)],
      voices: [voice(0, person(0), 5), voice(1, near(person(1), direction(), 0.99), 3), voice(2, person(1), 4)],
    });
    expect(told.turns).toEqual([turn(0, 0, 4), turn(1, 4, 9), turn(0, 9, 12), turn(2, 12, 12.5)]);
    expect(told.voices.map(({ voice: number, speechSamples }) => [number, speechSamples])).toEqual([[0, s(7)], [1, s(5)]]);
  });

  it('counts as clean only where nobody else speaks', () => {
    const clean = cleanSpeech([turn(0, 0, 4), turn(1, 3, 6), turn(0, 5, 5.5), turn(1, 6, 7)]);
    expect([...clean]).toEqual([
      [0, [{ startSample: 0, endSample: s(3) }]],
      [1, [{ startSample: s(4), endSample: s(5) }, { startSample: s(5.5), endSample: s(7) }]],
    ]);
  });
});
