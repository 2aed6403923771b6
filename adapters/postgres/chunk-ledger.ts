/** The ledger of a meeting's chunks, as the workers write it: functions of the schema, called as the service role. */
import { storableChunkResult } from '#domain/meetings/chunk-result.ts';
import type { ChunkLedger, ChunkResult, ChunkToTranscribe } from '#domain/meetings/ports.ts';
import type { Database } from './database.ts';

export class PostgresChunkLedger implements ChunkLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(sessionId: string, chunk: number, worker: string): Promise<ChunkToTranscribe | null> {
    return this.#call<ChunkToTranscribe | null>('spool_begin_chunk($1, $2, $3)', [sessionId, chunk, worker]);
  }

  async settle(sessionId: string, chunk: number, result: ChunkResult): Promise<void> {
    await this.#call('spool_settle_chunk($1, $2, $3::jsonb)', [sessionId, chunk, JSON.stringify(storableChunkResult(result))]);
  }

  async fail(sessionId: string, chunk: number, code: string, givenUp: boolean): Promise<void> {
    await this.#call('spool_fail_chunk($1, $2, $3, $4)', [sessionId, chunk, code, givenUp]);
  }

  async takeUpAgain(worker: string): Promise<number> {
    return this.#call<number>('spool_take_up_chunks($1)', [worker]);
  }

  async overdue(sessionId: string): Promise<boolean> {
    return this.#call<boolean>('spool_overdue($1)', [sessionId]);
  }

  async #call<T>(call: string, params: unknown[]): Promise<T> {
    const { rows } = await this.#database.asService((tx) => tx.query<{ answer: T }>(`select ${call} as answer`, params));
    return rows[0]!.answer;
  }
}
