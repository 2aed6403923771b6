/** What a template cannot say: for how long things run and what people do. Change these to your own before you believe the table. */

export interface Assumptions {
  /** Hours in a month. */
  month: number;
  /** Hours in which services that are stopped at night run. */
  up: number;
  /** Hours in which a service from zero has one task, by the part's name. */
  awake: Readonly<Record<string, number>>;
  /** Hours of live audio, all sessions together. */
  sessionHours: number;
  gpuHours: number;
  codeRuns: number;
  meetings: number;
  /** Months a recording is kept, which is how much has gathered. */
  recordingMonths: number;
  logGb: number;
  natGb: number;
  requestsMillions: number;
}

const MONTH = 730;
/** 15 hours (05:00 to 20:00 UTC) on 21.7 working days. */
const WORKING_HOURS = Math.round(15 * 21.7);

export const ASSUMPTIONS: Readonly<Record<'staging' | 'main', Assumptions>> = {
  staging: { month: MONTH, up: WORKING_HOURS, awake: { Realtime: 60, Ingest: 10 }, sessionHours: 20, gpuHours: 4, codeRuns: 500, meetings: 10, recordingMonths: 1, logGb: 1, natGb: 10, requestsMillions: 0.1 },
  main: { month: MONTH, up: MONTH, awake: {}, sessionHours: 1000, gpuHours: 60, codeRuns: 20_000, meetings: 300, recordingMonths: 12, logGb: 20, natGb: 60, requestsMillions: 2 },
};

/** Of an hour of live audio at 16 kHz (docs/decisions/audio-on-s3.md). */
export const AUDIO_HOUR = { gb: 0.115, puts: 4_500, gets: 4_500, downlinkGb: 0.1, capacityUnits: 0.3 } as const;
/** A worker asks each queue for 20 s at a time. */
export const POLLS_PER_HOUR = 180;
/** What Container Insights keeps of a service, and what the processes write (domain/operations/metrics.ts), beside those of each job. */
export const INSIGHT_METRICS_PER_SERVICE = 11;
export const PROCESS_METRICS = 14;
export const METRICS_PER_JOB = 2;
export const CODE_RUN_SECONDS = 2;
/** Sessions in which code runs, of which each makes an environment. */
export const CODE_RUNS_PER_SESSION = 10;
export const TRANSITIONS_PER_MEETING = 12;
export const LANGFLOW_GB = 2;
