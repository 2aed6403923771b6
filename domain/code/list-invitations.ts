import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';
import { invitationSchema } from './invitation.ts';
import type { Invitation } from './invitation.ts';

export const invitationListSchema = z.strictObject({ invitations: z.array(invitationSchema) });

/** Newest first. @throws SpoolError `session.not_found` */
export async function listInvitations({ ctx, input }: { ctx: CodeContext; input: { sessionId: string } }): Promise<{ invitations: Invitation[] }> {
  const person = authorize(ctx.actor, 'session.invite');
  const session = await findSession(ctx, person, input.sessionId);
  return { invitations: await ctx.invitations.list(person, session.id) };
}
