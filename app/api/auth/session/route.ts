import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { signedOutCookies } from '../../../_server/fresh-session.ts';
import { takeToken } from '../../../_server/rate-limits.ts';
import { ACCOUNT_COOKIE_S, readCookie, renewalCookieName, sessionCookie, sessionCookieName } from '../../../_server/session-cookie.ts';
import { endSignIn, keepSignIn } from '../../operations.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { acceptAccount } from '#domain/identity/account.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(keepSignIn, async ({ ctx, body, caller, composition }) => {
    if (!composition.accounts) throw new SpoolError('route.unknown');
    takeToken(composition.limits.signIn, caller.rateKey);
    const user = await acceptAccount({ ctx: { verifier: composition.verifier, people: composition.people, log: ctx.log }, input: body });
    const response = Response.json({ user });
    const { SPOOL_PORT: port } = composition.environment;
    response.headers.append('set-cookie', sessionCookie(sessionCookieName(port), body.idToken, ACCOUNT_COOKIE_S, caller));
    response.headers.append('set-cookie', sessionCookie(renewalCookieName(port), body.refreshToken, ACCOUNT_COOKIE_S, caller));
    return response;
  }),
  implement(endSignIn, async ({ ctx, query, request, caller, composition }) => {
    const { SPOOL_PORT: port } = composition.environment;
    const refreshToken = readCookie(request, renewalCookieName(port));
    const everywhere = query.everywhere === 'true';
    if (everywhere && (!composition.accounts || !refreshToken)) throw new SpoolError(composition.accounts ? 'auth.required' : 'route.unknown');
    if (composition.accounts && refreshToken) {
      try {
        await composition.accounts.end(refreshToken, everywhere ? 'everywhere' : 'here');
      } catch (error) {
        // Of this browser alone the person is signed out all the same: the cookies go.
        if (everywhere) throw error;
        if (asSpoolError(error).code !== 'auth.invalid') ctx.log.warn({}, 'A refresh token could not be revoked at Cognito; it stays good until it runs out.');
      }
    }
    const response = new Response(null, { status: 204 });
    for (const cookie of signedOutCookies(port, caller)) response.headers.append('set-cookie', cookie);
    return response;
  }),
);
