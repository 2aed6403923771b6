import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { createInvitationOperation, listInvitationsOperation } from '../../../code-operations.ts';
import { createInvitation } from '#domain/code/create-invitation.ts';
import { listInvitations } from '#domain/code/list-invitations.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(createInvitationOperation, async ({ ctx, params, body }) => Response.json(await createInvitation({ ctx, input: { sessionId: params.id!, ...body } }), { status: 201 })),
  implement(listInvitationsOperation, async ({ ctx, params }) => Response.json(await listInvitations({ ctx, input: { sessionId: params.id! } }))),
);
