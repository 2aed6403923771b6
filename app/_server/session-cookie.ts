/** The session cookie. Browsers share cookies between ports of a host, so its name carries the port of this instance. */
import type { Caller } from './caller.ts';

export function sessionCookieName(port: number): string {
  return `spool_session_${port}`;
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
