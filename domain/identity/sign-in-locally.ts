/** Signing in by name, on one's own machine. Whether the caller may is decided at the door (app/_server/local-sign-in.ts). */
import { z } from 'zod';
import { ACCOUNT_ROLES, ROLES } from '../actor.ts';
import type { PersonActor } from '../actor.ts';
import type { Log } from '../log.ts';
import { localPersonId, personNameSchema } from './person-name.ts';
import type { PeopleRepository, TokenIssuer } from './ports.ts';

export const signInLocallyInput = z.strictObject({ name: personNameSchema, role: z.enum(ACCOUNT_ROLES) });
export const userSchema = z.object({ id: z.uuid(), name: z.string(), role: z.enum(ROLES) });
export type User = z.infer<typeof userSchema>;

export interface SignInContext {
  issuer: TokenIssuer;
  people: PeopleRepository;
  log: Log;
}

/** The same name and role is the same user. */
export async function signInLocally({ ctx, input }: { ctx: SignInContext; input: z.infer<typeof signInLocallyInput> }): Promise<{ token: string; expiresAtMs: number; user: User }> {
  const person: PersonActor = { kind: 'person', id: await localPersonId(input.role, input.name), name: input.name, role: input.role };
  await ctx.people.ensurePerson(person);
  const { token, expiresAtMs } = await ctx.issuer.issue(person);
  ctx.log.info({ personId: person.id, role: person.role }, 'A person signed in locally.');
  return { token, expiresAtMs, user: { id: person.id, name: person.name, role: person.role } };
}
