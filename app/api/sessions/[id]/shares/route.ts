import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { createShareOperation, listSharesOperation } from '../../../meeting-notes-operations.ts';
import { createShare } from '#domain/meetings/share/create-share.ts';
import { listShares } from '#domain/meetings/share/list-shares.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listSharesOperation, async ({ ctx, params }) => Response.json(await listShares({ ctx, input: { sessionId: params.id! } }))),
  implement(createShareOperation, async ({ ctx, params, body }) => Response.json(await createShare({ ctx, input: { sessionId: params.id!, ...body } }), { status: 201 })),
);
