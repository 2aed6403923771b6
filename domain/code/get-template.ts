import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import type { CodeContext } from './context.ts';
import type { Problem, PublicProblem } from './problem.ts';

/** Without hidden tests, solutions, hints and the rubric. @throws SpoolError `template.not_found` */
export async function getTemplate({ ctx, input }: { ctx: CodeContext; input: { templateId: string } }): Promise<PublicProblem> {
  const person = authorize(ctx.actor, 'session.use-own');
  const problem = await ctx.problems.get(person, input.templateId);
  if (!problem) throw new SpoolError('template.not_found');
  return publicPart(problem);
}

export function publicPart({ id, title, difficulty, areas, minutes, statement, signature, compare, visibleTests, starters }: Problem): PublicProblem {
  return { id, title, difficulty, areas, minutes, statement, signature, compare, visibleTests, starters };
}
