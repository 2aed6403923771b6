import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';

/** A page ends after this many versions, or with the one whose text makes it this long. */
export const VERSIONS_PER_PAGE = 200;
export const VERSIONS_PAGE_CHARS = 1_048_576;

export const listVersionsInput = z.strictObject({ after: z.string().max(1_000).optional().describe('`next` of an earlier answer; nothing starts with the first version.') });
export const versionPageSchema = z.strictObject({
  versions: z.array(
    z.strictObject({
      path: z.string(),
      version: z.int().min(1),
      atMs: z.int().min(0).describe('When it was saved, in milliseconds since the session was created, as in the event log.'),
      content: z.string().nullable().describe('Null: the file was deleted.'),
    }),
  ),
  next: z.string().nullable().describe('Send as `after` to go on; unchanged when there was nothing new.'),
});
export type VersionPage = z.infer<typeof versionPageSchema>;

/** What was ever saved in the workspace, oldest first, a page at a time. @throws SpoolError `session.not_found` | `request.invalid` */
export async function listVersions({ ctx, input }: { ctx: CodeContext; input: { sessionId: string; after?: string } }): Promise<VersionPage> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  return ctx.files.versions(person, session.id, { after: input.after ?? null, limit: VERSIONS_PER_PAGE, maxChars: VERSIONS_PAGE_CHARS });
}
