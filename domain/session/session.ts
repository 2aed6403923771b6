/** A session as clients see it. */
import { z } from 'zod';
import { SESSION_STATUSES } from '../stream/protocol.ts';

export const SESSION_KINDS = ['onboarding', 'code', 'meeting', 'dictation'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

const instant = z.iso.datetime();
export const sessionSchema = z.object({
  id: z.uuid(),
  kind: z.enum(SESSION_KINDS),
  status: z.enum(SESSION_STATUSES),
  title: z.string(),
  templateId: z.string().nullable(),
  consent: z.object({ recording: z.boolean() }),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Length of the conversation: user audio and interviewer speech on the uplink clock. */
  durationMs: z.int().min(0),
  endReason: z.string().nullable(),
  /** True: an invented person was interviewed; nothing in it is about the owner. */
  sample: z.boolean(),
  /** Of a code interview only. */
  code: z
    .object({
      /** Who the reader is here. */
      part: z.enum(['owner', 'candidate', 'observer']),
      /** True: a candidate was let in, and the seat is theirs. */
      candidate: z.boolean(),
      /** True: the candidate's editor completes words; set by the owner. */
      autocomplete: z.boolean(),
    })
    .optional(),
});
export type Session = z.infer<typeof sessionSchema>;

export const transcriptItemSchema = z.object({
  itemId: z.string(),
  revision: z.int().min(1),
  speaker: z.string(),
  /** Of the agent: what was heard. */
  text: z.string(),
  /** Of an interrupted agent item: what was not. */
  unheardText: z.string().optional(),
  startSample: z.int().min(0),
  endSample: z.int().min(0),
  startMs: z.int().min(0),
  endMs: z.int().min(0),
});
export type TranscriptItem = z.infer<typeof transcriptItemSchema>;

export const sessionEventSchema = z.object({
  seq: z.int().min(1),
  type: z.string(),
  sample: z.int().min(0).optional(),
  /** Milliseconds since the session was created. */
  atMs: z.int().min(0),
  data: z.unknown(),
});
export type SessionEvent = z.infer<typeof sessionEventSchema>;
