import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { findOpenSession } from './context.ts';
import type { CodeContext } from './context.ts';
import { contentSchema } from './file.ts';
import type { WorkspaceFile } from './file.ts';
import { filePathOf } from './file-path.ts';
import type { ExpectedVersion } from './ports.ts';

export const updateFileInput = z.strictObject({ content: contentSchema });

/**
 * Saves a new version. `expected`: what the file must be at, from If-Match.
 * @throws SpoolError `session.not_found` | `session.over` | `request.invalid` | `file.not_found` | `file.version_mismatch`
 */
export async function updateFile({
  ctx,
  input,
}: {
  ctx: CodeContext;
  input: { sessionId: string; filePath: string; content: string; expected: ExpectedVersion };
}): Promise<WorkspaceFile> {
  const person = authorize(ctx.actor, 'session.use-own');
  const path = filePathOf(input.filePath);
  const session = await findOpenSession(ctx, person, input.sessionId);
  const saved = await ctx.files.update(person, session.id, path, input.content, input.expected);
  if (saved === null) throw new SpoolError('file.not_found');
  if (saved === 'mismatch') throw new SpoolError('file.version_mismatch');
  return saved;
}
