import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import type { CodeContext } from './context.ts';

/** Removes a problem of the person's own; sessions that are over keep what was written in them. @throws SpoolError `template.not_found` | `template.in_use` */
export async function deleteTemplate({ ctx, input }: { ctx: CodeContext; input: { templateId: string } }): Promise<void> {
  const person = authorize(ctx.actor, 'problem.keep');
  const removed = await ctx.ownProblems.remove(person, input.templateId);
  if (removed === null) throw new SpoolError('template.not_found');
  if (removed === 'in_use') throw new SpoolError('template.in_use');
  ctx.log.info({ templateId: input.templateId }, 'A problem was deleted.');
}
