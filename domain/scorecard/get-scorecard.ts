import { SpoolError } from '../errors.ts';
import { authorize } from '../session/authorize.ts';
import { type ScorecardContext, findScored, shown } from './context.ts';
import type { Scorecard } from './scorecard.ts';

/** @throws SpoolError `auth.forbidden` | `session.not_found` | `outcome.not_ready` */
export async function getScorecard({ ctx, input }: { ctx: ScorecardContext; input: { sessionId: string } }): Promise<Scorecard> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findScored(ctx, person, input.sessionId);
  const stored = await ctx.scorecards.get(person, session.id);
  if (!stored) throw new SpoolError('outcome.not_ready');
  return shown(ctx, person, session, stored);
}
