/** A meeting on paper: one list of blocks that every file format is written from. */
import { type SpeakerNames, speakerName } from '../../session/speaker-names.ts';
import type { Session, TranscriptItem } from '../../session/session.ts';
import { clockTime } from '../../session/times.ts';
import { dateAndLength } from '../../session/transcript-formats.ts';
import type { MeetingNotes, NoteEvidence } from '../notes/schema.ts';
import { type TranscriptGap, gapWords, withGaps } from '../transcript-gaps.ts';

/** A quote, who says it and where; `who` null: nobody could be told. */
export interface Quoted {
  text: string;
  who: string | null;
  at: string;
}
export type Block =
  | { kind: 'title'; text: string }
  /** Under the title. */
  | { kind: 'byline'; text: string }
  /** What the reader must know first. */
  | { kind: 'notice'; text: string }
  | { kind: 'heading'; text: string }
  /** A claim, who and when, and the words it stands on; no quotes: those are the claim's own, at `at`. */
  | { kind: 'point'; text: string; detail: string | null; quotes: Quoted[] }
  | { kind: 'topic'; text: string; from: string; to: string }
  | { kind: 'words'; text: string; who: string | null; at: string }
  /** Between words: what is not there. */
  | { kind: 'gap'; text: string; at: string }
  | { kind: 'small'; text: string };

export interface MeetingDocument {
  session: Pick<Session, 'title' | 'startedAt' | 'createdAt' | 'durationMs'>;
  names: SpeakerNames;
  personName: string | null;
}

export function titleBlocks({ session }: MeetingDocument): Block[] {
  return [
    { kind: 'title', text: oneLine(session.title) },
    { kind: 'byline', text: dateAndLength(session) },
  ];
}

/** @param missing what the notes cannot tell, when it is known better by now than when they were made */
export function notesBlocks(notes: MeetingNotes, document: MeetingDocument, missing = notes.missing.words): Block[] {
  const { summary, decisions, actionItems, openQuestions, topics, method, madeAt, version } = notes;
  const point = (text: string, evidence: NoteEvidence[], detail: string | null = null): Block => ({ kind: 'point', text: oneLine(text), detail, quotes: evidence.map((each) => quotedAs(each, document)) });
  const section = (heading: string, blocks: Block[]): Block[] => (blocks.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...blocks]);
  const nothing = summary.length + decisions.length + actionItems.length + openQuestions.length + topics.length === 0;
  return [
    ...(missing === null ? [] : [{ kind: 'notice' as const, text: missing }]),
    ...section('Summary', summary.map(({ text, evidence }) => point(text, evidence))),
    ...section('Decisions', decisions.map(({ text, evidence }) => point(text, evidence))),
    ...section('Action items', actionItems.map(({ text, evidence, owner, due }) => point(text, evidence, [owner ?? 'Nobody named', due ?? 'no date said'].map(oneLine).join(', ')))),
    ...section('Open questions', openQuestions.map(({ text, evidence }) => point(text, evidence))),
    ...section('Topics', topics.map(({ title, startMs, endMs }): Block => ({ kind: 'topic', text: oneLine(title), from: clockTime(startMs), to: clockTime(endMs) }))),
    ...(nothing ? [{ kind: 'words' as const, text: 'Nothing in what was said could be noted with certainty.', who: null, at: '' }] : []),
    { kind: 'small', text: `${method} Version ${version}, ${madeAt.slice(0, 16).replace('T', ' ')} UTC.` },
  ];
}

/** With what is missing at its place. */
export function transcriptBlocks(items: readonly TranscriptItem[], gaps: readonly TranscriptGap[], { names, personName }: MeetingDocument): Block[] {
  const rows = withGaps(items.filter(({ text }) => oneLine(text) !== ''), gaps).map((row): Block => {
    if (row.kind === 'gap') return { kind: 'gap', text: gapWords(row.gap), at: clockTime(row.gap.atMs) };
    const { text, speaker, startMs } = row.item;
    return { kind: 'words', text: oneLine(text), who: speakerName(speaker, names, personName), at: clockTime(startMs) };
  });
  return rows.length === 0 ? [] : [{ kind: 'heading', text: 'Transcript' }, ...rows];
}

/** Times of several places in one line; the words of the claim itself are not said twice. */
export function placesOf({ text, quotes }: Extract<Block, { kind: 'point' }>): { own: string | null; others: Quoted[] } {
  const bare = (words: string) => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const said = bare(text);
  const own = quotes.filter((quote) => said.includes(bare(quote.text)) || bare(quote.text).endsWith(said));
  return { own: own.length === 0 ? null : own.map(placeOf).join('; '), others: quotes.filter((quote) => !own.includes(quote)) };
}
/** `Ada, 12:34` */
export const placeOf = ({ who, at }: Pick<Quoted, 'who' | 'at'>) => [who, at].filter(Boolean).join(', ');

function quotedAs({ quote, speaker, startMs }: NoteEvidence, { names, personName }: MeetingDocument): Quoted {
  return { text: oneLine(quote), who: speakerName(speaker, names, personName), at: clockTime(startMs) };
}
const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** One line after the other, an empty one before each block that is not `listed` with the one before it. Ends in a line break. */
export function textOf(blocks: readonly Block[], linesOf: (block: Block) => string[], listed: (before: Block['kind'], block: Block['kind']) => boolean): string {
  const lines = blocks.flatMap((block, index) => (index === 0 || listed(blocks[index - 1]!.kind, block.kind) ? linesOf(block) : ['', ...linesOf(block)]));
  return `${lines.join('\n')}\n`;
}
