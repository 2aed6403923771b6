import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import type { InterestContext } from './context.ts';
import { interestSchema, mentionSchema } from './interest.ts';
import type { Profile } from './ports.ts';

const evidenceSchema = mentionSchema.extend({ sessionId: z.uuid(), interestId: z.uuid(), saidAt: z.iso.datetime() });
export const profileSchema = z.object({
  interests: z.array(interestSchema.pick({ topic: true, category: true, sentiment: true, confidence: true, status: true }).extend({ evidence: z.array(evidenceSchema).describe('Newest first.') })),
  summary: z
    .object({ model: z.string(), dimensions: z.int().min(1), updatedAt: z.iso.datetime() })
    .nullable()
    .describe('Which model made the vector that sums up the likes, for recommendations; null while nothing is liked, for some seconds after a change, and once erased.'),
  updatedAt: z.iso.datetime().nullable(),
}) satisfies z.ZodType<Profile>;

/** One entry per topic, by first mention. Topics the person deleted are left out. */
export async function getProfile({ ctx }: { ctx: InterestContext }): Promise<Profile> {
  return ctx.interests.profile(authorize(ctx.actor, 'session.use-own'));
}
