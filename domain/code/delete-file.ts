import { authorize } from '../session/authorize.ts';
import { SpoolError } from '../errors.ts';
import { findOpenSession } from './context.ts';
import type { CodeContext } from './context.ts';
import { filePathOf } from './file-path.ts';
import type { ExpectedVersion } from './ports.ts';

/** Its versions stay, as the session's history. @throws SpoolError `session.not_found` | `session.over` | `request.invalid` | `file.not_found` | `file.version_mismatch` */
export async function deleteFile({ ctx, input }: { ctx: CodeContext; input: { sessionId: string; filePath: string; expected: ExpectedVersion } }): Promise<void> {
  const person = authorize(ctx.actor, 'session.use-own');
  const path = filePathOf(input.filePath);
  const session = await findOpenSession(ctx, person, input.sessionId);
  const deleted = await ctx.files.remove(person, session.id, path, input.expected);
  if (deleted === null) throw new SpoolError('file.not_found');
  if (deleted === 'mismatch') throw new SpoolError('file.version_mismatch');
  ctx.log.info({ sessionId: session.id }, 'A file was deleted.');
}
