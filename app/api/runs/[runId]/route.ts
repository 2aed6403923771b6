import { adaptRoute, implement } from '../../../_server/adapt-route.ts';
import { runResponse } from '../../../_server/run-response.ts';
import { getRunOperation } from '../../code-operations.ts';
import { getRun } from '#domain/code/get-run.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(getRunOperation, async ({ ctx, params }) => runResponse(await getRun({ ctx, input: { runId: params.runId! } }))),
);
