/** The cookies of a sign-in. Browsers share cookies between ports of a host, so their names carry the port of this instance. */
import type { Caller } from './caller.ts';

/** A renewed sign-in lasts as long as Cognito lets it; by its default a refresh token is good for 30 days. */
export const ACCOUNT_COOKIE_S = 30 * 24 * 60 * 60;

export function sessionCookieName(port: number): string {
  return `spool_session_${port}`;
}

/** Of the refresh token of an account, beside the session cookie. */
export function renewalCookieName(port: number): string {
  return `spool_renewal_${port}`;
}

export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null;
  }
  return null;
}

/** A Set-Cookie value; `maxAgeS` 0 removes the cookie. */
export function sessionCookie(name: string, token: string, maxAgeS: number, caller: Caller): string {
  return `${name}=${token}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${caller.https ? '; Secure' : ''}`;
}
