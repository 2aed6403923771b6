import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import type { CodeContext } from './context.ts';
import { OWN_PREFIX, publicProblemSchema } from './problem.ts';

export const templateSummarySchema = publicProblemSchema.pick({ id: true, title: true, difficulty: true, areas: true, minutes: true }).extend({ own: z.boolean().describe('The caller added it and may change it.') });
export const templateListSchema = z.strictObject({ templates: z.array(templateSummarySchema), nextCursor: z.null() });

/** From easy to hard; of those that people added only the caller's. */
export async function listTemplates({ ctx }: { ctx: CodeContext }): Promise<z.infer<typeof templateListSchema>> {
  const person = authorize(ctx.actor, 'session.use-own');
  const rank = { easy: 0, medium: 1, hard: 2 };
  const problems = (await ctx.problems.list(person)).toSorted((a, b) => rank[a.difficulty] - rank[b.difficulty] || a.title.localeCompare(b.title, 'en'));
  return { templates: problems.map(({ id, title, difficulty, areas, minutes }) => ({ id, title, difficulty, areas, minutes, own: id.startsWith(OWN_PREFIX) })), nextCursor: null };
}
