/**
 * The ledger of a meeting's chunks for a worker that has no connection to Postgres: the same functions of the schema,
 * called through Supabase's REST interface. Each call is one transaction there. Nothing is tried again in here: jobs are.
 */
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';
import { storableChunkResult } from '#domain/meetings/chunk-result.ts';
import type { ChunkLedger, ChunkResult, ChunkToTranscribe } from '#domain/meetings/ports.ts';
import { refusal } from './refusal.ts';

export interface SupabaseSettings {
  /** Of the project, e.g. `https://abc.supabase.co`. */
  url: string;
  /** What the gateway lets in (header `apikey`); also the token, unless there is one. */
  key: string;
  /** A JWT of the project whose claim `role` is `spool_service`. */
  token?: string | undefined;
  timeoutMs?: number;
}

/** As long as a statement of ours may take with its answer's way back (adapters/postgres/database.ts). */
const TIMEOUT_MS = 15_000;
/** A chunk is at most 30 s of speech: some hundred words and a few voices are below 100 KB. */
const MAX_REQUEST_BYTES = 1024 * 1024;

const sample = z.int().min(0);
const begunSchema = z
  .object({ chunk: sample, startSample: sample, endSample: sample, totalSamples: sample.nullable(), state: z.enum(['captured', 'transcribing', 'transcribed', 'failed']), sha256: z.string().nullable(), engine: z.string().nullable() })
  .nullable();

export class SupabaseChunkLedger implements ChunkLedger {
  readonly #client: SupabaseClient;
  readonly #timeoutMs: number;

  constructor({ url, key, token, timeoutMs = TIMEOUT_MS }: SupabaseSettings) {
    this.#timeoutMs = timeoutMs;
    this.#client = createClient(url, key, {
      // Given a token, the client keeps no session and renews nothing.
      accessToken: async () => token ?? key,
      // The key goes to the address that was configured and nowhere else.
      global: { fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }) },
    });
  }

  async begin(sessionId: string, chunk: number, worker: string): Promise<ChunkToTranscribe | null> {
    return this.#call('spool_begin_chunk', { of_session: sessionId, of_chunk: chunk, by_worker: worker }, begunSchema);
  }

  async settle(sessionId: string, chunk: number, result: ChunkResult): Promise<void> {
    await this.#call('spool_settle_chunk', { of_session: sessionId, of_chunk: chunk, result: storableChunkResult(result) }, z.null());
  }

  async fail(sessionId: string, chunk: number, code: string, givenUp: boolean): Promise<void> {
    await this.#call('spool_fail_chunk', { of_session: sessionId, of_chunk: chunk, failure_code: code, given_up: givenUp }, z.null());
  }

  async takeUpAgain(worker: string): Promise<number> {
    return this.#call('spool_take_up_chunks', { of_worker: worker }, z.int().min(0));
  }

  async overdue(sessionId: string): Promise<boolean> {
    return this.#call('spool_overdue', { of_session: sessionId }, z.boolean());
  }

  /** @throws SpoolError: `refusal`, or `request.too_large` */
  async #call<T>(name: string, args: Record<string, unknown>, answer: z.ZodType<T>): Promise<T> {
    if (Buffer.byteLength(JSON.stringify(args)) > MAX_REQUEST_BYTES) throw new SpoolError('request.too_large', 'The result of a chunk is larger than any chunk gives.');
    const { data, error, status } = await this.#client.rpc(name, args).retry(false).abortSignal(AbortSignal.timeout(this.#timeoutMs));
    if (error) throw refusal(status, error.code);
    const parsed = answer.safeParse(data);
    // Something else answers at that address, e.g. the page of a network one must sign in to.
    if (!parsed.success) throw new SpoolError('unavailable', 'What answers at SUPABASE_URL is not the database.', { fields: { status } });
    return parsed.data;
  }
}
