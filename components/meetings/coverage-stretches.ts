/** A meeting as a line of stretches that each have their reason: what the coverage bar shows. Pure. */
import { MIN_SUPPRESSED_MS } from '#domain/meetings/notes/missing.ts';
import type { Coverage, Meeting, MeetingGap } from '#domain/meetings/schema.ts';
import { clockTime, shortLength } from '#domain/session/times.ts';
import { failureWords } from './meeting-words.ts';

export type StretchKind = 'transcribed' | 'suppressed' | 'waiting' | 'failed' | 'missing';
export interface Stretch {
  kind: StretchKind;
  /** Where it begins in the recording. What is missing takes room in the bar, and none there. */
  fromMs: number;
  lengthMs: number;
  /** What happened there, in words. */
  words: string;
}

export const KIND_TITLES: Record<StretchKind, string> = { transcribed: 'Transcribed', suppressed: 'Held back', waiting: 'Waiting', failed: 'Failed', missing: 'Missing' };

const MISSING_WORDS: Record<MeetingGap['reason'], string> = { stream_away: 'The stream was away', ingest_failed: 'Taking the stream in failed', file_damaged: 'The file is damaged here and could not be read' };

/** In order; neighbours of one kind and reason are one stretch. Every captured and every missing millisecond is in exactly one. */
export function stretchesOf({ chunks, gaps, coverage }: Meeting): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (kind: StretchKind, fromMs: number, lengthMs: number, words: string) => {
    const last = stretches.at(-1);
    if (lengthMs <= 0) return;
    if (last?.kind === kind && last.words === words) last.lengthMs += lengthMs;
    else stretches.push({ kind, fromMs, lengthMs, words });
  };
  const ahead = gaps.toSorted((one, other) => one.atMs - other.atMs);
  const addGap = ({ atMs, missingMs, reason }: MeetingGap) => add('missing', atMs, missingMs, MISSING_WORDS[reason]);
  /** A stretch of the recording, parted where the stream was away in it. */
  const addParted = (kind: StretchKind, startMs: number, endMs: number, words: string) => {
    let fromMs = startMs;
    while (ahead.length > 0 && ahead[0]!.atMs < endMs) {
      const gap = ahead.shift()!;
      const atMs = Math.max(fromMs, gap.atMs);
      add(kind, fromMs, atMs - fromMs, words);
      addGap(gap);
      fromMs = atMs;
    }
    add(kind, fromMs, endMs - fromMs, words);
  };
  let coveredMs = 0;
  for (const { startMs, endMs, state, failure, suppressedMs, attempts } of chunks) {
    if (state === 'failed') addParted('failed', startMs, endMs, `${failureWords(failure)} What was written live stands in for it.`);
    else if (state !== 'transcribed') addParted('waiting', startMs, endMs, attempts > 1 && failure ? `${failureWords(failure)} It is tried again by itself.` : 'On its way to the speech engine');
    else if (suppressedMs >= MIN_SUPPRESSED_MS) addParted('suppressed', startMs, endMs, `${shortLength(suppressedMs)} of it held back, because nobody seems to have said these words`);
    else addParted('transcribed', startMs, endMs, 'Its words are in the transcript');
    coveredMs = endMs;
  }
  addParted('waiting', coveredMs, Math.max(coveredMs, coverage.capturedMs), 'Captured a moment ago');
  for (const gap of ahead) addGap(gap);
  const known = gaps.reduce((sum, { missingMs }) => sum + missingMs, 0);
  add('missing', Math.max(coveredMs, coverage.capturedMs), coverage.missingMs - known, 'The stream is away');
  return stretches;
}

/** `12:30 to 13:00: Failed. The speech engine took too long.` */
export function stretchWords({ kind, fromMs, lengthMs, words }: Stretch): string {
  const place = kind === 'missing' ? `${shortLength(lengthMs)} at ${clockTime(fromMs)}` : `${clockTime(fromMs)} to ${clockTime(fromMs + lengthMs)}`;
  return `${place}: ${KIND_TITLES[kind === 'suppressed' ? 'transcribed' : kind]}. ${words.replace(/\.$/, '')}.`;
}

/** How much there is of each kind, those that are there alone, in the order of the legend. What was held back is a part of what is transcribed. */
export function sumsOf({ transcribedMs, suppressedMs, waitingMs, failedMs, missingMs }: Coverage): { kind: StretchKind; ms: number }[] {
  const sums: Record<StretchKind, number> = { transcribed: transcribedMs, suppressed: suppressedMs < MIN_SUPPRESSED_MS ? 0 : suppressedMs, waiting: waitingMs, failed: failedMs, missing: missingMs };
  return (Object.keys(KIND_TITLES) as StretchKind[]).map((kind) => ({ kind, ms: sums[kind] })).filter(({ ms }) => ms > 0);
}
