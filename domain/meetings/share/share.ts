/** Links by which a meeting can be read without an account. */
import { z } from 'zod';
import { notesSchema } from '../notes/schema.ts';
import { transcriptGapSchema } from '../transcript-gaps.ts';

const DEFAULT_SHARE_HOURS = 7 * 24;
const MAX_SHARE_HOURS = 365 * 24;
/** Links of one meeting that are good at the same time. */
export const MAX_OPEN_SHARES = 50;

const instant = z.iso.datetime();
const shareSchema = z.object({ id: z.uuid(), createdAt: instant, expiresAt: instant, revokedAt: instant.nullable() });
export type Share = z.infer<typeof shareSchema>;
export const shareListSchema = z.object({ shares: z.array(shareSchema) });
export const createShareInput = z.strictObject({ expiresInHours: z.int().min(1).max(MAX_SHARE_HOURS).default(DEFAULT_SHARE_HOURS) });
export const createdShareSchema = z.object({ share: shareSchema, url: z.string().describe('The path of the page, with the secret: shown this once.') });

/** What the holder of a link sees: words, never sound, and nothing by which to find the meeting or its owner elsewhere. */
export const sharedMeetingSchema = z.object({
  title: z.string(),
  /** When it began. */
  heldAt: instant,
  durationMs: z.int().min(0),
  /** The link is good until then. */
  expiresAt: instant,
  /** True: nothing is added any more. */
  over: z.boolean(),
  /** What is missing, in plain English; null: nothing. */
  missing: z.string().nullable(),
  /** The same at its place between the items. */
  gaps: z.array(transcriptGapSchema),
  /** Null: not written yet. */
  notes: notesSchema.nullable(),
  items: z.array(z.object({ itemId: z.string(), speaker: z.string(), name: z.string().nullable(), text: z.string(), startMs: z.int().min(0), endMs: z.int().min(0) })),
});
export type SharedMeeting = z.infer<typeof sharedMeetingSchema>;
