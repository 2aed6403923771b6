/**
 * The session cookie's token, renewed shortly before it runs out. Cognito's ID tokens last an hour or less; the refresh
 * token that renews them lies in a cookie beside it and never reaches a script of the page.
 */
import { asSpoolError } from '#domain/errors.ts';
import type { Composition } from '../composition.ts';
import { ACCOUNT_COOKIE_S, renewalCookieName, sessionCookie, sessionCookieName } from './session-cookie.ts';
import type { Caller } from './caller.ts';

/** Covers a clock that is this much behind Cognito's, and the time a request takes. */
const RENEW_BEFORE_S = 60;

export type Accounts = Pick<Composition, 'environment' | 'verifier' | 'accounts'>;
/** A renewed token for the session cookie, or the end of the sign-in, which takes both cookies away. */
export type CookieChange = { token: string } | 'ended';

/** The token a request stands on; null without one. @throws SpoolError `unavailable` when it ran out and Cognito does not answer */
export async function freshSession(cookie: (name: string) => string | null, { environment, accounts }: Accounts): Promise<{ token: string | null; change: CookieChange | null }> {
  const token = cookie(sessionCookieName(environment.SPOOL_PORT));
  const refreshToken = accounts && cookie(renewalCookieName(environment.SPOOL_PORT));
  if (!accounts || !refreshToken) return { token, change: null };
  const secondsLeft = token === null ? -Infinity : accounts.secondsLeft(token);
  if (secondsLeft > RENEW_BEFORE_S) return { token, change: null };
  try {
    const renewed = await accounts.renew(refreshToken);
    return { token: renewed, change: { token: renewed } };
  } catch (error) {
    if (asSpoolError(error).code === 'auth.invalid') return { token: null, change: 'ended' };
    if (secondsLeft > 0) return { token, change: null };
    throw error;
  }
}

/** Set-Cookie values. */
export function changedCookies(change: CookieChange, { environment: { SPOOL_PORT: port } }: Pick<Composition, 'environment'>, caller: Caller): string[] {
  if (change === 'ended') return signedOutCookies(port, caller);
  return [sessionCookie(sessionCookieName(port), change.token, ACCOUNT_COOKIE_S, caller)];
}

export function signedOutCookies(port: number, caller: Caller): string[] {
  return [sessionCookie(sessionCookieName(port), '', 0, caller), sessionCookie(renewalCookieName(port), '', 0, caller)];
}

/** Puts cookies in front of those the answer sets itself: of two of one name, browsers keep the later. */
export function prependCookies(headers: Headers, cookies: readonly string[]): void {
  if (cookies.length === 0) return;
  const own = headers.getSetCookie();
  headers.delete('set-cookie');
  for (const cookie of [...cookies, ...own]) headers.append('set-cookie', cookie);
}
