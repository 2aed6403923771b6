import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { sha256Hex } from '../hash.ts';
import { INVITATION_KINDS } from './invitation.ts';
import type { InvitationRepository, ProblemRepository } from './ports.ts';

export const lookAtInvitationInput = z.strictObject({ secret: z.string().max(200) });
export const seenInvitationSchema = z.discriminatedUnion('state', [
  z.strictObject({
    /** `yours`: this browser has accepted it before and may come back. */
    state: z.enum(['open', 'yours']),
    kind: z.enum(INVITATION_KINDS),
    invitedBy: z.string().describe('The name of who leads the interview.'),
    title: z.string(),
    minutes: z.int().nullable().describe('How long the problem usually takes.'),
  }),
  z.strictObject({ state: z.enum(['taken', 'expired', 'revoked', 'over']), kind: z.enum(INVITATION_KINDS), invitedBy: z.string() }),
  z.strictObject({ state: z.literal('unknown') }),
]);
export type SeenInvitation = z.infer<typeof seenInvitationSchema>;

/** What the holder of a link may know before they come in. Never an error: a link that leads nowhere is an answer. */
export async function lookAtInvitation({
  ctx,
  input,
}: {
  ctx: { actor: Actor; invitations: InvitationRepository; problems: ProblemRepository };
  input: z.infer<typeof lookAtInvitationInput>;
}): Promise<SeenInvitation> {
  const seen = await ctx.invitations.look(await sha256Hex(input.secret));
  if (!seen) return { state: 'unknown' };
  const { kind, invitedBy, title } = seen;
  if (seen.state !== 'open') return { state: seen.state, kind, invitedBy };
  const accepted = seen.acceptedBy !== null;
  const mine = ctx.actor.kind === 'person' && ctx.actor.id === seen.acceptedBy;
  if (kind === 'candidate' && accepted && !mine) return { state: 'taken', kind, invitedBy };
  // Whoever holds the link is nobody yet; how long it takes is told on behalf of who leads the interview.
  const owner = { kind: 'person' as const, id: seen.ownerId, name: '', role: 'interviewer' as const };
  const problem = seen.templateId === null ? null : await ctx.problems.get(owner, seen.templateId);
  return { state: mine ? 'yours' : 'open', kind, invitedBy, title, minutes: problem?.minutes ?? null };
}
