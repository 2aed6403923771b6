import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import type { Call } from '../../../_server/adapt-route.ts';
import { endSessionOperation, getSessionOperation, patchSessionOperation, putSessionOperation } from '../../operations.ts';
import { endSession } from '#domain/session/end-session.ts';
import { eraseSession } from '#domain/session/erase-session.ts';
import { getSession } from '#domain/session/get-session.ts';
import { updateSession } from '#domain/session/update-session.ts';
import type { updateSessionInput } from '#domain/session/update-session.ts';
import type { z } from 'zod';

async function update({ ctx, params, body }: Call<unknown, z.infer<typeof updateSessionInput>>) {
  return Response.json(await updateSession({ ctx, input: { sessionId: params.id!, patch: body } }));
}

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getSessionOperation, async ({ ctx, params }) => Response.json(await getSession({ ctx, input: { sessionId: params.id! } }))),
  implement(patchSessionOperation, update),
  implement(putSessionOperation, update),
  implement(endSessionOperation, async ({ ctx, params, query }) => {
    const input = { sessionId: params.id! };
    if (query.erase === 'false') return Response.json(await endSession({ ctx, input }));
    await eraseSession({ ctx, input });
    return new Response(null, { status: 204 });
  }),
);
