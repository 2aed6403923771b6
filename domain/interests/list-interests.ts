import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { found, sessionIdOf } from '../session/context.ts';
import type { InterestContext } from './context.ts';
import { interestSchema } from './interest.ts';
import type { Interest } from './interest.ts';

export const interestListSchema = z.object({ interests: z.array(interestSchema) });

/** By first mention; deleted and retracted ones are left out. @throws SpoolError `session.not_found` */
export async function listInterests({ ctx, input }: { ctx: InterestContext; input: { sessionId: string } }): Promise<{ interests: Interest[] }> {
  const person = authorize(ctx.actor, 'session.use-own');
  return { interests: found(await ctx.interests.list(person, sessionIdOf(input.sessionId))) };
}
