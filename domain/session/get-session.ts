import { authorize } from './authorize.ts';
import { findSession } from './context.ts';
import type { SessionContext } from './context.ts';
import type { Session } from './session.ts';

/** @throws SpoolError `session.not_found` */
export async function getSession({ ctx, input }: { ctx: SessionContext; input: { sessionId: string } }): Promise<Session> {
  const person = authorize(ctx.actor, 'session.use-own');
  return findSession(ctx, person, input.sessionId);
}
