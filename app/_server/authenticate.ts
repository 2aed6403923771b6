/** Who is asking: the bearer token, else the session cookie, renewed when it is time, else nobody. */
import type { AnonymousActor, PersonActor } from '#domain/actor.ts';
import { SpoolError } from '#domain/errors.ts';
import type { PeopleRepository } from '#domain/identity/ports.ts';
import { freshSession } from './fresh-session.ts';
import type { Accounts, CookieChange } from './fresh-session.ts';
import { readCookie } from './session-cookie.ts';

export interface Authentication {
  actor: PersonActor | AnonymousActor;
  credential: 'cookie' | 'other';
}

/**
 * A bearer token counts even when it is wrong: no falling back to the cookie.
 * @param onChange hears what the browser's cookies must become, even when the answer is a refusal
 * @throws SpoolError `auth.invalid`, `unavailable` when an account cannot be asked for
 */
export async function authenticate(request: Request, accounts: Accounts, onChange: (change: CookieChange) => void): Promise<Authentication> {
  const header = request.headers.get('authorization');
  if (header !== null) {
    const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
    if (!token) throw new SpoolError('auth.invalid', 'The Authorization header holds no bearer token.', { personMessage: 'Send Authorization: Bearer and a token, or sign in again.' });
    return { actor: await accounts.verifier.verify(token), credential: 'other' };
  }
  const { token, change } = await freshSession((name) => readCookie(request, name), accounts);
  if (change) onChange(change);
  if (token === null) return { actor: { kind: 'anonymous' }, credential: 'other' };
  return { actor: await accounts.verifier.verify(token), credential: 'cookie' };
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
