/** Background work that failed every time: for admins to look through and to send back to work. */
import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { SpoolError } from '../errors.ts';
import type { Log } from '../log.ts';
import { authorize } from '../session/authorize.ts';

/** Payloads hold identifiers only, never words or names. */
export const deadLetterSchema = z.object({
  id: z.uuid(),
  job: z.string().describe('What kind of work it is.'),
  payload: z.unknown(),
  failedAt: z.iso.datetime(),
  failure: z.string().nullable().describe('The code of the error.'),
});
export const deadLetterListSchema = z.object({ deadLetters: z.array(deadLetterSchema) });
type DeadLetter = z.infer<typeof deadLetterSchema>;

export interface DeadLetters {
  /** The newest first, at most `limit`. */
  list(limit: number): Promise<DeadLetter[]>;
  /** Gives it all its tries again. False: there is no such dead letter (any more). */
  retry(id: string): Promise<boolean>;
}
export interface OperationsContext {
  actor: Actor;
  log: Log;
  deadLetters: DeadLetters;
}

const MOST = 200;

/** @throws SpoolError `auth.forbidden` */
export async function listDeadLetters({ ctx }: { ctx: OperationsContext }): Promise<{ deadLetters: DeadLetter[] }> {
  authorize(ctx.actor, 'operations.see');
  return { deadLetters: await ctx.deadLetters.list(MOST) };
}

/** @throws SpoolError `auth.forbidden` | `dead_letter.not_found` */
export async function retryDeadLetter({ ctx, input }: { ctx: OperationsContext; input: { id: string } }): Promise<void> {
  authorize(ctx.actor, 'operations.see');
  if (!z.uuid().safeParse(input.id).success || !(await ctx.deadLetters.retry(input.id))) throw new SpoolError('dead_letter.not_found');
  ctx.log.info({ deadLetter: input.id }, 'A dead letter is tried again.');
}
