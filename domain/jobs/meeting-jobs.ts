/** Work on meetings that must not be lost. */
import { z } from 'zod';
import type { JobDefinition } from './session-jobs.ts';

const meetingPayload = z.strictObject({ sessionId: z.uuid() });
const meetingKey = (payload: { sessionId: string }) => payload.sessionId;

/** 5 retries from 2 s, doubling to a minute, span about a minute: then a person is told, and may try again. */
const prompt = { retryLimit: 5, retryDelayS: 2, retryDelayMaxS: 60, expireS: 300 };

/** Transcribes one chunk of the ledger. Delivered twice, it changes nothing. */
export const transcribeChunkJob = {
  name: 'transcribe-chunk',
  payload: z.strictObject({ sessionId: z.uuid(), chunk: z.int().min(0) }),
  key: (payload: { sessionId: string; chunk: number }) => `${payload.sessionId}:${payload.chunk}`,
  ...prompt,
  concurrency: 2,
  follows: ['assemble-meeting'],
} satisfies JobDefinition;

/**
 * Runs when the closing of a meeting must not wait any longer, and from then on until it is closed: a closing that failed for good
 * is asked for once more (spool_watch_closing). Nobody watches the watch: 400 tries up to an hour apart are more than the two weeks
 * for which a queue keeps a row.
 */
export const checkMeetingJob = { name: 'check-meeting', payload: meetingPayload, key: meetingKey, ...prompt, retryLimit: 400, retryDelayMaxS: 3600, follows: ['assemble-meeting'] } satisfies JobDefinition;
/** Puts the transcript together: seams, voices of the whole meeting. */
export const assembleMeetingJob = { name: 'assemble-meeting', payload: meetingPayload, key: meetingKey, ...prompt, expireS: 900, follows: ['write-notes'] } satisfies JobDefinition;
/** Writes the notes, and the meeting's final status. */
export const writeNotesJob = { name: 'write-notes', payload: meetingPayload, key: meetingKey, ...prompt, expireS: 900, follows: ['index-transcript'] } satisfies JobDefinition;
/** Loads the engines before the first chunk of a meeting that is about to be streamed; where workers come from nothing, calls one. */
export const warmWorkersJob = { name: 'warm-workers', payload: meetingPayload, key: meetingKey, retryLimit: 1, retryDelayS: 2, retryDelayMaxS: 2, expireS: 120 } satisfies JobDefinition;
/** Has what was said found by its meaning. Nothing waits for it. */
export const indexTranscriptJob = { name: 'index-transcript', payload: meetingPayload, key: meetingKey, ...prompt, expireS: 1800 } satisfies JobDefinition;
/** Takes an uploaded file into its session's audio. */
export const takeInFileJob = {
  name: 'take-in-file',
  payload: z.strictObject({ sessionId: z.uuid(), uploadId: z.uuid() }),
  key: (payload: { sessionId: string; uploadId: string }) => payload.uploadId,
  ...prompt,
  expireS: 4 * 3600,
  follows: ['transcribe-chunk'],
} satisfies JobDefinition;

export const MEETING_JOBS: JobDefinition[] = [warmWorkersJob, transcribeChunkJob, checkMeetingJob, assembleMeetingJob, writeNotesJob, indexTranscriptJob, takeInFileJob];
