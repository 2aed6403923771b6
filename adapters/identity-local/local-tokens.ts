/** Tokens of the local issuer: JWT, HS256, signed with a secret that never leaves the data directory. */
import { SignJWT, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { ROLES } from '#domain/actor.ts';
import type { PersonActor } from '#domain/actor.ts';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { TokenIssuer, TokenVerifier } from '#domain/identity/ports.ts';

/** A person on their own machine should not have to sign in again every day: 30 days. */
export const LOCAL_TOKEN_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const NAME = 'spool-local';

const claimsSchema = z.object({ sub: z.uuid(), name: z.string().min(1).max(100), role: z.enum(ROLES) });

export function createLocalTokens(secret: Uint8Array, clock: Clock): TokenIssuer & TokenVerifier {
  return {
    async issue(person) {
      const issuedAtS = Math.floor(clock.nowMs() / 1000);
      const expiresAtS = issuedAtS + LOCAL_TOKEN_LIFETIME_MS / 1000;
      const token = await new SignJWT({ name: person.name, role: person.role })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(NAME)
        .setAudience(NAME)
        .setSubject(person.id)
        .setIssuedAt(issuedAtS)
        .setExpirationTime(expiresAtS)
        .sign(secret);
      return { token, expiresAtMs: expiresAtS * 1000 };
    },
    async verify(token): Promise<PersonActor> {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          issuer: NAME,
          audience: NAME,
          currentDate: new Date(clock.nowMs()),
          requiredClaims: ['exp', 'sub'],
        });
        const claims = claimsSchema.safeParse(payload);
        if (!claims.success) throw new SpoolError('auth.invalid', 'A local token lacks claims.');
        return { kind: 'person', id: claims.data.sub, name: claims.data.name, role: claims.data.role };
      } catch (error) {
        if (error instanceof errors.JOSEError) throw new SpoolError('auth.invalid', 'A local token was refused.', { cause: error });
        throw error;
      }
    },
  };
}
