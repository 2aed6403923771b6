/** Where to go after signing in. Only paths of this site: a link from elsewhere must not send a signed-in person away. */
const FALLBACK = '/sessions';
/** Pages of signing in lead on, not back to each other. */
const SIGN_IN_PAGES = /^\/(sign-in|sign-up|reset-password)(\/|$)/;

/** `next` when it is a plain path of this site, otherwise the session list. */
export function safeNextPath(next: string | null | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || /[\\\u0000-\u001f]/.test(next)) return FALLBACK;
  const url = new URL(next, 'http://site.invalid');
  if (url.origin !== 'http://site.invalid' || url.pathname.startsWith('//') || SIGN_IN_PAGES.test(url.pathname)) return FALLBACK;
  return url.pathname + url.search + url.hash;
}

/** The sign-in page's address that leads back to `path`. */
export function signInPath(path: string): string {
  return withNext('/sign-in', path);
}

/** The address of a page of signing in that leads on to `next`. */
export function withNext(page: '/sign-in' | '/sign-up' | '/sign-up/confirm' | '/reset-password', next: string): string {
  return next === FALLBACK ? page : `${page}?next=${encodeURIComponent(next)}`;
}
