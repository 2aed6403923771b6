import { SpoolError } from '#domain/errors.ts';

/**
 * Why a call failed, in static words: the client's own messages hold addresses and may hold headers, the database's hold
 * rows. Statuses: docs.postgrest.org, "Errors".
 * @param status of the answer; 0 when there was none
 * @param code SQLSTATE, or PostgREST's own
 */
export function refusal(status: number, code: string | undefined): SpoolError {
  const fields = { status, ...(code && /^(?:[0-9A-Z]{5}|PGRST\d{3})$/.test(code) ? { reason: code } : {}) };
  if (status === 401) return new SpoolError('store.rejected', 'Supabase refuses the key. Check SUPABASE_KEY and SUPABASE_WORKER_TOKEN: wrong, expired, or of another project.', { fields });
  if (status === 403) return new SpoolError('store.rejected', 'The role of the Supabase key may not write the ledger. It needs the role spool_service: docs/decisions/supabase-ledger.md.', { fields });
  if (status === 404) return new SpoolError('store.rejected', 'The database behind SUPABASE_URL lacks the functions of the ledger. Migrate it, or correct SUPABASE_URL.', { fields });
  // No answer, one that is no JSON, too long or too many requests, and whatever is not the caller's fault.
  if (status < 400 || status === 408 || status === 429 || status >= 500) return new SpoolError('unavailable', 'Supabase did not answer, or could not do it now.', { fields });
  return new SpoolError('internal', 'The database did not accept what the ledger was told.', { fields });
}
