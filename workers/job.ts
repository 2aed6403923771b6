/** A handler of one kind of job. It may run more than once for the same payload and must leave the same result. */
import type { z } from 'zod';
import type { JobDefinition } from '#domain/jobs/session-jobs.ts';

export interface JobHandler {
  definition: JobDefinition;
  /** Gives up when aborted (the process stops, or the job took longer than `expireS`); it is tried again later. */
  handle(payload: unknown, signal: AbortSignal): Promise<void>;
}

/** Ties a handler to its definition, with the payload's type. */
export function jobHandler<Payload extends z.ZodType>(definition: JobDefinition<Payload>, handle: (payload: z.infer<Payload>, signal: AbortSignal) => Promise<void>): JobHandler {
  return { definition: definition as unknown as JobDefinition, handle: async (payload, signal) => handle(definition.payload.parse(payload), signal) };
}
