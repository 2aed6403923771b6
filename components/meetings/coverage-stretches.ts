/** A meeting as a line of stretches that each have their reason: what the coverage bar shows. Pure. */
import { MIN_SUPPRESSED_MS } from '#domain/meetings/notes/missing.ts';
import type { Coverage, Meeting, MeetingGap } from '#domain/meetings/schema.ts';
import { clockTime } from '#domain/session/times.ts';
import { failureWords, shortLength } from './meeting-words.ts';

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
  const addGaps = (beforeMs: number) => {
    while (ahead.length > 0 && ahead[0]!.atMs < beforeMs) {
      const { atMs, missingMs, reason } = ahead.shift()!;
      add('missing', atMs, missingMs, MISSING_WORDS[reason]);
    }
  };
  let coveredMs = 0;
  for (const { startMs, endMs, state, failure, suppressedMs, attempts } of chunks) {
    // A gap lies within a chunk at most once per pause of the stream: it is shown before the chunk it begins in.
    addGaps(startMs + (endMs - startMs) / 2);
    if (state === 'failed') add('failed', startMs, endMs - startMs, `${failureWords(failure)} What was written live stands in for it.`);
    else if (state !== 'transcribed') add('waiting', startMs, endMs - startMs, attempts > 1 && failure ? `${failureWords(failure)} It is tried again by itself.` : 'On its way to the speech engine');
    else if (suppressedMs >= MIN_SUPPRESSED_MS) add('suppressed', startMs, endMs - startMs, `${shortLength(suppressedMs)} of it held back, because nobody seems to have said these words`);
    else add('transcribed', startMs, endMs - startMs, 'Its words are in the transcript');
    coveredMs = endMs;
  }
  add('waiting', coveredMs, coverage.capturedMs - coveredMs, 'Captured a moment ago');
  addGaps(Infinity);
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
