import type { z } from 'zod';
import type { JobDefinition } from '#domain/jobs/session-jobs.ts';

export interface JobAttempt {
  /** When this one fails, nobody tries again. */
  lastTry: boolean;
}

/** A handler of one kind of job. It may run more than once for the same payload and must leave the same result. */
export interface JobHandler {
  definition: JobDefinition;
  /** Gives up when aborted (the process stops, or the job took longer than `expireS`); it is tried again later. */
  handle(payload: unknown, signal: AbortSignal, attempt?: JobAttempt): Promise<void>;
}

/** Ties a handler to its definition, with the payload's type. */
export function jobHandler<Payload extends z.ZodType>(definition: JobDefinition<Payload>, handle: (payload: z.infer<Payload>, signal: AbortSignal, attempt: JobAttempt) => Promise<void>): JobHandler {
  return { definition: definition as unknown as JobDefinition, handle: async (payload, signal, attempt = { lastTry: false }) => handle(definition.payload.parse(payload), signal, attempt) };
}
