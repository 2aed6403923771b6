import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { createSessionOperation, listSessionsOperation } from '../operations.ts';
import { createSession } from '#domain/session/create-session.ts';
import { listSessions } from '#domain/session/list-sessions.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(createSessionOperation, async ({ ctx, body }) => {
    const created = await createSession({ ctx, input: body });
    return Response.json(created, { status: 201, headers: { location: `/api/sessions/${created.session.id}` } });
  }),
  implement(listSessionsOperation, async ({ ctx, query }) => Response.json(await listSessions({ ctx, input: query }))),
);
