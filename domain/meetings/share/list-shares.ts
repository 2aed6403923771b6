import { findMeeting } from '../context.ts';
import type { ShareContext } from './create-share.ts';
import type { Share } from './share.ts';

/** Newest first, without their secrets. @throws SpoolError `session.not_found` */
export async function listShares({ ctx, input }: { ctx: ShareContext; input: { sessionId: string } }): Promise<{ shares: Share[] }> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  return { shares: await ctx.shares.list(person, meeting.session.id) };
}
