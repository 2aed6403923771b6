import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { runResponse } from '../../_server/run-response.ts';
import { executeOperation } from '../code-operations.ts';
import { executeCode } from '#domain/code/execute-code.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(executeOperation, async ({ ctx, body }) => runResponse(await executeCode({ ctx, input: body }))),
);
