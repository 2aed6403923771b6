/**
 * Verification of Cognito's ID tokens, which carry the name and the groups; access tokens carry no name and are refused.
 * Keys are fetched from the user pool once and kept.
 */
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwksNotAvailableInCacheError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { ACCOUNT_ROLES } from '#domain/actor.ts';
import type { PersonActor, Role } from '#domain/actor.ts';
import { SpoolError } from '#domain/errors.ts';
import type { TokenVerifier } from '#domain/identity/ports.ts';
import { isPlainLine } from '#domain/identity/person-name.ts';
import { uuidSchema } from '#domain/ids.ts';

const KEYS_WITHIN_MS = 5_000;

/**
 * @param options.jwks the pool's public keys, when they are known already; otherwise they are fetched
 * @param options.endpoint where they are fetched instead of at Cognito; who must have issued a token stays the same
 */
export function createCognitoVerifier(options: { userPoolId: string; clientId: string; jwks?: Jwks; endpoint?: string | null }): TokenVerifier {
  const cache = options.endpoint ? { jwksCache: new SimpleJwksCache({ fetcher: { fetch: (uri) => fetchBytes(new URL(new URL(uri).pathname, options.endpoint!)) } }) } : undefined;
  const verifier = CognitoJwtVerifier.create({ userPoolId: options.userPoolId, clientId: options.clientId, tokenUse: 'id' }, cache);
  if (options.jwks) verifier.cacheJwks(options.jwks);
  return {
    async verify(token): Promise<PersonActor> {
      try {
        const claims = await verifier.verify(token);
        const id = uuidSchema.safeParse(claims.sub);
        if (!id.success) throw new SpoolError('auth.invalid', 'A Cognito token has no UUID as its subject.');
        return { kind: 'person', id: id.data, name: nameOf(claims), role: roleOf(claims['cognito:groups']) };
      } catch (error) {
        if (error instanceof SpoolError) throw error;
        if (error instanceof FetchError || error instanceof JwksNotAvailableInCacheError) {
          throw new SpoolError('unavailable', 'The keys of the Cognito user pool could not be fetched.', { cause: error });
        }
        throw new SpoolError('auth.invalid', 'A Cognito token was refused.', { cause: error });
      }
    },
  };
}

async function fetchBytes(url: URL): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(KEYS_WITHIN_MS) }).catch((error: unknown) => Promise.reject(new FetchError(url.href, String(error))));
  if (!response.ok) throw new FetchError(url.href, `status ${response.status}`);
  return response.arrayBuffer();
}

/** The highest of the person's groups; nobody is less than a learner. */
function roleOf(groups: string[] | undefined): Role {
  return ACCOUNT_ROLES.findLast((role) => groups?.includes(role)) ?? 'learner';
}

function nameOf(claims: Record<string, unknown>): string {
  const email = typeof claims.email === 'string' ? claims.email.split('@')[0] : undefined;
  for (const candidate of [claims.name, claims.given_name, claims.preferred_username, email]) {
    if (typeof candidate !== 'string') continue;
    const name = candidate.trim().slice(0, 100);
    if (name && isPlainLine(name)) return name;
  }
  return 'Participant';
}
