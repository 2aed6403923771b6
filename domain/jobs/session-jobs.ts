/**
 * Work on a session that must not be lost. A job is a definition (name, payload) and an idempotent handler in
 * `workers/handlers/`; it is enqueued in the transaction that makes it necessary, so neither exists without the other.
 * Payloads carry identifiers only, never words, names or tokens.
 */
import { z } from 'zod';

export interface JobDefinition<Payload extends z.ZodType = z.ZodType> {
  name: string;
  payload: Payload;
  /** Two jobs with one key are one job: the id is derived from name and key. */
  key(payload: z.infer<Payload>): string;
  /** Times it is tried again before it becomes a dead letter. */
  retryLimit: number;
  /** First pause before a retry; each further one doubles, up to `retryDelayMaxS`. */
  retryDelayS: number;
  retryDelayMaxS: number;
  /** A handler that has not finished by then is taken to be dead. */
  expireS: number;
  /** How many of them a worker runs at a time; one unless given. */
  concurrency?: number;
  /** Names of the jobs that one of these may make necessary. */
  follows?: readonly string[];
}
export interface JobRequest<Payload = unknown> {
  definition: JobDefinition;
  payload: Payload;
  /** Not before this many seconds from now. */
  delayS?: number;
}

/** 12 retries from 5 s, doubling to 10 minutes, span about an hour: a full disk or a restart is over by then. */
const patient = { retryLimit: 12, retryDelayS: 5, retryDelayMaxS: 600, expireS: 300 };
const sessionPayload = z.strictObject({ sessionId: z.uuid() });

/** Removes every byte of a session's audio. `pass` 2 comes later, for what a live server still wrote meanwhile. */
export const eraseSessionJob = {
  name: 'erase-session',
  payload: z.strictObject({ sessionId: z.uuid(), pass: z.literal([1, 2]) }),
  key: (payload: { sessionId: string; pass: number }) => `${payload.sessionId}:${payload.pass}`,
  ...patient,
} satisfies JobDefinition;

/** Writes the one recording object of an ended session that may be recorded. */
export const sealRecordingJob = { name: 'seal-recording', payload: sessionPayload, key: (payload: { sessionId: string }) => payload.sessionId, ...patient } satisfies JobDefinition;

/** Removes the audio of an ended session that must not be recorded. */
export const forgetRecordingJob = { name: 'forget-recording', payload: sessionPayload, key: (payload: { sessionId: string }) => payload.sessionId, ...patient } satisfies JobDefinition;

/** Holds the conversation of a sample: minutes in which the worker mostly waits. Somebody waits for it, so it is given up soon. */
export const makeSampleJob = {
  name: 'make-sample',
  payload: sessionPayload,
  key: (payload: { sessionId: string }) => payload.sessionId,
  retryLimit: 4,
  retryDelayS: 2,
  retryDelayMaxS: 20,
  expireS: 600,
  concurrency: 3,
} satisfies JobDefinition;

/** Drafts the scorecard of a code interview that is over. */
export const scoreInterviewJob = { name: 'score-interview', payload: sessionPayload, key: (payload: { sessionId: string }) => payload.sessionId, ...patient } satisfies JobDefinition;

/** Has LangFlow write about an interview that is over, where there is one. */
export const writeFollowUpJob = { name: 'write-follow-up', payload: sessionPayload, key: (payload: { sessionId: string }) => payload.sessionId, ...patient } satisfies JobDefinition;

export const SESSION_JOBS: JobDefinition[] = [eraseSessionJob, sealRecordingJob, forgetRecordingJob, makeSampleJob, scoreInterviewJob, writeFollowUpJob];

/** A writer whose lease ran out has stopped by then: erase once more. */
const SECOND_ERASE_AFTER_S = 120;

export function eraseSession(sessionId: string): JobRequest[] {
  return [
    { definition: eraseSessionJob, payload: { sessionId, pass: 1 } },
    { definition: eraseSessionJob, payload: { sessionId, pass: 2 }, delayS: SECOND_ERASE_AFTER_S },
  ];
}
/** What becomes of the audio once a session has ended. */
export function keepOrForget(sessionId: string, recordingConsent: boolean): JobRequest {
  return { definition: recordingConsent ? sealRecordingJob : forgetRecordingJob, payload: { sessionId } };
}
