import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import type { CodeContext } from './context.ts';
import type { Problem } from './problem.ts';

/** Whole, with hidden tests and solutions, for who added it and nobody else. @throws SpoolError `template.not_found` */
export async function getOwnTemplate({ ctx, input }: { ctx: CodeContext; input: { templateId: string } }): Promise<Problem> {
  const person = authorize(ctx.actor, 'problem.keep');
  const problem = await ctx.ownProblems.read(person, input.templateId);
  if (!problem) throw new SpoolError('template.not_found');
  return problem;
}
