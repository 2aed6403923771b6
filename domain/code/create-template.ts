import { newId } from '../ids.ts';
import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { checkDraft } from './check-draft.ts';
import type { CodeContext } from './context.ts';
import { OWN_PREFIX } from './problem.ts';
import type { Problem, ProblemDraft } from './problem.ts';

/** Per person; docs and the words of `template.too_many` name it. */
export const MAX_OWN_PROBLEMS = 100;

/** Keeps a problem of the person's own. Its solutions are not run. @throws SpoolError `template.too_many` | `request.invalid` */
export async function createTemplate({ ctx, input }: { ctx: CodeContext; input: ProblemDraft }): Promise<Problem> {
  const person = authorize(ctx.actor, 'problem.keep');
  checkDraft(input);
  const problem = { ...input, id: `${OWN_PREFIX}${newId()}` };
  if ((await ctx.ownProblems.create(person, problem, MAX_OWN_PROBLEMS)) === 'too_many') throw new SpoolError('template.too_many');
  ctx.log.info({ templateId: problem.id }, 'A problem was added.');
  return problem;
}
