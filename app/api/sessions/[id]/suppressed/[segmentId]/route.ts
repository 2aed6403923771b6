import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { restoreSuppressedOperation } from '../../../../meeting-operations.ts';
import { restoreSuppressed } from '#domain/meetings/suppressed-segments.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(restoreSuppressedOperation, async ({ ctx, params, body }) => Response.json(await restoreSuppressed({ ctx, input: { sessionId: params.id!, segmentId: params.segmentId!, ...body } }))),
);
