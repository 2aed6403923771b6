/** Where a session says what was searched for: the best place, with the words found marked by offsets, never by markup. */
import { z } from 'zod';
import { sampleRangeOf } from '../interests/evidence.ts';
import { samplesToMs } from '../stream/audio-format.ts';
import type { ItemRecord } from './ports.ts';
import { sessionSchema } from './session.ts';

/** Two lines in the list of sessions. */
export const MAX_EXCERPT_CHARS = 160;
/** How much of it may come before the first word found. */
const LEAD_CHARS = 50;
const CUT = '…';

const markSchema = z.object({ from: z.int().min(0), to: z.int().min(1) });
/** Characters [from, to) of a text, in UTF-16 code units as JavaScript counts. */
export type Mark = z.infer<typeof markSchema>;

export const searchMatchSchema = z.object({
  itemId: z.string(),
  speaker: z.string(),
  /** Of the item's text, with … where it is cut. Plain text: escape it as any other. */
  text: z.string(),
  /** The words found in `text`, in order. */
  marks: z.array(markSchema),
  /** Where the first of them is said, as far as that can be told. */
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  /** How many other items match. */
  more: z.int().min(0),
});
export type SearchMatch = z.infer<typeof searchMatchSchema>;

export const foundSessionSchema = sessionSchema.extend({
  match: searchMatchSchema.optional().describe('Only when `q` is given: the place that matches best.'),
});
export type FoundSession = z.infer<typeof foundSessionSchema>;

/** `marks` lie in the item's text, ordered. Without any, the text is shown from its beginning. */
export function searchMatchOf(item: ItemRecord, marks: readonly Mark[], more: number): SearchMatch {
  const joined = joinedMarks(item.text, marks);
  const { from, to } = windowOf(item.text, joined);
  const inside = joined.filter((mark) => mark.from >= from && mark.to <= to);
  const before = from > 0 ? CUT : '';
  const shift = before.length - from;
  const first = inside[0] ?? { from, to };
  const { startSample, endSample } = sampleRangeOf(item, first.from, first.to);
  return {
    itemId: item.itemId,
    speaker: item.speaker,
    text: `${before}${item.text.slice(from, to)}${to < item.text.length ? CUT : ''}`,
    marks: inside.map((mark) => ({ from: mark.from + shift, to: mark.to + shift })),
    startMs: samplesToMs(startSample),
    endMs: samplesToMs(endSample),
    more,
  };
}

/** Words of a phrase are marked as one: only white space lies between them. */
function joinedMarks(text: string, marks: readonly Mark[]): Mark[] {
  const joined: Mark[] = [];
  for (const mark of marks) {
    const last = joined.at(-1);
    if (last && text.slice(last.to, mark.from).trim() === '' && mark.to - last.from <= MAX_EXCERPT_CHARS) last.to = mark.to;
    else joined.push({ ...mark });
  }
  return joined;
}

/** The part of the text that holds the most marks, cut between words. */
function windowOf(text: string, marks: readonly Mark[]): Mark {
  if (text.length <= MAX_EXCERPT_CHARS) return { from: 0, to: text.length };
  const windows = (marks.length > 0 ? marks : [{ from: 0, to: 0 }]).map((mark) => {
    const latest = Math.min(mark.from, text.length - MAX_EXCERPT_CHARS);
    const from = wordStart(text, Math.max(0, Math.min(mark.from - LEAD_CHARS, latest)), mark.from);
    const to = Math.max(wordEnd(text, Math.min(text.length, from + MAX_EXCERPT_CHARS), from), Math.min(mark.to, from + 2 * MAX_EXCERPT_CHARS));
    return { from, to, held: marks.filter((other) => other.from >= from && other.to <= to).length };
  });
  return windows.reduce((best, one) => (one.held > best.held ? one : best));
}

/** The beginning of a word at or behind `at`, but not behind `limit`. */
function wordStart(text: string, at: number, limit: number): number {
  if (at === 0) return 0;
  const space = text.slice(at - 1, limit).search(/\s\S/u);
  return space < 0 ? limit : at + space;
}
/** The end of a word at or before `at`; `at` itself where the text has no spaces, but never within a character. */
function wordEnd(text: string, at: number, from: number): number {
  if (at === text.length) return at;
  const kept = text.slice(from, at + 1).replace(/\s+\S*$/u, '');
  if (kept.length > 0 && kept.length <= at - from) return from + kept.length;
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
