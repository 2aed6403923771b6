import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { checkLocalSignIn } from '../../../_server/local-sign-in.ts';
import { takeToken } from '../../../_server/rate-limits.ts';
import { sessionCookie, sessionCookieName } from '../../../_server/session-cookie.ts';
import { signIn, signOut } from '../../operations.ts';
import { SpoolError } from '#domain/errors.ts';
import { signInLocally } from '#domain/identity/sign-in-locally.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(signIn, async ({ ctx, body, caller, composition }) => {
    if (!composition.issuer) throw new SpoolError('route.unknown');
    checkLocalSignIn(composition.environment, caller);
    takeToken(composition.limits.signIn, caller.rateKey);
    const { token, expiresAtMs, user } = await signInLocally({ ctx: { issuer: composition.issuer, people: composition.people, log: ctx.log }, input: body });
    const response = Response.json({ token, user });
    const maxAgeS = Math.floor((expiresAtMs - ctx.clock.nowMs()) / 1000);
    response.headers.append('set-cookie', sessionCookie(sessionCookieName(composition.environment.SPOOL_PORT), token, maxAgeS, caller));
    return response;
  }),
  implement(signOut, ({ caller, composition }) => {
    if (!composition.issuer) throw new SpoolError('route.unknown');
    const cookie = sessionCookie(sessionCookieName(composition.environment.SPOOL_PORT), '', 0, caller);
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
  }),
);
