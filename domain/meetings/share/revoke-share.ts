import { SpoolError } from '../../errors.ts';
import { uuidSchema } from '../../ids.ts';
import { findMeeting } from '../context.ts';
import type { ShareContext } from './create-share.ts';

/** From now on the link leads nowhere. Safe to repeat. @throws SpoolError `session.not_found` | `share.not_found` */
export async function revokeShare({ ctx, input }: { ctx: ShareContext; input: { sessionId: string; shareId: string } }): Promise<void> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const shareId = uuidSchema.safeParse(input.shareId);
  if (!shareId.success || !(await ctx.shares.revoke(person, meeting.session.id, shareId.data))) throw new SpoolError('share.not_found');
  ctx.log.info({ sessionId: meeting.session.id, shareId: shareId.data }, 'A shared link was taken back.');
}
