/** Words that both chunks beside a seam wrote. */
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import { wordsIn } from './invented-text/loops.ts';
import { middle, type PlacedWord } from './owned-words.ts';
import type { ChunkResult, ChunkSegment } from './ports.ts';

/** Words are compared, and voice is looked for, this far to either side of a seam. */
export const SEAM_REACH_SAMPLES = 4 * UPLINK_SAMPLE_RATE_HZ;
/** Fewer words in a row than this are repeated by people as well. */
const MIN_REPEATED_WORDS = 3;
/** Unless it is the same word at the same moment: two engines' runs place a word within this. */
const SAME_MOMENT_SAMPLES = msToSamples(250);

/** What of a settled chunk its seams need. */
export interface SeamSide extends Pick<ChunkResult, 'ownedFrom' | 'ownedTo' | 'segments' | 'suppressed'> {
  chunk: number;
}
/** What the later chunk is without its repetitions. */
export interface WithoutRepetition {
  /** Segments whose text changed. */
  changed: ChunkSegment[];
  /** Ids of segments that repeated only what the earlier chunk has. */
  removed: string[];
}

/**
 * Words of `later` that repeat the last of `earlier`, taken away. Only engines with word times overlap in what they
 * decode, so only words with times are compared: the longest match of at least three across the seam, or the same word
 * at the same moment.
 */
export function withoutRepetition(earlier: SeamSide, later: SeamSide): WithoutRepetition {
  const seam = later.ownedFrom;
  const before = timedWords(earlier).filter((word) => word.endSample > seam - SEAM_REACH_SAMPLES);
  const behind = timedWords(later).filter((word) => word.startSample < seam + SEAM_REACH_SAMPLES);
  const repeated = repeatedWords(before, behind);
  const changed: ChunkSegment[] = [];
  const removed: string[] = [];
  for (const segment of later.segments) {
    const gone = behind.slice(0, repeated).filter((word) => word.segment === segment).length;
    if (gone === 0) continue;
    const words = segment.words!.slice(gone);
    const text = withoutFirstWords(segment, gone);
    if (words.length === 0 || text === '') removed.push(segment.itemId);
    else changed.push({ ...segment, words, text, startSample: words[0]!.startSample });
  }
  return { changed, removed };
}

type TimedWord = PlacedWord & { segment: ChunkSegment };
function timedWords(side: SeamSide): TimedWord[] {
  return side.segments.flatMap((segment) => (segment.words ?? []).map((word) => ({ ...word, segment })));
}

/** How many of the first words of `behind` are the last of `before`. */
function repeatedWords(before: readonly TimedWord[], behind: readonly TimedWord[]): number {
  const same = (a: TimedWord, b: TimedWord) => wordsIn(a.text).join(' ') === wordsIn(b.text).join(' ');
  for (let count = Math.min(before.length, behind.length); count > 0; count -= 1) {
    const tail = before.slice(-count);
    if (!tail.every((word, index) => same(word, behind[index]!))) continue;
    const atOnce = tail.every((word, index) => Math.abs(middle(word) - middle(behind[index]!)) <= SAME_MOMENT_SAMPLES);
    if (count >= MIN_REPEATED_WORDS || atOnce) return count;
  }
  return 0;
}

/** The text from its next word on. */
function withoutFirstWords({ text, words = [] }: ChunkSegment, count: number): string {
  let at = 0;
  for (const word of words.slice(0, count)) {
    const found = text.indexOf(word.text, at);
    if (found >= 0) at = found + word.text.length;
  }
  return text.slice(at).trim();
}
