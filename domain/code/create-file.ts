import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { findOpenSession } from './context.ts';
import type { CodeContext } from './context.ts';
import { MAX_FILES, contentSchema } from './file.ts';
import type { WorkspaceFile } from './file.ts';
import { filePathOf } from './file-path.ts';

export const createFileInput = z.strictObject({ sessionId: z.uuid(), filePath: z.string().max(2_000), content: contentSchema.default('') });

/** @throws SpoolError `session.not_found` | `session.over` | `request.invalid` | `file.exists` | `file.too_many` */
export async function createFile({ ctx, input }: { ctx: CodeContext; input: z.infer<typeof createFileInput> }): Promise<WorkspaceFile> {
  const person = authorize(ctx.actor, 'session.use-own');
  const path = filePathOf(input.filePath);
  const session = await findOpenSession(ctx, person, input.sessionId);
  const created = await ctx.files.create(person, session.id, path, input.content, MAX_FILES);
  if (created === 'exists') throw new SpoolError('file.exists');
  if (created === 'too_many') throw new SpoolError('file.too_many');
  ctx.log.info({ sessionId: session.id, sizeBytes: created.sizeBytes }, 'A file was created.');
  return created;
}
