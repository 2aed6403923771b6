import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { listFilesOperation } from '../../code-operations.ts';
import { listFiles } from '#domain/code/list-files.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(listFilesOperation, async ({ ctx, params }) => Response.json(await listFiles({ ctx, input: { sessionId: params.sessionId! } }))),
);
