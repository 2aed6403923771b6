import { authorize } from '../session/authorize.ts';
import type { InterestContext } from './context.ts';

/** Forgets every decision about a topic and the summary; sessions and their interests stay. */
export async function eraseProfile({ ctx }: { ctx: InterestContext }): Promise<void> {
  await ctx.interests.eraseProfile(authorize(ctx.actor, 'session.use-own'));
  ctx.log.info({}, 'A profile was erased.');
}
