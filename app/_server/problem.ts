/** Errors as RFC 9457 problem documents: the one map from SpoolError to HTTP. */
import { z } from 'zod';
import { ERRORS } from '#domain/errors.ts';
import type { ErrorCode, FieldProblem, SpoolError } from '#domain/errors.ts';

export const problemSchema = z
  .object({
    type: z.string().describe('urn:spool:problem:<code>'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('Words for a person, with the next step.'),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    requestId: z.string(),
    retryable: z.boolean(),
    errors: z.array(z.object({ path: z.string().describe('A JSON path, e.g. $.consent.recording'), message: z.string() })).optional(),
  })
  .loose();

export function problemResponse(error: SpoolError, requestId: string): Response {
  const entry = ERRORS[error.code];
  const body = {
    ...error.fields,
    type: `urn:spool:problem:${error.code}`,
    title: entry.title,
    status: entry.status,
    detail: error.personMessage,
    code: error.code,
    requestId,
    retryable: error.retryable,
    ...(error.errors && { errors: error.errors }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (entry.status === 401) headers.set('www-authenticate', error.code === 'auth.invalid' ? 'Bearer realm="Spool", error="invalid_token"' : 'Bearer realm="Spool"');
  if (error.retryAfterS !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(error.retryAfterS))));
  if (error.code === 'range.not_satisfiable') headers.set('content-range', `bytes */${String(error.fields?.sizeBytes)}`);
  return new Response(JSON.stringify(body), { status: entry.status, headers });
}

/** Nobody reads more, and a body of nothing but unknown fields has a hundred thousand. */
export const MAX_FIELDS = 100;

/** Zod's issues as fields with JSON paths; each unknown field gets a line of its own. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, MAX_FIELDS).map((key) => ({ path: jsonPath([...issue.path, key]), message: 'This field is not known here.' }))
      : [{ path: jsonPath(issue.path), message: issue.message }],
  );
}

/** `$.consent.recording`, `$.items[3]`, `$['odd key']` (RFC 9535). */
export function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const key = String(part).slice(0, 100);
    return /^[A-Za-z_]\w*$/.test(key) ? `${text}.${key}` : `${text}['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
  }, '$');
}
