import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { signedOutCookies } from '../../../_server/fresh-session.ts';
import { takeToken } from '../../../_server/rate-limits.ts';
import { sessionCookie, sessionCookieName } from '../../../_server/session-cookie.ts';
import { acceptInvitationOperation } from '../../code-operations.ts';
import { acceptInvitation } from '#domain/code/accept-invitation.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(acceptInvitationOperation, async ({ ctx, body, caller, composition, whoAsks }) => {
    // Secrets are long; whoever guesses is slowed down all the same.
    takeToken(composition.limits.signIn, caller.rateKey);
    const { SPOOL_PORT: port } = composition.environment;
    const { actor } = await whoAsks();
    const { expiresAtMs, ...accepted } = await acceptInvitation({
      ctx: { actor, invitations: composition.code.invitations, people: composition.people, guests: composition.guests, log: ctx.log },
      input: body,
    });
    const response = Response.json(accepted);
    if (accepted.token !== null && expiresAtMs !== null) {
      const maxAgeS = Math.floor((expiresAtMs - ctx.clock.nowMs()) / 1000);
      // The guest takes the place of an account, whose cookies go first.
      for (const cookie of [...signedOutCookies(port, caller), sessionCookie(sessionCookieName(port), accepted.token, maxAgeS, caller)]) response.headers.append('set-cookie', cookie);
    }
    return response;
  }),
);
