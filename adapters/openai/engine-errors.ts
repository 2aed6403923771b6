/** Errors of the `openai` package as ours. Nothing of the server's own words is kept: they may quote the key or the request. */
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { SpoolError } from '#domain/errors.ts';

/** Machine-readable reasons ("invalid_api_key", "ECONNREFUSED"), and nothing else. */
const REASON = /^[A-Za-z][A-Za-z0-9_.-]{0,47}$/;

export function engineError(error: unknown, engine: string): SpoolError {
  if (error instanceof SpoolError) return error;
  const fields: Record<string, unknown> = { engine };
  if (error instanceof APIConnectionTimeoutError) return new SpoolError('engine.timeout', 'The remote engine did not answer in time.', { fields });
  if (error instanceof APIConnectionError) return new SpoolError('engine.failed', 'The remote engine cannot be reached.', { fields: { ...fields, reason: networkReason(error) } });
  if (error instanceof APIError && error.status !== undefined) {
    fields.status = error.status;
    if (typeof error.code === 'string' && REASON.test(error.code)) fields.reason = error.code;
    if (error.status === 429) return new SpoolError('engine.busy', 'The remote engine limits the rate of requests.', { fields, retryAfterS: retryAfterMs(error) / 1000 || undefined });
    if (error.status === 408) return new SpoolError('engine.timeout', 'The remote engine did not answer in time.', { fields });
    if (error.status >= 400 && error.status < 500) return new SpoolError('engine.rejected', 'The remote engine refused the request.', { fields });
    return new SpoolError('engine.failed', 'The remote engine failed.', { fields });
  }
  return new SpoolError('engine.failed', 'The answer of the remote engine broke off or was not understood.', { fields: { ...fields, reason: networkReason(error) } });
}

/** Milliseconds a 429 asks to wait; 0 when it does not say. */
export function retryAfterMs(error: APIError): number {
  const headers = error.headers as Headers | undefined;
  const exactMs = Number(headers?.get('retry-after-ms'));
  if (Number.isFinite(exactMs) && exactMs > 0) return exactMs;
  const value = headers?.get('retry-after');
  if (!value) return 0;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = headers?.get('date');
  const waitMs = Date.parse(value) - (date ? Date.parse(date) : Number.NaN);
  // A date without the server's own clock beside it cannot be trusted: too long to wait.
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : Number.POSITIVE_INFINITY;
}

function networkReason(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && REASON.test(code)) return code;
  }
  return undefined;
}
