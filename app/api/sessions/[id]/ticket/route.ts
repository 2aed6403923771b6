import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { issueTicketOperation } from '../../../operations.ts';
import { issueTicket } from '#domain/session/issue-ticket.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(issueTicketOperation, async ({ ctx, params, body }) => Response.json(await issueTicket({ ctx, input: { sessionId: params.id!, role: body.role } }))),
);
