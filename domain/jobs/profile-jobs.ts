/** Work on a person's profile, see session-jobs.ts. */
import { z } from 'zod';
import type { JobDefinition, JobRequest } from './session-jobs.ts';

/**
 * Makes the summary vector anew from what a profile holds when the job runs. Every change has a job of its own, named after
 * its time: one that came while another job already worked would be missed otherwise.
 */
export const summarizeProfileJob = {
  name: 'summarize-profile',
  payload: z.strictObject({ personId: z.uuid(), changedAt: z.iso.datetime() }),
  key: ({ personId, changedAt }: { personId: string; changedAt: string }) => `${personId}:${changedAt}`,
  // The model may need its pause after a crash, or be missing until somebody installs it.
  retryLimit: 8,
  retryDelayS: 5,
  retryDelayMaxS: 600,
  expireS: 120,
} satisfies JobDefinition;

export const PROFILE_JOBS: JobDefinition[] = [summarizeProfileJob];

/** `changedAt`: the database's time, to the microsecond. */
export function summarizeProfile(personId: string, changedAt: string): JobRequest {
  return { definition: summarizeProfileJob, payload: { personId, changedAt } };
}
