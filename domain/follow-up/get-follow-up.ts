import type { Actor } from '../actor.ts';
import type { Log } from '../log.ts';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { SessionRepository } from '../session/ports.ts';
import type { FollowUp } from './follow-up.ts';
import type { FollowUpReader } from './ports.ts';

export interface FollowUpContext {
  actor: Actor;
  log: Log;
  sessions: SessionRepository;
  followUps: FollowUpReader;
}

/** Null while there is none: without a LangFlow there never is one. @throws SpoolError `auth.forbidden` | `session.not_found` */
export async function getFollowUp({ ctx, input }: { ctx: FollowUpContext; input: { sessionId: string } }): Promise<{ followUp: FollowUp | null }> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  return { followUp: await ctx.followUps.get(person, session.id) };
}
