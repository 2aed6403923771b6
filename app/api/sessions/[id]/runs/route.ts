import { adaptRoute, implement } from '../../../../_server/adapt-route.ts';
import { listRunsOperation } from '../../../code-operations.ts';
import { listRuns } from '#domain/code/list-runs.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listRunsOperation, async ({ ctx, params }) => Response.json(await listRuns({ ctx, input: { sessionId: params.id! } }))),
);
