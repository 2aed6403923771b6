import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';
import { fileSummarySchema } from './file.ts';
import type { FileSummary } from './file.ts';

export const fileListSchema = z.strictObject({ files: z.array(fileSummarySchema) });

/** By path. @throws SpoolError `session.not_found` */
export async function listFiles({ ctx, input }: { ctx: CodeContext; input: { sessionId: string } }): Promise<{ files: FileSummary[] }> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  return { files: await ctx.files.list(person, session.id) };
}
