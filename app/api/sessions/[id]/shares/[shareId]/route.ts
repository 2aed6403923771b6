import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { revokeShareOperation } from '../../../../meeting-notes-operations.ts';
import { revokeShare } from '#domain/meetings/share/revoke-share.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(revokeShareOperation, async ({ ctx, params }) => {
    await revokeShare({ ctx, input: { sessionId: params.id!, shareId: params.shareId! } });
    return new Response(null, { status: 204 });
  }),
);
