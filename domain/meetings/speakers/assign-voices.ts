/** Which of a chunk's voices said which words. */
import type { ChunkSegment } from '../ports.ts';
import type { Turn } from './ports.ts';

/** A change of voice inside a segment is believed from this many words and this long on (AWS LMA, CHANGELOG 0.3.7). */
const MIN_RUN_WORDS = 3;
const MIN_RUN_SAMPLES = 16_000;
/** A run is somebody's when this much of what was told apart in it is theirs; below, saying nothing beats guessing. */
export const MIN_SHARE = 0.6;
/** …and when turns cover half of it at all: a segment reaches over pauses, but not over a second person nobody heard. */
const MIN_COVERED = 0.5;
/** Engines stretch the last word before a pause; what lies beyond a second is pause (whisperX caps for the same reason). */
const MAX_WORD_SAMPLES = 16_000;

type Word = NonNullable<ChunkSegment['words']>[number];
interface Piece {
  startSample: number;
  endSample: number;
}
interface Run {
  voice: number | undefined;
  words: Word[];
}

/**
 * The segments with their voices; one in which voices clearly follow each other becomes several when it has word times
 * (ids `…a`, `…b`, in order). Without word times a segment stays whole.
 * @param turns as told apart, counted from `turnsFromSample` of the session; segments count from the session's start
 */
export function assignVoices(segments: readonly ChunkSegment[], turns: readonly Turn[], turnsFromSample: number): ChunkSegment[] {
  if (turns.length === 0) return segments.map((segment) => withVoice(segment));
  const placed = turns.map(({ startSample, endSample, voice }) => ({ startSample: startSample + turnsFromSample, endSample: endSample + turnsFromSample, voice }));
  return segments.flatMap((segment) => {
    if (!segment.words?.length) return [withVoice(segment, largestShare([segment], placed))];
    return split(segment, joinAlike(smoothed(runsOf(segment.words, placed)).map((run) => ({ words: run.words, voice: largestShare(run.words.map(capped), placed) }))));
  });
}

function withVoice(segment: ChunkSegment, voice?: number): ChunkSegment {
  const { voice: _before, ...rest } = segment;
  return voice !== undefined ? { ...rest, voice } : rest;
}

/** Samples of each voice within some stretches. */
function heard(pieces: readonly Piece[], turns: readonly Turn[]): Map<number, number> {
  const samples = new Map<number, number>();
  for (const piece of pieces) {
    for (const turn of turns) {
      const overlap = Math.min(piece.endSample, turn.endSample) - Math.max(piece.startSample, turn.startSample);
      if (overlap > 0) samples.set(turn.voice, (samples.get(turn.voice) ?? 0) + overlap);
    }
  }
  return samples;
}

function largestShare(pieces: readonly Piece[], turns: readonly Turn[]): number | undefined {
  const samples = heard(pieces, turns);
  const length = pieces.reduce((sum, { startSample, endSample }) => sum + endSample - startSample, 0);
  const all = Math.max([...samples.values()].reduce((sum, each) => sum + each, 0), length * MIN_COVERED);
  const [best] = [...samples].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best && best[1] >= all * MIN_SHARE ? best[0] : undefined;
}

const capped = ({ startSample, endSample }: Word): Piece => ({ startSample, endSample: Math.min(endSample, startSample + MAX_WORD_SAMPLES) });

/** Each word to the voice it overlaps most; to none where two speak over each other all along, or nobody does. */
function runsOf(words: readonly Word[], turns: readonly Turn[]): Run[] {
  return joinAlike(
    words.map((word) => {
      const [best, second] = [...heard([capped(word)], turns)].toSorted((a, b) => b[1] - a[1]);
      return { words: [word], voice: best && best[1] !== second?.[1] ? best[0] : undefined };
    }),
  );
}

function joinAlike(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && last.voice === run.voice) last.words.push(...run.words);
    else joined.push({ voice: run.voice, words: [...run.words] });
  }
  return joined;
}

const lengthOf = (run: Run): number => run.words.reduce((sum, word) => sum + capped(word).endSample - word.startSample, 0);
const tooShort = (run: Run): boolean => run.words.length < MIN_RUN_WORDS || run.words.at(-1)!.endSample - run.words[0]!.startSample < MIN_RUN_SAMPLES;

/** The shortest run that is too short goes into its longer neighbour, a known voice first, until none is left. */
function smoothed(runs: Run[]): Run[] {
  let rest = runs;
  while (rest.length > 1) {
    const short = rest.filter(tooShort).toSorted((a, b) => lengthOf(a) - lengthOf(b))[0];
    if (!short) break;
    const at = rest.indexOf(short);
    const [into] = [rest[at - 1], rest[at + 1]]
      .filter((run) => run !== undefined)
      .toSorted((a, b) => Number(a.voice === undefined) - Number(b.voice === undefined) || lengthOf(b) - lengthOf(a));
    rest = joinAlike(rest.map((run) => (run === short ? { ...run, voice: into!.voice } : run)));
  }
  return rest;
}

function split(segment: ChunkSegment, runs: readonly Run[]): ChunkSegment[] {
  const texts = runs.length > 1 && runs.length <= 26 ? textsOf(segment.text, runs) : null;
  if (!texts) return [withVoice(segment, runs.length === 1 ? runs[0]!.voice : undefined)];
  return runs.map(({ words, voice }, index) =>
    withVoice(
      {
        itemId: `${segment.itemId}${String.fromCharCode(97 + index)}`,
        text: texts[index]!,
        startSample: index === 0 ? segment.startSample : words[0]!.startSample,
        endSample: index === runs.length - 1 ? segment.endSample : words.at(-1)!.endSample,
        words,
      },
      voice,
    ),
  );
}

/** The segment's own text, cut where each run's first word begins; the words themselves where they are not found in it. */
function textsOf(text: string, runs: readonly Run[]): string[] {
  const cuts: number[] = [];
  let from = 0;
  for (const run of runs) {
    for (const [index, word] of run.words.entries()) {
      const wanted = word.text.trim();
      const at = text.indexOf(wanted, from);
      if (at < 0) return runs.map(({ words }) => words.map((each) => each.text.trim()).join(' '));
      if (index === 0) cuts.push(at);
      from = at + wanted.length;
    }
  }
  return cuts.map((cut, index) => text.slice(index === 0 ? 0 : cut, cuts[index + 1]).trim());
}
