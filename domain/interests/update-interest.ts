import { z } from 'zod';
import { isPlainLine } from '../identity/person-name.ts';
import { authorize } from '../session/authorize.ts';
import { sessionIdOf } from '../session/context.ts';
import { CATEGORIES } from './categories.ts';
import type { CategoryId } from './categories.ts';
import { interestIdOf, refuseMissing } from './context.ts';
import type { InterestAddress, InterestContext } from './context.ts';
import { SENTIMENTS } from './interest.ts';
import type { Interest } from './interest.ts';
import { findTopic } from './taxonomy.ts';

/** Topics are compared by their text, so it is kept in one form: lower case, one space between words. */
const topicSchema = z
  .string()
  .trim()
  .min(1, 'A topic may not be empty; delete the interest instead.')
  .max(120, 'A topic may have at most 120 characters.')
  .refine(isPlainLine, 'A topic may not contain control characters.')
  .overwrite((topic) => topic.normalize('NFC').replace(/\s+/gu, ' ').toLowerCase());

export const updateInterestInput = z.strictObject({
  topic: topicSchema.optional(),
  category: z.enum(CATEGORIES.map(({ id }) => id) as [CategoryId, ...CategoryId[]]).optional(),
  sentiment: z.enum(SENTIMENTS).optional(),
  status: z.literal('confirmed').optional(),
});

/**
 * Changes what is given; any change confirms the interest, for later sessions too. A known topic brings its category
 * along unless one is given. @throws SpoolError `session.not_found` | `interest.not_found`
 */
export async function updateInterest({
  ctx,
  input,
}: {
  ctx: InterestContext;
  input: InterestAddress & { patch: z.infer<typeof updateInterestInput> };
}): Promise<Interest> {
  const person = authorize(ctx.actor, 'session.use-own');
  const sessionId = sessionIdOf(input.sessionId);
  const { topic, sentiment, status } = input.patch;
  const category = input.patch.category ?? (topic === undefined ? undefined : findTopic(topic)?.category);
  const interest = await ctx.interests.update(person, sessionId, interestIdOf(input.interestId), {
    ...(topic !== undefined && { topic }),
    ...(category !== undefined && { category }),
    ...(sentiment !== undefined && { sentiment }),
    ...(status !== undefined && { status }),
  });
  if (!interest) return refuseMissing(ctx, person, sessionId);
  ctx.log.info({ sessionId, interestId: interest.id }, 'An interest was changed.');
  return interest;
}
