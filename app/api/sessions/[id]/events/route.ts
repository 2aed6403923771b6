import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listEventsOperation } from '../../../operations.ts';
import { listEvents } from '#domain/session/list-events.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listEventsOperation, async ({ ctx, params, query }) => Response.json(await listEvents({ ctx, input: { sessionId: params.id!, after: query.after } }))),
);
