import { z } from 'zod';
import { authorize } from './authorize.ts';
import { found, sessionIdOf } from './context.ts';
import type { SessionContext } from './context.ts';
import { queryInteger } from './query.ts';
import { sessionEventSchema } from './session.ts';
import type { SessionEvent } from './session.ts';

const EVENTS_PER_PAGE = 500;

export const listEventsInput = z.strictObject({
  after: queryInteger({ min: 0, max: Number.MAX_SAFE_INTEGER }).default(0).describe('The last seq seen; 0 or nothing starts at the beginning.'),
});
export const eventPageSchema = z.object({
  events: z.array(sessionEventSchema),
  next: z.int().min(0).describe('Send as `after` to go on; unchanged when there was nothing new.'),
});

/** The log after `after`, oldest first, at most EVENTS_PER_PAGE at a time. @throws SpoolError `session.not_found` */
export async function listEvents({
  ctx,
  input,
}: {
  ctx: SessionContext;
  input: { sessionId: string; after: number };
}): Promise<{ events: SessionEvent[]; next: number }> {
  const person = authorize(ctx.actor, 'session.use-own');
  const events = found(await ctx.sessions.events(person, sessionIdOf(input.sessionId), input.after, EVENTS_PER_PAGE));
  return { events, next: events.at(-1)?.seq ?? input.after };
}
