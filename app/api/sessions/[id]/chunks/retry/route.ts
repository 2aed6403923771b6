import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { retryChunksOperation } from '../../../../meeting-operations.ts';
import { retryChunks } from '#domain/meetings/retry-chunks.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(retryChunksOperation, async ({ ctx, params, body }) => Response.json(await retryChunks({ ctx, input: { sessionId: params.id!, ...body } }))),
);
