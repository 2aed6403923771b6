import { SpoolError } from '../errors.ts';
import { authorize } from '../session/authorize.ts';
import { type ScorecardContext, findScored, shown } from './context.ts';
import type { Scorecard } from './scorecard.ts';

/** Whoever signs answers for it; from then on it is fixed. @throws SpoolError `auth.forbidden` | `session.not_found` | `outcome.not_ready` | `scorecard.signed` */
export async function signScorecard({ ctx, input }: { ctx: ScorecardContext; input: { sessionId: string } }): Promise<Scorecard> {
  const person = authorize(ctx.actor, 'session.score');
  const session = await findScored(ctx, person, input.sessionId);
  const signed = await ctx.scorecards.sign(person, session.id);
  if (signed === 'signed') throw new SpoolError('scorecard.signed');
  if (!signed) throw new SpoolError('outcome.not_ready');
  ctx.log.info({ sessionId: session.id }, 'A scorecard was signed.');
  return shown(ctx, person, session, signed);
}
