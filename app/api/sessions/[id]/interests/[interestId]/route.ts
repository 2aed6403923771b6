import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { deleteInterestOperation, patchInterestOperation } from '../../../../operations.ts';
import { deleteInterest } from '#domain/interests/delete-interest.ts';
import { updateInterest } from '#domain/interests/update-interest.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(patchInterestOperation, async ({ ctx, params, body }) =>
    Response.json(await updateInterest({ ctx, input: { sessionId: params.id!, interestId: params.interestId!, patch: body } })),
  ),
  implement(deleteInterestOperation, async ({ ctx, params }) => {
    await deleteInterest({ ctx, input: { sessionId: params.id!, interestId: params.interestId! } });
    return new Response(null, { status: 204 });
  }),
);
