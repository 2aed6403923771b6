import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import { sha256Hex } from '../hash.ts';
import { newId, newSecret } from '../ids.ts';
import { authorize } from '../session/authorize.ts';
import { findOpenSession } from './context.ts';
import type { CodeContext } from './context.ts';
import { DEFAULT_INVITATION_HOURS, INVITATION_KINDS, MAX_INVITATIONS, MAX_INVITATION_HOURS, invitationSchema } from './invitation.ts';
import type { Invitation } from './invitation.ts';

export const createInvitationInput = z.strictObject({
  kind: z.enum(INVITATION_KINDS).default('candidate'),
  expiresInHours: z.int().min(1).max(MAX_INVITATION_HOURS).default(DEFAULT_INVITATION_HOURS),
});
export const createdInvitationSchema = z.strictObject({ invitation: invitationSchema, secret: z.string().describe('For the link `/join/{secret}`: shown this once.') });

/** @throws SpoolError `session.not_found` | `session.over` | `invitation.too_many` | `invitation.wrong_kind` */
export async function createInvitation({
  ctx,
  input,
}: {
  ctx: CodeContext;
  input: { sessionId: string } & z.infer<typeof createInvitationInput>;
}): Promise<{ invitation: Invitation; secret: string }> {
  const person = authorize(ctx.actor, 'session.invite');
  const session = await findOpenSession(ctx, person, input.sessionId);
  if (session.kind !== 'code') throw new SpoolError('invitation.wrong_kind');
  const secret = newSecret();
  const invitation = await ctx.invitations.create(person, {
    id: newId(),
    sessionId: session.id,
    kind: input.kind,
    tokenHash: await sha256Hex(secret),
    expiresAtMs: ctx.clock.nowMs() + input.expiresInHours * 3_600_000,
    maxOpen: MAX_INVITATIONS,
  });
  if (invitation === null) throw new SpoolError('session.not_found');
  if (invitation === 'too_many') throw new SpoolError('invitation.too_many');
  ctx.log.info({ sessionId: session.id, invitationId: invitation.id, invited: input.kind }, 'Somebody was invited.');
  return { invitation, secret };
}
