import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listInterestsOperation } from '../../../operations.ts';
import { listInterests } from '#domain/interests/list-interests.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listInterestsOperation, async ({ ctx, params }) => Response.json(await listInterests({ ctx, input: { sessionId: params.id! } }))),
);
