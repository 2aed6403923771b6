import { z } from 'zod';
import type { Actor, PersonActor } from '../actor.ts';
import { SpoolError } from '../errors.ts';
import { personNameSchema } from '../identity/person-name.ts';
import type { PeopleRepository, TokenIssuer } from '../identity/ports.ts';
import { userSchema } from '../identity/sign-in-locally.ts';
import type { User } from '../identity/sign-in-locally.ts';
import { sha256Hex } from '../hash.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { consentSchema } from '../session/context.ts';
import type { InvitationRepository } from './ports.ts';

export const acceptInvitationInput = z.strictObject({
  secret: z.string().min(20).max(200),
  name: personNameSchema.optional().describe('Of a candidate: what the interviewer calls them.'),
  consent: consentSchema.optional().describe('Of a candidate: without it the recording is not kept.'),
});
export const acceptedInvitationSchema = z.strictObject({ sessionId: z.uuid(), kind: z.enum(['candidate', 'observer']), token: z.string().nullable(), user: userSchema });

export interface AcceptContext {
  actor: Actor;
  invitations: InvitationRepository;
  people: PeopleRepository;
  /** Issues what a guest signs in with. */
  guests: TokenIssuer;
  log: Log;
}

/**
 * Lets whoever holds the link in: a candidate as a guest of this one session, a colleague as an observer under their own
 * account. Opening a candidate's link again from the same browser leads back in; from another one it is taken.
 * @throws SpoolError `invitation.not_valid` | `invitation.taken` | `auth.required` | `auth.forbidden` | `request.invalid`
 */
export async function acceptInvitation({
  ctx,
  input,
}: {
  ctx: AcceptContext;
  input: z.infer<typeof acceptInvitationInput>;
}): Promise<{ sessionId: string; kind: 'candidate' | 'observer'; token: string | null; expiresAtMs: number | null; user: User }> {
  const tokenHash = await sha256Hex(input.secret);
  const invitation = await ctx.invitations.find(tokenHash);
  if (!invitation) throw new SpoolError('invitation.not_valid');
  const person = invitation.kind === 'observer' ? colleague(ctx.actor) : guest(ctx.actor, input);
  // A guest is written down with the invitation, once it is clear that it lets them in.
  if (invitation.kind === 'observer') await ctx.people.ensurePerson(person);
  const accepted = await ctx.invitations.accept(tokenHash, person, input.consent?.recording ?? false);
  if (accepted === 'taken') throw new SpoolError('invitation.taken');
  if (accepted === null) throw new SpoolError('invitation.not_valid');
  ctx.log.info({ sessionId: accepted.sessionId, invited: invitation.kind }, 'An invitation was accepted.');
  const issued = person.role === 'candidate' ? await ctx.guests.issue(person) : null;
  return { sessionId: accepted.sessionId, kind: invitation.kind, token: issued?.token ?? null, expiresAtMs: issued?.expiresAtMs ?? null, user: { id: person.id, name: person.name, role: person.role } };
}

/** A guest is whoever this browser was before, so that a reload leads back in. */
function guest(actor: Actor, { name }: z.infer<typeof acceptInvitationInput>): PersonActor {
  if (actor.kind === 'person' && actor.role === 'candidate') return { ...actor, name: name ?? actor.name };
  if (name === undefined) throw new SpoolError('request.invalid', undefined, { errors: [{ path: '$.name', message: 'Give the name you want to be called by.' }] });
  return { kind: 'person', id: newId(), name, role: 'candidate' };
}
function colleague(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new SpoolError('auth.required');
  if (actor.role !== 'interviewer' && actor.role !== 'admin') throw new SpoolError('auth.forbidden', 'An observer without a role that may watch.', { personMessage: 'Sign in as an interviewer to watch this session.' });
  return actor;
}
