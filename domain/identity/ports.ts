/** What the web app needs to know who is asking. Implemented in adapters/identity-local and adapters/cognito. */
import type { PersonActor } from '../actor.ts';

export interface TokenVerifier {
  /** The person a bearer token or session cookie stands for. @throws SpoolError `auth.invalid`, or `unavailable` when keys cannot be had. */
  verify(token: string): Promise<PersonActor>;
}

/** Only the local issuer has one: in the cloud Cognito issues the tokens. */
export interface TokenIssuer {
  issue(person: PersonActor): Promise<{ token: string; expiresAtMs: number }>;
}

export interface PeopleRepository {
  /** Makes sure the person has a row, with the name and role of the token. Safe to repeat. */
  ensurePerson(person: PersonActor): Promise<void>;
}
