import { SpoolError } from '../errors.ts';
import { uuidSchema } from '../ids.ts';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';

/** The link stops working. Who was let in to watch by it is let out; a candidate who came in stays. Safe to repeat. @throws SpoolError `session.not_found` | `invitation.not_found` */
export async function revokeInvitation({ ctx, input }: { ctx: CodeContext; input: { sessionId: string; invitationId: string } }): Promise<void> {
  const person = authorize(ctx.actor, 'session.invite');
  const session = await findSession(ctx, person, input.sessionId);
  const id = uuidSchema.safeParse(input.invitationId);
  if (!id.success || !(await ctx.invitations.revoke(person, session.id, id.data))) throw new SpoolError('invitation.not_found');
  ctx.log.info({ sessionId: session.id, invitationId: id.data }, 'An invitation was revoked.');
}
