import type { z } from 'zod';
import { SpoolError } from '../../errors.ts';
import { sha256Hex } from '../../hash.ts';
import { newId, newSecret } from '../../ids.ts';
import { findMeeting } from '../context.ts';
import type { MeetingContext } from '../context.ts';
import type { ShareRepository } from './ports.ts';
import { MAX_OPEN_SHARES, type createShareInput, type createdShareSchema } from './share.ts';

export interface ShareContext extends MeetingContext {
  shares: ShareRepository;
}

/** @throws SpoolError `session.not_found` | `share.too_many` */
export async function createShare({ ctx, input }: { ctx: ShareContext; input: { sessionId: string } & z.output<typeof createShareInput> }): Promise<z.infer<typeof createdShareSchema>> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const secret = newSecret();
  const share = await ctx.shares.create(person, {
    id: newId(),
    sessionId: meeting.session.id,
    tokenHash: await sha256Hex(secret),
    expiresAtMs: ctx.clock.nowMs() + input.expiresInHours * 3_600_000,
    maxOpen: MAX_OPEN_SHARES,
  });
  if (share === null) throw new SpoolError('session.not_found');
  if (share === 'too_many') throw new SpoolError('share.too_many');
  ctx.log.info({ sessionId: meeting.session.id, shareId: share.id }, 'A meeting was shared.');
  return { share, url: `/shared/${secret}` };
}
