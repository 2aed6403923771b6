import { adaptRoute, implement } from '../../../../../_server/adapt-route.ts';
import { correctItemOperation, itemRevisionsOperation } from '../../../../meeting-operations.ts';
import { correctItem, listItemRevisions } from '#domain/meetings/correct-item.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(correctItemOperation, async ({ ctx, params, body }) => Response.json(await correctItem({ ctx, input: { sessionId: params.id!, itemId: params.itemId!, ...body } }))),
  implement(itemRevisionsOperation, async ({ ctx, params }) => Response.json(await listItemRevisions({ ctx, input: { sessionId: params.id!, itemId: params.itemId! } }))),
);
