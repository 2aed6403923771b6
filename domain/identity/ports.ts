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

/** What keeps a sign-in with an identity provider alive, and ends it. The local issuer has none: its tokens last. */
export interface AccountSessions {
  /** Seconds until the token runs out by our clock: negative when it has, -Infinity for anything that does not say. */
  secondsLeft(token: string): number;
  /** A fresh ID token. @throws SpoolError `auth.invalid` when the sign-in was ended or has run out, `unavailable` */
  renew(refreshToken: string): Promise<string>;
  /**
   * Ends this sign-in, or all of the person's. ID tokens that were issued stay good until they run out.
   * @throws SpoolError `auth.invalid` (everywhere: this sign-in is no proof any more), `unavailable`
   */
  end(refreshToken: string, where: 'here' | 'everywhere'): Promise<void>;
}
