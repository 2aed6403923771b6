/** The transcript of a meeting under way: what the server has, and what the stream told since. Pure. */
import type { Caption } from '#components/live-session/live-session-types.ts';
import type { Meeting } from '#domain/meetings/schema.ts';
import type { TranscriptItem } from '#domain/session/session.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';

export interface MeetingLine {
  itemId: string;
  speaker: string;
  text: string;
  startMs: number;
  /** As `startMs` while nobody knows. */
  endMs: number;
  /** False: it may still change or go on. */
  final: boolean;
}

/** A chunk's words may reach so far beyond its end, to the silence it is cut at. */
const CUT_REACH_MS = 2_000;

/** Until where everything is transcribed. */
export function transcribedThroughMs({ chunks }: Meeting): number {
  let throughMs = 0;
  for (const { state, startMs, endMs } of chunks) {
    if (state !== 'transcribed' || startMs > throughMs) break;
    throughMs = endMs;
  }
  return throughMs;
}

/**
 * Items and captions by start. `known`: the captions that were finished when the items were asked for; those of them that
 * the server has no more, and that lie where everything is transcribed, were replaced by better words.
 */
export function mergeLines(items: readonly TranscriptItem[], captions: readonly Caption[], known: ReadonlySet<string>, throughMs: number): MeetingLine[] {
  const had = new Set(items.map(({ itemId }) => itemId));
  const lines: MeetingLine[] = items.filter(({ text }) => text.trim() !== '').map((item) => ({ itemId: item.itemId, speaker: item.speaker, endMs: item.endMs, final: true, ...fromBorder(item, throughMs) }));
  for (const { itemId, speaker, text, final, startSample, endSample } of captions) {
    const startMs = samplesToMs(startSample);
    const replaced = final && known.has(itemId) && startMs < throughMs + CUT_REACH_MS;
    if (had.has(itemId) || replaced || text.trim() === '') continue;
    const endMs = endSample ? samplesToMs(endSample) : startMs;
    lines.push({ itemId, speaker, endMs, final, ...(final && endSample ? fromBorder({ text, startMs, endMs }, throughMs) : { text, startMs }) });
  }
  return lines.toSorted((one, other) => one.startMs - other.startMs);
}

/**
 * Live words that were said across the end of what is transcribed: the chunk has its part of them already, so only the
 * rest is shown. Where it begins is an estimate, right to a word or two, until the next chunk has its words as well.
 */
function fromBorder({ text, startMs, endMs }: { text: string; startMs: number; endMs: number }, throughMs: number): { text: string; startMs: number } {
  // What a chunk owns itself ends within its reach.
  if (startMs >= throughMs || endMs <= throughMs + CUT_REACH_MS) return { text, startMs };
  const words = text.split(/\s+/).filter(Boolean);
  const had = Math.round((words.length * (throughMs - startMs)) / (endMs - startMs));
  return had === 0 ? { text, startMs } : { text: `… ${words.slice(had).join(' ')}`, startMs: throughMs };
}

/** Who has spoken, those that were told apart, by how much they said: longest first. */
export function voicesOf(items: readonly Pick<TranscriptItem, 'speaker' | 'startMs' | 'endMs'>[]): { speaker: string; ms: number }[] {
  const by = new Map<string, number>();
  for (const { speaker, startMs, endMs } of items) if (/^S[1-9]/.test(speaker)) by.set(speaker, (by.get(speaker) ?? 0) + endMs - startMs);
  return [...by].map(([speaker, ms]) => ({ speaker, ms })).toSorted((one, other) => other.ms - one.ms);
}
