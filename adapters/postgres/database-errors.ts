/** Which failures of `pg` mean what. SQLSTATE classes: Postgres documentation, Appendix A. */

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT']);
/** pg gives these no code. */
const CONNECTION_WORDS = ['Connection terminated', 'timeout exceeded when trying to connect', 'timeout expired', 'Query read timeout', 'Client has encountered a connection error', 'not queryable'];

/** The connection is gone, so the server rolled back, unless the commit was already on its way. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    // 08: connection exception · 57P01–57P03: shutting down or starting · 57P05, 25P03: idle too long · 53300: too many
    if (CONNECTION_CODES.has(code) || code.startsWith('08') || code.startsWith('57P') || code === '25P03' || code === '53300') return true;
    if (/^[0-9A-Z]{5}$/.test(code)) return false;
  }
  return CONNECTION_WORDS.some((words) => error.message.includes(words));
}

/** Rolled back for sure and likely to succeed when repeated. */
export function isWorthRepeating(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  // serialization failure, deadlock
  return code === '40001' || code === '40P01' || isConnectionLoss(error);
}

/** No room, no time or no disk for it (classes 53 and 58, statement timeout): ours to mend, not the caller's fault. */
export function isOutOfResources(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (/^5[38]\w{3}$/.test(code) || code === '57014');
}

/** Row-level security, or a missing grant, said no. */
export function isDenied(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '42501';
}
