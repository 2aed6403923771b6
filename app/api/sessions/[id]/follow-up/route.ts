import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { getFollowUpOperation } from '../../../follow-up-operations.ts';
import { getFollowUp } from '#domain/follow-up/get-follow-up.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getFollowUpOperation, async ({ ctx, params, composition }) => Response.json(await getFollowUp({ ctx: { ...ctx, followUps: composition.followUps }, input: { sessionId: params.id! } }))),
);
