import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { checkDraft } from './check-draft.ts';
import type { CodeContext } from './context.ts';
import type { Problem, ProblemDraft } from './problem.ts';

/** Puts another text in the place of a problem of the person's own, also for sessions that work with it. @throws SpoolError `template.not_found` | `request.invalid` */
export async function updateTemplate({ ctx, input: { templateId, draft } }: { ctx: CodeContext; input: { templateId: string; draft: ProblemDraft } }): Promise<Problem> {
  const person = authorize(ctx.actor, 'problem.keep');
  checkDraft(draft);
  const problem = { ...draft, id: templateId };
  if (!(await ctx.ownProblems.update(person, problem))) throw new SpoolError('template.not_found');
  return problem;
}
