/**
 * cpWER: word errors when every word must also be with the right person (meeteval, `cp.py`; Watanabe et al. 2020,
 * CHiME-6). The words of each speaker are joined in order of time, and speakers are paired so that errors are fewest.
 */
import { assign } from './assignment.ts';
import { addWordErrors, countWordErrors, totalErrors, wordErrorRates, type WordErrors } from './word-errors.ts';
import { wordsOf } from './words.ts';

export interface SpokenWords {
  /** Null: nobody knows who; such words are a speaker of their own, so that none is lost. */
  speaker: string | null;
  startMs: number;
  text: string;
}

export interface SpeakerErrors extends WordErrors {
  /** Reference speakers with words; all words of one who has no partner count as deleted. */
  speakers: number;
  missedSpeakers: number;
  /** Speakers heard beyond those there are: all their words count as inserted. */
  extraSpeakers: number;
}

/** What became of the speakers: pairs of names, null where somebody has no partner. */
export type SpeakerPair = readonly [reference: string | null, heard: string | null];

/** Fewest word errors over all ways to pair the speakers of both sides. Names themselves do not count. */
export function countSpeakerErrors(reference: readonly SpokenWords[], heard: readonly SpokenWords[]): SpeakerErrors & { pairs: SpeakerPair[] } {
  const wanted = wordsBySpeaker(reference);
  const got = wordsBySpeaker(heard);
  const counts = wanted.map(({ words }) => got.map((other) => countWordErrors(words, other.words)));
  // As many of nobody on either side as makes any speaker free to stay without a partner: an empty partner costs all words.
  const size = Math.max(wanted.length, got.length);
  const costOf = (row: number, column: number): number => {
    const pair = counts[row]?.[column];
    return pair ? totalErrors(pair) : (wanted[row] ?? got[column])!.words.length;
  };
  const columnOf = assign(Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_unused, column) => costOf(row, column))));
  const parts = columnOf.map((column, row) => counts[row]?.[column] ?? countWordErrors(wanted[row]?.words ?? [], got[column]?.words ?? []));
  return {
    ...addWordErrors(parts),
    speakers: wanted.length,
    missedSpeakers: Math.max(0, wanted.length - got.length),
    extraSpeakers: Math.max(0, got.length - wanted.length),
    pairs: columnOf.map((column, row) => [wanted[row]?.speaker ?? null, got[column]?.speaker ?? null]),
  };
}

/** Errors per reference word; without any, how many words were heard. */
export function speakerErrorRate(errors: WordErrors): number {
  return wordErrorRates(errors).wer;
}

export function addSpeakerErrors(errors: readonly SpeakerErrors[]): SpeakerErrors {
  const sum = (key: 'speakers' | 'missedSpeakers' | 'extraSpeakers') => errors.reduce((total, each) => total + each[key], 0);
  return { ...addWordErrors(errors), speakers: sum('speakers'), missedSpeakers: sum('missedSpeakers'), extraSpeakers: sum('extraSpeakers') };
}

/** Speakers in order of their first words; who says none is left out. */
function wordsBySpeaker(spoken: readonly SpokenWords[]): { speaker: string | null; words: string[] }[] {
  const found = new Map<string | null, string[]>();
  for (const { speaker, text } of spoken.toSorted((a, b) => a.startMs - b.startMs)) {
    const words = found.get(speaker) ?? [];
    words.push(...wordsOf(text));
    if (words.length > 0) found.set(speaker, words);
  }
  return [...found].map(([speaker, words]) => ({ speaker, words }));
}
