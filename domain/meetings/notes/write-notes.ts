import type { Clock } from '../../clock.ts';
import { sha256Hex } from '../../hash.ts';
import type { SpeakerNames } from '../../session/speaker-names.ts';
import type { Coverage, MeetingGap } from '../schema.ts';
import { extractNotes } from './extractive.ts';
import { missingOf } from './missing.ts';
import { notesByModel } from './by-model.ts';
import type { NotesItem, NotesWriter, StoredNotes } from './ports.ts';
import type { MeetingNotes, NotesContent } from './schema.ts';

export interface NotesRequest {
  /** What counts of the transcript, by start: superseded items are left out. */
  transcript: readonly NotesItem[];
  coverage: Coverage;
  gaps: readonly MeetingGap[];
  /** As people named the voices; empty where nobody did. */
  speakers: SpeakerNames;
  /** The newest version there is; null: none yet. */
  previous: StoredNotes | null;
  /** Null: no language model is configured. */
  writer: NotesWriter | null;
  clock: Clock;
  signal?: AbortSignal;
  /** Told when the model failed and the notes were extracted instead. */
  onWriterFailure?: (error: unknown) => void;
}

/** The method without a language model, as `madeBy` says it. */
export const EXTRACTIVE = 'extractive';

/**
 * Notes of a meeting whose every claim quotes the transcript, checked here whoever made them. The same words, names and
 * gaps give the very `previous.notes` back: nothing new is to be stored then. A model that fails is replaced by the
 * extractive method, and the notes say so.
 * @throws the abort reason when aborted
 */
export async function writeNotes(request: NotesRequest): Promise<MeetingNotes> {
  const { writer, previous, clock } = request;
  const aimed = writer && request.transcript.length > 0 ? madeByModel(writer) : EXTRACTIVE;
  if (previous && previous.transcriptDigest === (await notesDigest(request, aimed))) return previous.notes;
  const { content, madeBy, method } = await contentOf(request, aimed);
  // A model that failed again: what is there already is the same.
  if (previous && madeBy !== aimed && previous.transcriptDigest === (await notesDigest(request, madeBy))) return previous.notes;
  const version = (previous?.notes.version ?? 0) + 1;
  return { version, madeBy, madeAt: new Date(clock.nowMs()).toISOString(), method, ...content, missing: missingOf(request) };
}

/** What is stored beside notes to know whether they are up to date: of the words, names and gaps, and of who made them. */
export async function notesDigest({ transcript, coverage, gaps, speakers }: Pick<NotesRequest, 'transcript' | 'coverage' | 'gaps' | 'speakers'>, madeBy: string): Promise<string> {
  const items = transcript.map(({ itemId, speaker, text, startMs, endMs }) => [itemId, speaker, text, startMs, endMs]);
  const names = Object.entries(speakers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify([NOTES_REVISION, madeBy, items, names, missingOf({ coverage, gaps })]));
}

const madeByModel = (writer: NotesWriter) => `model:${writer.name}`;
/** Raise it when the methods change so much that notes of the same words should be made again. */
const NOTES_REVISION = 2;

async function contentOf(request: NotesRequest, aimed: string): Promise<{ content: NotesContent; madeBy: string; method: string }> {
  const { writer, transcript, speakers, signal, onWriterFailure } = request;
  if (transcript.length === 0) return { content: { summary: [], topics: [], decisions: [], actionItems: [], openQuestions: [] }, madeBy: EXTRACTIVE, method: 'There are no words to make notes of.' };
  if (!writer || aimed === EXTRACTIVE) return { content: extractNotes(transcript, speakers), madeBy: EXTRACTIVE, method: EXTRACTIVE_METHOD };
  try {
    const { content, dropped, parts } = await notesByModel({ items: transcript, names: speakers, writer, clock: request.clock }, signal);
    return { content, madeBy: aimed, method: modelMethod(dropped, parts) };
  } catch (error) {
    signal?.throwIfAborted();
    onWriterFailure?.(error);
    return { content: extractNotes(transcript, speakers), madeBy: EXTRACTIVE, method: `The language model did not give usable notes. ${EXTRACTIVE_METHOD}` };
  }
}

const EXTRACTIVE_METHOD =
  'Picked from the transcript without a language model: the summary is its most telling sentences as they were said; decisions, tasks and questions were found by their wording, so those put in unusual words are not among them.';

function modelMethod(dropped: number, parts: number): string {
  const read = parts > 1 ? `Written by a language model that read the meeting in ${parts} parts.` : 'Written by a language model.';
  const held = 'Every quote was compared with the transcript.';
  const left = dropped === 0 ? '' : dropped === 1 ? ' One point whose quote did not hold was left out.' : ` ${dropped} points whose quotes did not hold were left out.`;
  return `${read} ${held}${left}`;
}
