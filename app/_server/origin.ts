/** Which websites may use the API (CORS), and proof that a cookie was sent by our own pages (CSRF). */
import { SpoolError } from '#domain/errors.ts';
import type { Caller } from './caller.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const PREFLIGHT_MAX_AGE_S = '600';
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, If-None-Match, If-Range, Range';
const RESPONSE_HEADERS = 'Accept-Ranges, Content-Disposition, Content-Range, ETag, Location, Retry-After, X-Request-Id';

/** The request's origin when it is our own or an allowed one; null without an origin or with another. */
export function acceptedOrigin(request: Request, caller: Caller, allowedOrigins: readonly string[]): string | null {
  const origin = request.headers.get('origin');
  if (origin === null) return null;
  return isOwn(origin, caller) || allowedOrigins.some((allowed) => allowed.replace(/\/$/, '').toLowerCase() === origin.toLowerCase()) ? origin : null;
}

/**
 * A website that is not allowed may change nothing; a request that a browser authenticates by itself (the cookie) must
 * prove that it comes from an accepted page. @throws SpoolError `origin.forbidden`
 */
export function checkOrigin(request: Request, accepted: string | null, credential: 'cookie' | 'other'): void {
  if (SAFE_METHODS.includes(request.method) || accepted !== null) return;
  const site = request.headers.get('sec-fetch-site');
  // No page can forge this header, and it holds behind a proxy that changes the Host.
  if (site === 'same-origin') return;
  if (request.headers.has('origin') || site === 'cross-site' || site === 'same-site') throw new SpoolError('origin.forbidden');
  if (credential === 'cookie') {
    throw new SpoolError('origin.forbidden', undefined, {
      personMessage: 'A request with the session cookie must come from Spool’s own pages. Programs send Authorization: Bearer instead.',
    });
  }
}

export function addCorsHeaders(headers: Headers, accepted: string | null): void {
  headers.append('vary', 'Origin');
  if (accepted === null) return;
  headers.set('access-control-allow-origin', accepted);
  headers.set('access-control-allow-credentials', 'true');
  headers.set('access-control-expose-headers', RESPONSE_HEADERS);
}

/** OPTIONS: the methods, and for a browser's preflight what it may send. @throws SpoolError `origin.forbidden` */
export function optionsResponse(request: Request, accepted: string | null, allow: string): Response {
  const headers = new Headers({ allow });
  if (request.headers.has('access-control-request-method')) {
    if (accepted === null) throw new SpoolError('origin.forbidden');
    headers.set('access-control-allow-methods', allow);
    headers.set('access-control-allow-headers', REQUEST_HEADERS);
    headers.set('access-control-max-age', PREFLIGHT_MAX_AGE_S);
  }
  return new Response(null, { status: 204, headers });
}

function isOwn(origin: string, caller: Caller): boolean {
  try {
    const url = new URL(origin);
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.host === new URL(`${url.protocol}//${caller.host}`).host;
  } catch {
    return false;
  }
}
