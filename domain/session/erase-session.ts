import { SpoolError } from '../errors.ts';
import { authorize } from './authorize.ts';
import { sessionIdOf } from './context.ts';
import type { SessionContext } from './context.ts';

/** Removes everything the session left, for good. @throws SpoolError `session.not_found` */
export async function eraseSession({ ctx, input }: { ctx: SessionContext; input: { sessionId: string } }): Promise<void> {
  const person = authorize(ctx.actor, 'session.use-own');
  const sessionId = sessionIdOf(input.sessionId);
  if (!(await ctx.sessions.erase(person, sessionId))) throw new SpoolError('session.not_found');
  ctx.log.info({ sessionId }, 'A session was erased.');
}
