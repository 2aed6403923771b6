import { adaptRoute, implement } from '../../_server/adapt-route.ts';
import { runResponse } from '../../_server/run-response.ts';
import { executeOperation } from '../code-operations.ts';
import { executeCode } from '#domain/code/execute-code.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adaptRoute(
  implement(executeOperation, async ({ ctx, body, request }) => runResponse(await executeCode({ ctx, input: body, withinMs: wantedWaitMs(request) }))),
);

/** `Prefer: wait=1` (RFC 7240): whoever shows how a run goes is answered after so many seconds. */
function wantedWaitMs(request: Request): number | undefined {
  const seconds = /(?:^|[,;\s])wait=(\d{1,3})(?:$|[,;\s])/i.exec(request.headers.get('prefer') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
