/** Where to go after signing in. Only paths of this site: a link from elsewhere must not send a signed-in person away. */
const FALLBACK = '/sessions';

/** `next` when it is a plain path of this site, otherwise the session list. */
export function safeNextPath(next: string | null | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || /[\\\u0000-\u001f]/.test(next)) return FALLBACK;
  const url = new URL(next, 'http://site.invalid');
  if (url.origin !== 'http://site.invalid' || url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in')) return FALLBACK;
  return url.pathname + url.search + url.hash;
}

/** The sign-in page's address that leads back to `path`. */
export function signInPath(path: string): string {
  return `/sign-in?next=${encodeURIComponent(path)}`;
}
