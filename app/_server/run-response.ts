/** A run as an answer: 200 with its result, or 202 and where to ask again. */
import type { Executed } from '#domain/code/execute-code.ts';

export function runResponse(executed: Executed): Response {
  if (executed.finished) return Response.json(executed.result);
  const { runId, status, position } = executed;
  return Response.json({ runId, status, ...(position === null ? {} : { position }) }, { status: 202, headers: { location: `/api/runs/${runId}`, 'retry-after': '1' } });
}
