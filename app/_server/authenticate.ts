/** Who is asking: the bearer token, else the session cookie, else nobody. */
import type { AnonymousActor, PersonActor } from '#domain/actor.ts';
import { SpoolError } from '#domain/errors.ts';
import type { PeopleRepository, TokenVerifier } from '#domain/identity/ports.ts';
import { readCookie } from './session-cookie.ts';

export interface Authentication {
  actor: PersonActor | AnonymousActor;
  credential: 'cookie' | 'other';
}

/** A bearer token counts even when it is wrong: no falling back to the cookie. @throws SpoolError `auth.invalid` */
export async function authenticate(request: Request, verifier: TokenVerifier, cookieName: string): Promise<Authentication> {
  const header = request.headers.get('authorization');
  if (header !== null) {
    const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
    if (!token) throw new SpoolError('auth.invalid', 'The Authorization header holds no bearer token.', { personMessage: 'Send Authorization: Bearer and a token, or sign in again.' });
    return { actor: await verifier.verify(token), credential: 'other' };
  }
  const cookie = readCookie(request, cookieName);
  if (cookie === null) return { actor: { kind: 'anonymous' }, credential: 'other' };
  return { actor: await verifier.verify(cookie), credential: 'cookie' };
}

const MAX_REMEMBERED = 10_000;

/** Gives each person a row the first time a process meets them under their present name and role. */
export function ensureOnce(people: PeopleRepository): PeopleRepository {
  const known = new Set<string>();
  return {
    async ensurePerson(person) {
      const key = `${person.id}\n${person.role}\n${person.name}`;
      if (known.has(key)) return;
      await people.ensurePerson(person);
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.add(key);
    },
  };
}
