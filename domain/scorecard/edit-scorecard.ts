import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import type { FieldProblem } from '../errors.ts';
import { authorize } from '../session/authorize.ts';
import { type ScorecardContext, findScored, shown } from './context.ts';
import { checkedEvidence } from './evidence.ts';
import { areasSchema } from './scorecard.ts';
import type { AreaScore, Scorecard } from './scorecard.ts';

export const editScorecardInput = z.strictObject({ areas: areasSchema.optional(), note: z.string().max(10_000).optional() });

/**
 * Changes the draft; what is not given stays. Evidence must exist in the session; a reason of a person's own may do without.
 * @throws SpoolError `auth.forbidden` | `session.not_found` | `outcome.not_ready` | `scorecard.signed` | `request.invalid`
 */
export async function editScorecard({ ctx, input }: { ctx: ScorecardContext; input: { sessionId: string } & z.infer<typeof editScorecardInput> }): Promise<Scorecard> {
  const person = authorize(ctx.actor, 'session.score');
  const session = await findScored(ctx, person, input.sessionId);
  const areas = input.areas === undefined ? undefined : await withEvidence(input.areas, ctx, session.id, person);
  const edited = await ctx.scorecards.edit(person, session.id, { ...(areas ? { areas } : {}), ...(input.note === undefined ? {} : { note: input.note }) });
  if (edited === 'signed') throw new SpoolError('scorecard.signed');
  if (!edited) throw new SpoolError('outcome.not_ready');
  ctx.log.info({ sessionId: session.id }, 'A scorecard was edited.');
  return shown(ctx, person, session, edited);
}

async function withEvidence(areas: AreaScore[], ctx: ScorecardContext, sessionId: string, person: Parameters<ScorecardContext['scorecards']['pointable']>[0]): Promise<AreaScore[]> {
  const pointable = await ctx.scorecards.pointable(person, sessionId);
  const problems: FieldProblem[] = [];
  const checked = areas.map((area, at) => ({
    ...area,
    reasons: area.reasons.map((reason, index) => ({
      ...reason,
      evidence: reason.evidence.flatMap((each, place) => {
        const found = checkedEvidence(each, pointable);
        if (!found) problems.push({ path: `$.areas[${at}].reasons[${index}].evidence[${place}]`, message: 'There is no such thing in this session; quotes must be letter by letter.' });
        return found ?? [];
      }),
    })),
  }));
  if (problems.length > 0) throw new SpoolError('request.invalid', undefined, { errors: problems });
  return checked;
}
