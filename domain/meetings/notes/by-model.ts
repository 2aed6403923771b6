/**
 * Notes by a language model. A long meeting is read in parts that do not overlap, the parts are joined by code, and every
 * point must quote the transcript. The transcript is what strangers said: nothing in it can put a point into the notes
 * that its quote does not carry.
 */
import type { Clock } from '../../clock.ts';
import { SpoolError, asSpoolError } from '../../errors.ts';
import type { SpeakerNames } from '../../session/speaker-names.ts';
import { checkedNotes, type CheckedNotes } from './checked-notes.ts';
import { joinedNotes } from './joined-notes.ts';
import type { NotesItem, NotesWriter } from './ports.ts';
import type { NotesContent } from './schema.ts';

/** Sentences of the summary; a part may give as many. */
const MAX_SUMMARY = 8;
/** No part is begun after this; a part may take 150 s more, and the job that writes notes has 900 s. */
export const NOTES_BUDGET_MS = 600_000;

interface ModelRequest {
  items: readonly NotesItem[];
  names: SpeakerNames;
  writer: NotesWriter;
  clock: Clock;
}

/** `dropped`: points whose quotes did not hold, also after asking once more. @throws SpoolError `engine.*` when there is nothing usable */
export async function notesByModel({ items, names, writer, clock }: ModelRequest, signal?: AbortSignal): Promise<{ content: NotesContent; dropped: number; parts: number }> {
  const windows = windowsOf(items, writer.maxChars);
  const parts: CheckedNotes[] = [];
  const deadlineMs = clock.monotonicMs() + NOTES_BUDGET_MS;
  for (const [index, window] of windows.entries()) parts.push(await readPart({ items: window, names, writer, clock, deadlineMs, part: { number: index + 1, of: windows.length } }, signal));
  const content = joinedNotes(parts, items);
  const dropped = parts.reduce((sum, part) => sum + part.rejected.length, 0);
  if (isEmpty(content)) throw new SpoolError('engine.failed', 'The language model gave no note whose quote holds.', { fields: { dropped } });
  if (content.summary.length > MAX_SUMMARY) content.summary = await chosen(content.summary, clock.monotonicMs() < deadlineMs ? writer : null, signal);
  return { content, dropped, parts: windows.length };
}

/** Reads a part, and once more when the reply was unusable or some quotes did not hold; what held the first time stays. */
async function readPart(request: ModelRequest & { deadlineMs: number; part: { number: number; of: number } }, signal?: AbortSignal): Promise<CheckedNotes> {
  const { items, names, writer, part, clock, deadlineMs } = request;
  const read = async (rejected?: string[]) => {
    if (clock.monotonicMs() >= deadlineMs) throw new SpoolError('engine.timeout', 'Reading the meeting took too long.', { fields: { part: part.number, of: part.of } });
    return checkedNotes(await writer.read({ items, names, part, ...(rejected ? { rejected } : {}) }, signal), items, names);
  };
  let first: CheckedNotes;
  try {
    first = await read();
  } catch (error) {
    signal?.throwIfAborted();
    if (asSpoolError(error).code !== 'engine.failed') throw error;
    return read();
  }
  if (first.rejected.length === 0) return first;
  try {
    const second = await read(first.rejected);
    return { ...joinedNotes([first, second], items), rejected: second.rejected };
  } catch {
    signal?.throwIfAborted();
    return first;
  }
}

/** The model says numbers of sentences that are checked already, so the choice cannot add any. Without an answer: evenly. */
async function chosen(summary: NotesContent['summary'], writer: NotesWriter | null, signal?: AbortSignal): Promise<NotesContent['summary']> {
  try {
    const numbers = (await writer?.choose({ points: summary.map(({ text }) => text), atMost: MAX_SUMMARY }, signal)) ?? [];
    const known = [...new Set(numbers)].filter((number) => Number.isInteger(number) && number >= 0 && number < summary.length);
    if (known.length > 0) return known.slice(0, MAX_SUMMARY).toSorted((a, b) => a - b).map((number) => summary[number]!);
  } catch {
    signal?.throwIfAborted();
  }
  return Array.from({ length: MAX_SUMMARY }, (_, index) => summary[Math.floor((index * summary.length) / MAX_SUMMARY)]!);
}

/** Whole items, as many as fit; one that fits nowhere is a part of its own. */
export function windowsOf(items: readonly NotesItem[], maxChars: number): NotesItem[][] {
  const windows: NotesItem[][] = [];
  let chars = Infinity;
  for (const item of items) {
    if (chars + item.text.length > maxChars) {
      windows.push([]);
      chars = 0;
    }
    windows.at(-1)!.push(item);
    chars += item.text.length;
  }
  return windows;
}

function isEmpty({ summary, topics, decisions, actionItems, openQuestions }: NotesContent): boolean {
  return summary.length + topics.length + decisions.length + actionItems.length + openQuestions.length === 0;
}
