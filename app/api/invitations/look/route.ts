import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import type { Authentication } from '../../../_server/authenticate.ts';
import { takeToken } from '../../../_server/rate-limits.ts';
import { lookAtInvitationOperation } from '../../code-operations.ts';
import type { Actor } from '#domain/actor.ts';
import { lookAtInvitation } from '#domain/code/look-at-invitation.ts';
import { asSpoolError } from '#domain/errors.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(lookAtInvitationOperation, async ({ body, caller, composition, whoAsks }) => {
    // Secrets are long; whoever guesses is slowed down all the same.
    takeToken(composition.limits.signIn, caller.rateKey);
    const actor = await actorOf(whoAsks);
    return Response.json(await lookAtInvitation({ ctx: { actor, invitations: composition.code.invitations, problems: composition.code.problems }, input: body }));
  }),
);

/** A sign-in that has run out must not hide where the link leads. */
async function actorOf(whoAsks: () => Promise<Authentication>): Promise<Actor> {
  try {
    return (await whoAsks()).actor;
  } catch (error) {
    if (asSpoolError(error).code === 'auth.invalid') return { kind: 'anonymous' };
    throw error;
  }
}
