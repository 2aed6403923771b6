/** Whether what notes quote was said, letter by letter, and where. Nothing enters notes without passing here, whoever wrote them. */
import type { SpeakerNames } from '../../session/speaker-names.ts';
import { speakerName } from '../../session/speaker-names.ts';
import type { ClaimedEvidence, NotesItem } from './ports.ts';
import type { NoteEvidence } from './schema.ts';

/** Places one point may name; more are not looked at. */
const MAX_EVIDENCE = 6;
/** A quote shorter than this many letters and digits proves nothing ("so", "yes"). */
const MIN_QUOTE_LETTERS = 3;

export type ItemsById = ReadonlyMap<string, NotesItem>;
export function itemsById(items: readonly NotesItem[]): ItemsById {
  return new Map(items.map((item) => [item.itemId, item]));
}

/** The evidence as it stands in the transcript: its times and its voice are ours, never what was claimed. Null: it was not said there. */
export function checkedEvidence({ itemId, quote }: ClaimedEvidence, items: ItemsById): NoteEvidence | null {
  const item = items.get(itemId);
  return item ? evidenceAt(item, evenSpaces(item.text), evenSpaces(quote)) : null;
}

/** The same for quotes that follow each other in one item, which is read once. */
export function evidenceInOrder(item: NotesItem, quotes: readonly string[]): (NoteEvidence | null)[] {
  const text = evenSpaces(item.text);
  let from = 0;
  return quotes.map((quote) => {
    const wanted = evenSpaces(quote);
    const found = evidenceAt(item, text, wanted, from);
    from = Math.max(from, text.indexOf(wanted, from) + wanted.length);
    return found;
  });
}

/** @param text of the item, as `wanted` with even spaces */
function evidenceAt(item: NotesItem, text: string, wanted: string, from = 0): NoteEvidence | null {
  if ((wanted.match(/[\p{L}\p{N}]/gu) ?? []).length < MIN_QUOTE_LETTERS) return null;
  const at = placeOf(wanted, text, from);
  if (at < 0) return null;
  return { itemId: item.itemId, quote: wanted, ...timesOf(item, text, at, at + wanted.length), speaker: item.speaker };
}

/** Those that hold, each place once. */
export function heldEvidence(claimed: readonly ClaimedEvidence[], items: ItemsById): NoteEvidence[] {
  const held = claimed.slice(0, MAX_EVIDENCE).flatMap((each) => checkedEvidence(each, items) ?? []);
  return held.filter((each, index) => held.findIndex((other) => other.itemId === each.itemId && other.quote === each.quote) === index);
}

/** A due date holds when it stands in the quoted words. */
export function heldDue(due: string | null, evidence: readonly NoteEvidence[]): string | null {
  const wanted = evenSpaces(due ?? '');
  if (wanted === '') return null;
  const quoted = evidence.map(({ quote }) => quotedPart(wanted, quote)).find((part) => part !== null);
  return quoted ?? null;
}

/**
 * An owner holds when the quoted words name them, or when they are the one who says the quoted words: by name, or by voice.
 * Null: neither.
 */
export function heldOwner(owner: string | null, evidence: readonly NoteEvidence[], names: SpeakerNames): { owner: string; ownerSpeaker: string | null } | null {
  const wanted = evenSpaces(owner ?? '');
  if (wanted === '') return null;
  for (const { speaker } of evidence) {
    const name = speakerName(speaker, names, null);
    if (wanted === speaker || (name !== null && same(wanted, name))) return name === null ? null : { owner: name, ownerSpeaker: speaker };
  }
  for (const { quote } of evidence) {
    const part = quotedPart(wanted, quote);
    if (part !== null) return { owner: part, ownerSpeaker: voiceOf(part, names) };
  }
  return null;
}

/** The voice of that name, when one alone has it: by its whole name, or by its first. */
function voiceOf(name: string, names: SpeakerNames): string | null {
  const whole = Object.entries(names).filter(([, each]) => same(each, name));
  const found = whole.length > 0 ? whole : Object.entries(names).filter(([, each]) => same(each.split(/\s+/u)[0]!, name));
  // Voices that were joined have one name: the first of them stands for all.
  return found.length > 0 && new Set(found.map(([, each]) => each)).size === 1 ? found.map(([voice]) => voice).toSorted()[0]! : null;
}

export const evenSpaces = (text: string) => text.replace(/\s+/gu, ' ').trim();
const same = (one: string, other: string) => one.localeCompare(other, 'en', { sensitivity: 'base' }) === 0;

/** As it stands in the quote; capitals may differ. */
function quotedPart(wanted: string, quote: string): string | null {
  const lower = quote.toLowerCase();
  // Lower case can be longer (İ); then capitals have to agree.
  const at = lower.length === quote.length ? placeOf(wanted.toLowerCase(), lower) : placeOf(wanted, quote);
  return at < 0 ? null : quote.slice(at, at + wanted.length);
}

/** Whole words only: the first place at which neither end cuts a word. */
function placeOf(wanted: string, text: string, from = 0): number {
  if (wanted === '') return -1;
  const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  for (let at = text.indexOf(wanted, from); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const cutsFirst = isWord(text[at - 1]) && isWord(wanted[0]);
    const cutsLast = isWord(text[at + wanted.length]) && isWord(wanted.at(-1));
    if (!cutsFirst && !cutsLast) return at;
  }
  return -1;
}

/** The item's time shared among its characters: engines without word times give nothing better. */
function timesOf({ startMs, endMs }: NotesItem, text: string, from: number, to: number): { startMs: number; endMs: number } {
  const at = (offset: number) => startMs + Math.round(((endMs - startMs) * offset) / Math.max(1, text.length));
  return { startMs: at(from), endMs: Math.max(at(from), at(to)) };
}
