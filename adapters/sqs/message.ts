/** What a message says: where the job's row is, and nothing else. */
import { z } from 'zod';
import type { JobPlace } from '#domain/jobs/job-rows.ts';

const schema = z.strictObject({ job: z.string(), id: z.uuid() });

export function messageOf({ name, id }: JobPlace): string {
  return JSON.stringify({ job: name, id });
}

/** Null for what is no message of the queue of that job. */
export function placeOf(body: string | undefined, name: string): JobPlace | null {
  try {
    const { job, id } = schema.parse(JSON.parse(body ?? ''));
    return job === name ? { name, id } : null;
  } catch {
    return null;
  }
}
