/**
 * What a queue of SQS is like for each job: said once, for the worker that takes from it and for the stack that defines it
 * (amplify/custom/jobs.ts). A message only carries a job; tries and pauses are the row's (docs/decisions/queues.md).
 */
import { MEETING_JOBS } from './meeting-jobs.ts';
import { PROFILE_JOBS } from './profile-jobs.ts';
import { SESSION_JOBS } from './session-jobs.ts';
import type { JobDefinition } from './session-jobs.ts';

export interface QueueSettings {
  /** The job's name; the queue's address is a prefix and this. */
  name: string;
  /** A message comes back this long after its worker last said that it is at it. */
  visibilityTimeoutSeconds: number;
  /** Deliveries before SQS moves the message to the dead-letter queue. */
  maxReceiveCount: number;
  retentionSeconds: number;
  /** The oldest message may be this old before somebody is told. */
  alarmAgeSeconds: number;
}

export const ALL_JOBS: readonly JobDefinition[] = [...SESSION_JOBS, ...MEETING_JOBS, ...PROFILE_JOBS];
export const JOB_NAMES: readonly string[] = ALL_JOBS.map(({ name }) => name);
/** Behind the name of a queue: that of its dead-letter queue. */
export const DEAD_LETTER_SUFFIX = '-dead';

/** A job that was given up is kept this long, and can be tried again; so is the sound it is about (amplify/custom/audio.ts). */
export const DEAD_LETTER_DAYS = 365;

/** Three missed beats (`BEATS_PER_VISIBILITY`), and not longer: for this long nobody takes up what a dead worker was at. */
const VISIBILITY_S = 120;
/** How often within the visibility time a worker says that it is still at a job. */
export const BEATS_PER_VISIBILITY = 4;
/** A job that brings its worker down is given to this many; more than the deployments that may interrupt a long one in a row. */
const MAX_RECEIVE_COUNT = 5;
/** Nothing is lost with a message: its row is handed over again after `confirmedS` (ROW_TIMES in adapters/pg-boss/job-rows.ts). */
const RETENTION_S = 4 * 24 * 3600;
/** Longer than a worker takes to come from nothing, with its engines. */
const LATE_S = 900;

function queueSettings({ name, expireS }: JobDefinition): QueueSettings {
  return { name, visibilityTimeoutSeconds: VISIBILITY_S, maxReceiveCount: MAX_RECEIVE_COUNT, retentionSeconds: RETENTION_S, alarmAgeSeconds: Math.max(LATE_S, expireS) };
}

export const QUEUES: readonly QueueSettings[] = ALL_JOBS.map(queueSettings);
