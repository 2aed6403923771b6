/** The notes of a meeting as clients see them: whatever is claimed quotes the words it stands on. */
import { z } from 'zod';

const ms = z.int().min(0);
const noteEvidenceSchema = z.object({
  itemId: z.string(),
  /** Stands in the item's text, letter by letter once white space is made equal. */
  quote: z.string().min(1),
  /** Where the quoted words lie in the recording; an estimate within the item. */
  startMs: ms,
  endMs: ms,
  /** As in the transcript, e.g. `S1`. */
  speaker: z.string(),
});
export type NoteEvidence = z.infer<typeof noteEvidenceSchema>;

const evidence = z.array(noteEvidenceSchema).min(1);
const claim = { id: z.string(), text: z.string(), evidence };
const actionItemSchema = z.object({
  ...claim,
  /** Whoever is to do it, as called in the quoted words or as the speaker is called; null: nobody was named. */
  owner: z.string().nullable(),
  /** The voice whose task it is, where it is known. */
  ownerSpeaker: z.string().nullable(),
  /** As it was said ("by Friday"); never a date that was calculated. */
  due: z.string().nullable(),
});
export type ActionItem = z.infer<typeof actionItemSchema>;
const noteClaimSchema = z.object(claim);
export type NoteClaim = z.infer<typeof noteClaimSchema>;
const noteTopicSchema = z.object({ title: z.string(), startMs: ms, endMs: ms, evidence: evidence.optional() });
export type NoteTopic = z.infer<typeof noteTopicSchema>;

const missingSchema = z.object({
  /** The stream was away; audio whose transcription failed; audio that still waits for it; voice whose words were held back as invented. */
  missingMs: ms,
  failedMs: ms,
  waitingMs: ms,
  suppressedMs: ms,
  /** The same in plain English; null: nothing is missing. */
  words: z.string().nullable(),
});
export type Missing = z.infer<typeof missingSchema>;

export const notesSchema = z.object({
  version: z.int().min(1),
  /** `extractive`, or `model:` and the model's name. */
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** How they were made, in words for people. */
  method: z.string(),
  summary: z.array(z.object({ text: z.string(), evidence })),
  topics: z.array(noteTopicSchema),
  decisions: z.array(noteClaimSchema),
  actionItems: z.array(actionItemSchema),
  openQuestions: z.array(noteClaimSchema),
  missing: missingSchema,
});
export type MeetingNotes = z.infer<typeof notesSchema>;
/** What notes say, without who made them and when. */
export type NotesContent = Pick<MeetingNotes, 'summary' | 'topics' | 'decisions' | 'actionItems' | 'openQuestions'>;
