import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';
import type { WorkspaceFile } from './file.ts';
import { filePathOf } from './file-path.ts';

/** @throws SpoolError `session.not_found` | `request.invalid` | `file.not_found` */
export async function readFile({ ctx, input }: { ctx: CodeContext; input: { sessionId: string; filePath: string } }): Promise<WorkspaceFile> {
  const person = authorize(ctx.actor, 'session.use-own');
  const path = filePathOf(input.filePath);
  const session = await findSession(ctx, person, input.sessionId);
  const file = await ctx.files.read(person, session.id, path);
  if (!file) throw new SpoolError('file.not_found');
  return file;
}
