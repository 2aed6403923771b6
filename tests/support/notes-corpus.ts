/** Labelled meetings, and how much of what they hold is found. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NotesItem } from '#domain/meetings/notes/ports.ts';
import type { NotesContent } from '#domain/meetings/notes/schema.ts';

export interface LabelledMeeting {
  name: string;
  speakers: Record<string, string>;
  items: [speaker: string, text: string][];
  decisions: string[];
  actions: { quote: string; owner: string | null; due: string | null }[];
  questions: string[];
}
export interface Found {
  right: number;
  /** Found, but not noted by the reader. */
  wrong: string[];
  missed: string[];
}
export interface Scores {
  decisions: Found;
  actions: Found;
  questions: Found;
  /** Of the tasks that were found: with the right owner, and the right time. */
  owners: Found;
  dues: Found;
}

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/meetings/notes');

export async function labelledMeetings(half: 'development' | 'held-out'): Promise<LabelledMeeting[]> {
  return (JSON.parse(await readFile(path.join(FOLDER, `${half}.json`), 'utf8')) as { meetings: LabelledMeeting[] }).meetings;
}

/** Talk as a recogniser writes it, mostly without punctuation; of its notes only the open questions are labelled. */
export interface SpokenPassage {
  name: string;
  items: [speaker: string, text: string][];
  questions: string[];
}
export async function spokenPassages(half: 'development' | 'held-out'): Promise<SpokenPassage[]> {
  return (JSON.parse(await readFile(path.join(FOLDER, `spoken-questions-${half}.json`), 'utf8')) as { passages: SpokenPassage[] }).passages;
}

/** Spoken at about 16 characters a second, with half a second between. */
export function itemsOf({ items }: Pick<LabelledMeeting, 'items'>): NotesItem[] {
  let at = 0;
  return items.map(([speaker, text], index) => {
    const startMs = at;
    const endMs = startMs + text.length * 60;
    at = endMs + 500;
    return { itemId: `i${index}`, speaker, text, startMs, endMs };
  });
}

export function scoreNotes(meetings: readonly { meeting: LabelledMeeting; notes: NotesContent }[]): Scores {
  const scores: Scores = { decisions: none(), actions: none(), questions: none(), owners: none(), dues: none() };
  for (const { meeting, notes } of meetings) {
    compare(scores.decisions, meeting.decisions, notes.decisions);
    compare(scores.questions, meeting.questions, notes.openQuestions);
    compare(scores.actions, meeting.actions.map(({ quote }) => quote), notes.actionItems);
    for (const { quote, owner, due } of meeting.actions) {
      const item = notes.actionItems.find((each) => quotes(each, quote));
      if (!item) continue;
      note(scores.owners, item.owner === owner, `${item.owner} for ${owner}: ${quote}`);
      note(scores.dues, item.due === due, `${item.due} for ${due}: ${quote}`);
    }
  }
  return scores;
}
export function scoreQuestions(passages: readonly { passage: SpokenPassage; notes: NotesContent }[]): Found {
  const found = none();
  for (const { passage, notes } of passages) compare(found, passage.questions, notes.openQuestions);
  return found;
}
export const precision = ({ right, wrong }: Found) => right / Math.max(1, right + wrong.length);
export const recall = ({ right, missed }: Found) => right / Math.max(1, right + missed.length);

const none = (): Found => ({ right: 0, wrong: [], missed: [] });
function note(found: Found, right: boolean, what: string): void {
  if (right) found.right++;
  else found.wrong.push(what);
}
type Point = NotesContent['decisions'][number];
const quotes = ({ evidence }: Point, wanted: string) => evidence.some(({ quote }) => quote.includes(wanted) || wanted.includes(quote));
function compare(found: Found, wanted: readonly string[], points: readonly Point[]): void {
  found.right += wanted.filter((quote) => points.some((point) => quotes(point, quote))).length;
  found.missed.push(...wanted.filter((quote) => !points.some((point) => quotes(point, quote))));
  found.wrong.push(...points.filter((point) => !wanted.some((quote) => quotes(point, quote))).map(({ text }) => text));
}
