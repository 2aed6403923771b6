/** The digest of an image's tag, from its registry by the protocol all of them speak (OCI distribution). */

/** Docker's names without a registry mean its own. */
const DOCKER_HUB = 'registry-1.docker.io';
/** An index first: one digest for all platforms. */
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const TIME_LIMIT_MS = 30_000;

/** Where an image lies and under which name, as engines read it: `node:24` is `library/node` of Docker's registry. */
export function placeOf(image: string): { host: string; name: string; tag: string } {
  const [, path = '', tag = ''] = /^(.+):([^:/]+)$/.exec(image) ?? [];
  const [first = '', ...rest] = path.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (isHost) return { host: first === 'docker.io' ? DOCKER_HUB : first, name: rest.join('/'), tag };
  return { host: DOCKER_HUB, name: rest.length === 0 ? `library/${path}` : path, tag };
}

/** @throws Error when there is no such tag, or its registry cannot be reached or wants an account */
export async function digestOfImage(image: string): Promise<string> {
  const { host, name, tag } = placeOf(image);
  const scheme = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host) ? 'http' : 'https';
  const ask = (token: string | null) =>
    fetch(`${scheme}://${host}/v2/${name}/manifests/${tag}`, { method: 'HEAD', headers: { accept: ACCEPT, ...(token ? { authorization: `Bearer ${token}` } : {}) }, signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  let answer = await ask(null);
  if (answer.status === 401) answer = await ask(await tokenFor(answer.headers.get('www-authenticate') ?? '', name));
  if (!answer.ok) throw new Error(answer.status === 404 ? `its registry has no tag ${tag} of ${name}.` : `its registry answered ${answer.status}.`);
  const digest = answer.headers.get('docker-content-digest');
  if (!digest) throw new Error('its registry told no digest.');
  return digest;
}

/** A token for anybody, from where the registry says. */
async function tokenFor(challenge: string, name: string): Promise<string> {
  const given = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value])) as Record<string, string | undefined>;
  if (!/^Bearer /i.test(challenge) || !given.realm) throw new Error('its registry wants an account.');
  const url = new URL(given.realm);
  if (given.service) url.searchParams.set('service', given.service);
  url.searchParams.set('scope', given.scope ?? `repository:${name}:pull`);
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  const { token, access_token: accessToken } = (answer.ok ? await answer.json() : {}) as { token?: string; access_token?: string };
  const found = token ?? accessToken;
  if (!found) throw new Error(`its registry gave no token (${answer.status}).`);
  return found;
}
