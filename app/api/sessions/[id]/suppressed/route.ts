import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listSuppressedOperation } from '../../../meeting-operations.ts';
import { listSuppressed } from '#domain/meetings/suppressed-segments.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listSuppressedOperation, async ({ ctx, params }) => Response.json(await listSuppressed({ ctx, input: { sessionId: params.id! } }))),
);
