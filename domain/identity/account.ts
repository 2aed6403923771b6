/** Signing in with an account of an identity provider: what the page is told, and the verb that takes the tokens over. */
import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { PeopleRepository, TokenVerifier } from './ports.ts';
import type { User } from './sign-in-locally.ts';

/** What the user pool asks of a password. */
export interface PasswordRules {
  minLength: number;
  lower: boolean;
  upper: boolean;
  number: boolean;
  symbol: boolean;
}

/** The user pool people sign in at. Nothing in it is a secret: the browser needs all of it. */
export interface AccountSignIn {
  userPoolId: string;
  clientId: string;
  /** Instead of Cognito's own address in the pool's region; null: that one. */
  endpoint: string | null;
  passwordRules: PasswordRules;
}

/** Browsers drop a cookie above 4096 bytes, name and attributes included. */
const MAX_COOKIE_TOKEN = 3_900;
const TOO_LONG = 'The token is too long for a cookie. An account in fewer groups has a shorter one.';
/** Three parts of base64url, five of an encrypted one: nothing that could end a cookie's value. */
const token = z.string().min(1).max(MAX_COOKIE_TOKEN, TOO_LONG).regex(/^[\w.~+/=-]+$/, 'This is no token.');

export const acceptAccountInput = z.strictObject({
  idToken: token.describe('The ID token, which carries the name and the groups.'),
  refreshToken: token.describe('What the server renews the ID token with.'),
});

export interface AcceptAccountContext {
  verifier: TokenVerifier;
  people: PeopleRepository;
  log: Log;
}

/**
 * Takes over the tokens of somebody who has just signed in. @throws SpoolError `auth.invalid` for anything that is no
 * account of the provider (a guest's token is none), `unavailable` when its keys cannot be had
 */
export async function acceptAccount({ ctx, input }: { ctx: AcceptAccountContext; input: z.infer<typeof acceptAccountInput> }): Promise<User> {
  const person = await ctx.verifier.verify(input.idToken);
  if (person.role === 'candidate') throw new SpoolError('auth.invalid', 'A guest’s token was sent as that of an account.');
  await ctx.people.ensurePerson(person);
  ctx.log.info({ personId: person.id, role: person.role }, 'A person signed in with an account.');
  return { id: person.id, name: person.name, role: person.role };
}
