/** A meeting as clients see it: how much of it is there, who speaks, and what was made of it. */
import { z } from 'zod';

const MEETING_SOURCES = ['browser', 'rtmp', 'rtms', 'file'] as const;
export type MeetingSource = (typeof MEETING_SOURCES)[number];

export const CHUNK_STATES = ['captured', 'transcribing', 'transcribed', 'failed'] as const;
export type ChunkState = (typeof CHUNK_STATES)[number];

const ms = z.int().min(0);
/** Every captured millisecond is in exactly one of `transcribedMs`, `waitingMs`, `failedMs`. */
export const coverageSchema = z.object({
  /** Audio on the disk. */
  capturedMs: ms,
  /** Of it, in chunks that are transcribed; on their way; and given up for now (words written live are kept for those). */
  transcribedMs: ms,
  waitingMs: ms,
  failedMs: ms,
  /** Time in which the stream was away: never captured. */
  missingMs: ms,
  /** How far behind the newest captured sound the transcript is: 0 when nothing waits. */
  lagMs: ms,
  /** Of the transcribed: voice, voice with words on it, and voice whose words were held back as invented. */
  speechMs: ms,
  coveredMs: ms,
  suppressedMs: ms,
  chunks: z.object({ total: ms, transcribed: ms, waiting: ms, failed: ms }),
  /** True: it is over, nothing waits, failed or is missing. */
  complete: z.boolean(),
});
export type Coverage = z.infer<typeof coverageSchema>;

const meetingChunkSchema = z.object({
  chunk: z.int().min(0),
  startMs: ms,
  endMs: ms,
  state: z.enum(CHUNK_STATES),
  attempts: z.int().min(0),
  /** The code of the error it last failed of. */
  failure: z.string().nullable(),
  speechMs: ms,
  coveredMs: ms,
  suppressedMs: ms,
});

export type MeetingChunk = z.infer<typeof meetingChunkSchema>;

export const meetingGapReasonSchema = z.enum(['stream_away', 'ingest_failed', 'file_damaged']);
/** A time in which the stream was away, at the place of the recording where it would lie. */
const meetingGapSchema = z.object({ atMs: ms, missingMs: ms, from: z.iso.datetime(), to: z.iso.datetime(), reason: meetingGapReasonSchema });
export type MeetingGap = z.infer<typeof meetingGapSchema>;

export const meetingSchema = z.object({
  sessionId: z.uuid(),
  source: z.enum(MEETING_SOURCES),
  /** Of a stream: whether it has come, is there, or is away and since when; `closesAt`: the meeting ends then unless it returns. */
  stream: z.object({ state: z.enum(['awaited', 'here', 'away', 'over']), awaySince: z.iso.datetime().nullable(), closesAt: z.iso.datetime().nullable() }).nullable(),
  coverage: coverageSchema,
  chunks: z.array(meetingChunkSchema),
  gaps: z.array(meetingGapSchema),
  /** In how many chunks the voices were told apart; none: this server has no models for it, or nobody spoke. */
  voicedChunks: z.int().min(0),
  /** How often notes were written; 0: not yet. */
  notesVersion: z.int().min(0),
});
export type Meeting = z.infer<typeof meetingSchema>;
