/** An invitation to a code interview, as the one who made it sees it. The link's secret is shown once and never again. */
import { z } from 'zod';

export const INVITATION_KINDS = ['candidate', 'observer'] as const;
export type InvitationKind = (typeof INVITATION_KINDS)[number];
/** Two weeks unless said otherwise, 90 days at most. */
export const DEFAULT_INVITATION_HOURS = 14 * 24;
export const MAX_INVITATION_HOURS = 90 * 24;
/** Open ones of a session at a time. */
export const MAX_INVITATIONS = 20;

export const invitationSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(INVITATION_KINDS),
  status: z.enum(['open', 'accepted', 'revoked', 'expired']),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  acceptedAt: z.iso.datetime().nullable(),
  /** The name they gave. */
  acceptedBy: z.string().nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;
