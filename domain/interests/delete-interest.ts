import { authorize } from '../session/authorize.ts';
import { sessionIdOf } from '../session/context.ts';
import { interestIdOf, refuseMissing } from './context.ts';
import type { InterestAddress, InterestContext } from './context.ts';

/** Not claimed again in later sessions until the person confirms it. @throws SpoolError `session.not_found` | `interest.not_found` */
export async function deleteInterest({ ctx, input }: { ctx: InterestContext; input: InterestAddress }): Promise<void> {
  const person = authorize(ctx.actor, 'session.use-own');
  const sessionId = sessionIdOf(input.sessionId);
  const interestId = interestIdOf(input.interestId);
  if (!(await ctx.interests.remove(person, sessionId, interestId))) return refuseMissing(ctx, person, sessionId);
  ctx.log.info({ sessionId, interestId }, 'An interest was deleted.');
}
