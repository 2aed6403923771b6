/** What went wrong with a request, as the API said it, with words for the person. */
import { ERRORS } from '#domain/errors.ts';
import type { ErrorCode, FieldProblem } from '#domain/errors.ts';

export interface ProblemDetails {
  /** The HTTP status; 0 when there was no answer. */
  status: number;
  code: string;
  title: string;
  /** What was wrong in this case, or what to do next. */
  detail: string;
  requestId?: string;
  errors?: FieldProblem[];
  /** Seconds to wait, from Retry-After. */
  retryAfterS?: number;
}

/** An `application/problem+json` answer, or no usable answer at all (code `server.unreachable`). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly errors: FieldProblem[];
  readonly retryAfterS: number | undefined;
  /** True: the same request may succeed later without the person doing anything. */
  readonly retryable: boolean;
  /** The next step, in words for the person. */
  readonly next: string;

  constructor(details: ProblemDetails, cause?: unknown) {
    super(details.title, { cause });
    this.name = 'ProblemError';
    this.status = details.status;
    this.code = details.code;
    this.title = details.title;
    this.detail = details.detail;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterS = details.retryAfterS;
    const known = knownError(details.code);
    this.retryable = known ? known.retryable : details.status === 0 || details.status === 429 || details.status >= 500;
    // The server knows more of this case than the catalogue does of all of them.
    this.next = details.detail;
  }
}

const UNREACHABLE = {
  code: 'server.unreachable',
  title: 'Spool does not answer',
  detail: 'Check your network connection and that Spool is running, then try again.',
};

function knownError(code: string) {
  return Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : undefined;
}

/** No answer: the network or the server is down. */
export function unreachable(cause?: unknown): ProblemError {
  return new ProblemError({ ...UNREACHABLE, status: 0 }, cause);
}

/** Reads an answer that is not 2xx. Anything but problem+json (a proxy's page, say) becomes words of our own. */
export async function problemFrom(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterS = Number.isFinite(retryAfter) ? retryAfter : undefined;
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // Not JSON: the words below have to do.
  }
  if (typeof body.code !== 'string') {
    if (response.status >= 502 && response.status <= 504) return new ProblemError({ ...UNREACHABLE, status: response.status, retryAfterS });
    return new ProblemError({
      status: response.status, code: 'internal', title: `The server answered with ${response.status}`, retryAfterS,
      detail: 'Try again in a moment. If it stays, run ./spool doctor on the server.',
    });
  }
  return new ProblemError({
    status: response.status, code: body.code, retryAfterS,
    title: typeof body.title === 'string' ? body.title : 'Something went wrong',
    detail: typeof body.detail === 'string' ? body.detail : (knownError(body.code)?.person ?? 'Try again in a moment.'),
    requestId: typeof body.requestId === 'string' ? body.requestId : undefined,
    errors: Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : undefined,
  });
}
