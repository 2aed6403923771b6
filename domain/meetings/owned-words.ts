/**
 * What is decoded at once, and whose the words are. An engine that gives word times is given some audio around what it
 * is asked about, and each word belongs to the one piece its middle lies in; any other engine is given exactly the voice.
 */
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import type { SpeechSegment } from './segment-speech.ts';
import type { VoiceMap } from './voice-map.ts';

/** Whisper looks at 30 s and silently drops what is behind: no engine is given more, context included. */
export const MAX_DECODE_SAMPLES = 30 * UPLINK_SAMPLE_RATE_HZ;
/** Heard before and after what is asked for, so that words at its borders are whole. */
export const CONTEXT_SAMPLES = 2 * UPLINK_SAMPLE_RATE_HZ;
/** Segments further apart are decoded separately: a long silence makes Whisper invent. */
const MERGE_GAP_SAMPLES = 2 * UPLINK_SAMPLE_RATE_HZ;
/** Voice so close to a word with times counts as covered by it: breaths, drawn-out vowels, times that are off. */
export const COVERED_MARGIN_SAMPLES = msToSamples(400);

export interface Range {
  startSample: number;
  endSample: number;
}
/** Decoded at once. */
export interface Piece extends Range {
  /** Words with their middle in [ownedFrom, ownedTo) are its own. */
  ownedFrom: number;
  ownedTo: number;
  segments: SpeechSegment[];
}
export interface PlacedWord extends Range {
  text: string;
}

/** Exactly its voice, and all words of it. */
export function plainPiece(segment: SpeechSegment): Piece {
  const { startSample, endSample } = segment;
  return { startSample, endSample, ownedFrom: startSample, ownedTo: endSample, segments: [segment] };
}

/**
 * Pieces of at most `maxSamples` with their context, which stays within `heard`. Together they own `owned`, each sample once.
 */
export function piecesWithContext(segments: readonly SpeechSegment[], owned: Range, heard: Range, maxSamples: number): Piece[] {
  const coreSamples = Math.min(maxSamples, MAX_DECODE_SAMPLES) - 2 * CONTEXT_SAMPLES;
  const groups: SpeechSegment[][] = [];
  for (const segment of segments) {
    const group = groups.at(-1);
    const fits = group && segment.endSample - group[0]!.startSample <= coreSamples && segment.startSample - group.at(-1)!.endSample <= MERGE_GAP_SAMPLES;
    if (fits) group.push(segment);
    else groups.push([segment]);
  }
  const borders = groups.slice(1).map((group, index) => Math.floor((groups[index]!.at(-1)!.speechEnd + group[0]!.speechStart) / 2));
  return groups.map((group, index) => ({
    startSample: Math.max(heard.startSample, group[0]!.startSample - CONTEXT_SAMPLES),
    endSample: Math.min(heard.endSample, group.at(-1)!.endSample + CONTEXT_SAMPLES),
    ownedFrom: borders[index - 1] ?? owned.startSample,
    ownedTo: borders[index] ?? owned.endSample,
    segments: group,
  }));
}

/** The sample in the middle of a word, by which it is owned. */
export function middle(range: Range): number {
  return (range.startSample + range.endSample) / 2;
}

/** A word's share of the half-open range: its middle lies in it. */
export function owns(piece: Pick<Piece, 'ownedFrom' | 'ownedTo'>, word: Range): boolean {
  return middle(word) >= piece.ownedFrom && middle(word) < piece.ownedTo;
}

/** Nobody takes longer for a word: 300 ms and 100 ms a letter (whisperX: "pense" lasted 3.8 s). */
function longestWordSamples(text: string): number {
  return msToSamples(300 + 100 * (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0));
}

/** Words on the session's clock. Aligners stretch them over silence: one that lasts too long is trimmed to its voice. */
export function placeWords(words: readonly { text: string; startMs: number; endMs: number }[], firstSample: number, voice: VoiceMap): PlacedWord[] {
  return words.map(({ text, startMs, endMs }) => {
    let startSample = firstSample + msToSamples(startMs);
    let endSample = Math.max(startSample, firstSample + msToSamples(endMs));
    const longest = longestWordSamples(text);
    if (endSample - startSample > longest) {
      startSample = voice.voicedExtent(startSample, endSample)?.startSample ?? startSample;
      endSample = Math.min(endSample, startSample + longest);
    }
    return { text: text.trim(), startSample, endSample };
  });
}

/** Spelt as in `text`: many engines leave the punctuation out of their words. Words it does not have stay as they are. */
export function punctuated<W extends { text: string }>(text: string, words: readonly W[]): (W & { written: string })[] {
  const lower = text.toLowerCase();
  const starts: (number | null)[] = [];
  let cursor = 0;
  for (const word of words) {
    const bare = word.text.trim().toLowerCase();
    const at = bare === '' ? -1 : lower.indexOf(bare, cursor);
    // Further on it is another occurrence of the same word.
    const found = at >= 0 && at - cursor <= FAR_CHARACTERS;
    starts.push(found ? at : null);
    if (found) cursor = at + bare.length;
  }
  return words.map((word, index) => {
    const start = starts[index] ?? null;
    if (start === null) return { ...word, written: ` ${word.text.trim()} ` };
    const next = starts.slice(index + 1).find((each) => each !== null);
    const neighbourKnown = index + 1 === words.length || starts[index + 1] !== null;
    const end = neighbourKnown ? (next ?? text.length) : start + word.text.trim().length;
    return { ...word, written: text.slice(start, end), text: text.slice(start, end).trim() };
  });
}
const FAR_CHARACTERS = 24;

/** Runs of words, put together again. */
export function written(words: readonly { written: string }[]): string {
  return words.map((word) => word.written).join('').replace(/\s+/g, ' ').trim();
}
