import { z } from 'zod';
import { SESSION_STATUSES } from '../stream/protocol.ts';
import { authorize } from './authorize.ts';
import type { SessionContext } from './context.ts';
import { queryInteger } from './query.ts';
import { foundSessionSchema } from './search-match.ts';
import type { FoundSession } from './search-match.ts';
import { SESSION_KINDS } from './session.ts';

export const listSessionsInput = z.strictObject({
  kind: z.enum(SESSION_KINDS).optional(),
  status: z.enum(SESSION_STATUSES).optional(),
  q: z
    .string()
    .trim()
    .max(200, 'Search for at most 200 characters.')
    .refine((text) => !text.includes('\0'), 'Leave control characters out.')
    .optional()
    .describe('Full-text search over transcripts, as in a web search: words, "a phrase", or, -without.'),
  limit: queryInteger({ min: 1, max: 200 }).default(50),
  cursor: z.string().min(1).max(500).optional().describe('nextCursor of the page before.'),
});
export const sessionPageSchema = z.object({ sessions: z.array(foundSessionSchema), nextCursor: z.string().nullable() });

/** One's sessions, newest first; searched ones with the place that matches best. `nextCursor` is null on the last page. */
export async function listSessions({ ctx, input }: { ctx: SessionContext; input: z.output<typeof listSessionsInput> }): Promise<{ sessions: FoundSession[]; nextCursor: string | null }> {
  const person = authorize(ctx.actor, 'session.use-own');
  const { q, ...rest } = input;
  const page = await ctx.sessions.list(person, q ? { ...rest, q } : rest);
  return { sessions: page.items, nextCursor: page.nextCursor };
}
