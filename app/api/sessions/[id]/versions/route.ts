import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listVersionsOperation } from '../../../code-operations.ts';
import { listVersions } from '#domain/code/list-versions.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listVersionsOperation, async ({ ctx, params, query }) => Response.json(await listVersions({ ctx, input: { sessionId: params.id!, after: query.after } }))),
);
