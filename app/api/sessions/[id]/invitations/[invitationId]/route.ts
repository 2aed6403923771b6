import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { revokeInvitationOperation } from '../../../../code-operations.ts';
import { revokeInvitation } from '#domain/code/revoke-invitation.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(revokeInvitationOperation, async ({ ctx, params }) => {
    await revokeInvitation({ ctx, input: { sessionId: params.id!, invitationId: params.invitationId! } });
    return new Response(null, { status: 204 });
  }),
);
