/** Where a transcript must not be read as if it went on: what never arrived, and what could not be transcribed. Pure. */
import { z } from 'zod';
import { shortLength } from '../session/times.ts';
import { meetingGapReasonSchema, type Meeting } from './schema.ts';

const ms = z.int().min(0);
export const transcriptGapSchema = z.object({
  /** Where in the recording. */
  startMs: ms,
  /** What never arrived takes no room in the recording: as `startMs`. */
  endMs: ms,
  /** How much is missing. */
  missingMs: ms,
  /** `not_transcribed`: it was heard, and no engine could write it down. */
  reason: z.enum([...meetingGapReasonSchema.options, 'not_transcribed']),
});
export type TranscriptGap = z.infer<typeof transcriptGapSchema>;

/** By place; chunks that failed one after the other are one gap, as are several that never arrived at one place for one reason. */
export function transcriptGapsOf({ chunks, gaps }: Pick<Meeting, 'gaps'> & { chunks: Pick<Meeting['chunks'][number], 'startMs' | 'endMs' | 'state'>[] }): TranscriptGap[] {
  const away = gaps.filter(({ missingMs }) => missingMs > 0).map(({ atMs, missingMs, reason }): TranscriptGap => ({ startMs: atMs, endMs: atMs, missingMs, reason }));
  const failed = chunks.filter(({ state }) => state === 'failed').map(({ startMs, endMs }): TranscriptGap => ({ startMs, endMs, missingMs: endMs - startMs, reason: 'not_transcribed' }));
  return [...joined(away, 0), ...joined(failed, 0)].toSorted(byPlace);
}

export interface PlacedGap extends TranscriptGap {
  /** Its time between those of the items around it: an item that begins a little before the gap may follow it. */
  atMs: number;
  /** Words that were written while the meeting went on stand there in place of better ones. */
  stoodIn: boolean;
}
export type TranscriptRow<Item> = { kind: 'item'; item: Item } | { kind: 'gap'; gap: PlacedGap };

/**
 * The items with the gaps between them. @param items by start. One that lies across the edge of a gap is on the side of its
 * middle: recognizers give their words some silence on either side. Gaps with nothing said between them are one row.
 */
export function withGaps<Item extends { startMs: number; endMs: number }>(items: readonly Item[], gaps: readonly TranscriptGap[]): TranscriptRow<Item>[] {
  const middles = items.map(({ startMs, endMs }) => (startMs + endMs) / 2);
  const before = new Map<number, TranscriptGap[]>();
  for (const gap of gaps.toSorted(byPlace)) {
    const next = middles.findIndex((middle) => middle >= gap.startMs);
    const at = next < 0 ? items.length : next;
    before.set(at, [...(before.get(at) ?? []), gap]);
  }
  const stoodIn = ({ startMs, endMs }: TranscriptGap) => middles.some((middle) => middle >= startMs && middle < endMs);
  return [...items, null].flatMap((item, index): TranscriptRow<Item>[] => [
    ...joined(before.get(index) ?? [], Infinity).map((gap) => ({ kind: 'gap' as const, gap: { ...gap, atMs: Math.min(gap.startMs, item?.startMs ?? Infinity), stoodIn: stoodIn(gap) } })),
    ...(item === null ? [] : [{ kind: 'item' as const, item }]),
  ]);
}

/** `40 s missing here: the stream had stopped`, without a full stop. */
export function gapWords({ missingMs, reason, stoodIn }: PlacedGap): string {
  const length = shortLength(missingMs);
  switch (reason) {
    case 'stream_away':
      return `${length} missing here: the stream had stopped`;
    case 'ingest_failed':
      return `${length} missing here: taking in the stream had failed`;
    case 'file_damaged':
      return `${length} missing here: the file is damaged and could not be read`;
    case 'not_transcribed':
      return stoodIn ? `${length} could not be transcribed well: live words stand in` : `${length} could not be transcribed`;
  }
}

/** Neighbours of one reason that are at most so far apart become one, as long as both together. */
function joined(gaps: readonly TranscriptGap[], apartMs: number): TranscriptGap[] {
  const all: TranscriptGap[] = [];
  for (const gap of gaps.toSorted(byPlace)) {
    const last = all.at(-1);
    if (last?.reason === gap.reason && gap.startMs - last.endMs <= apartMs) all[all.length - 1] = { ...last, endMs: Math.max(last.endMs, gap.endMs), missingMs: last.missingMs + gap.missingMs };
    else all.push(gap);
  }
  return all;
}
const byPlace = (one: TranscriptGap, other: TranscriptGap) => one.startMs - other.startMs;
