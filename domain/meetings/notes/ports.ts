/** What notes need from language models and from storage. */
import type { PersonActor } from '../../actor.ts';
import type { SpeakerNames } from '../../session/speaker-names.ts';
import type { MeetingNotes } from './schema.ts';

/** An item of the transcript as notes read it; those that were superseded are left out. By start. */
export interface NotesItem {
  itemId: string;
  speaker: string;
  text: string;
  startMs: number;
  endMs: number;
}

/** What somebody claims a piece of transcript says. Nothing of it counts before it is checked. */
export interface ClaimedEvidence {
  itemId: string;
  quote: string;
}
export interface ClaimedNotes {
  summary: { text: string; evidence: ClaimedEvidence[] }[];
  topics: { title: string; evidence: ClaimedEvidence[] }[];
  decisions: { text: string; evidence: ClaimedEvidence[] }[];
  actionItems: { text: string; owner: string | null; due: string | null; evidence: ClaimedEvidence[] }[];
  openQuestions: { text: string; evidence: ClaimedEvidence[] }[];
}

/** A language model that reads one part of a meeting. Whoever asks splits long meetings, joins the parts and checks all of it. */
export interface NotesWriter {
  /** Of the model. */
  readonly name: string;
  /** So many characters of transcript are read at once. */
  readonly maxChars: number;
  /** @throws SpoolError `engine.*` */
  read(request: { items: readonly NotesItem[]; names: SpeakerNames; part: { number: number; of: number }; rejected?: readonly string[] }, signal?: AbortSignal): Promise<ClaimedNotes>;
  /** Of the points of all parts, those that tell the meeting best: numbers of `points`, in order. @throws SpoolError `engine.*` */
  choose(request: { points: readonly string[]; atMost: number }, signal?: AbortSignal): Promise<number[]>;
}

export interface StoredNotes {
  notes: MeetingNotes;
  transcriptDigest: string;
}
/** As the person, under row-level security. Null: no notes yet, or not theirs. */
export interface NotesReader {
  newest(actor: PersonActor, sessionId: string): Promise<MeetingNotes | null>;
}
/** The worker's side, as a service. */
export interface NotesStore {
  newestStored(sessionId: string): Promise<StoredNotes | null>;
  /** Adds a version. False: there is one with this number already, or the session is gone; nothing was written. */
  add(sessionId: string, stored: StoredNotes): Promise<boolean>;
}
