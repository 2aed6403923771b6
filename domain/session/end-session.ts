import { authorize } from './authorize.ts';
import { found, sessionIdOf } from './context.ts';
import type { SessionContext } from './context.ts';
import type { Session } from './session.ts';

/** Asks for the end; a session that is over stays as it is. @throws SpoolError `session.not_found` */
export async function endSession({ ctx, input }: { ctx: SessionContext; input: { sessionId: string } }): Promise<Session> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = found(await ctx.sessions.requestEnd(person, sessionIdOf(input.sessionId)));
  ctx.log.info({ sessionId: session.id, status: session.status }, 'The end of a session was asked for.');
  return session;
}
