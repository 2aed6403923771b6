import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { uuidSchema } from '../ids.ts';
import type { CodeContext } from './context.ts';
import type { Executed } from './execute-code.ts';

/** @throws SpoolError `run.not_found` | `run.lost` */
export async function getRun({ ctx, input }: { ctx: CodeContext; input: { runId: string } }): Promise<Executed> {
  const person = authorize(ctx.actor, 'session.use-own');
  const runId = uuidSchema.safeParse(input.runId);
  const run = runId.success ? await ctx.runs.get(person, runId.data.toLowerCase()) : null;
  if (!run) throw new SpoolError('run.not_found');
  if (run.result) return { finished: true, runId: run.id, result: run.result };
  if (run.lost) throw new SpoolError('run.lost');
  return { finished: false, runId: run.id, status: run.status === 'queued' ? 'queued' : 'running', position: run.position };
}
