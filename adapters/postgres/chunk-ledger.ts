/** The ledger of a meeting's chunks, as the workers write it. Runs as the service role. */
import { transcribeChunkJob } from '#domain/jobs/meeting-jobs.ts';
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { ChunkLedger, ChunkResult, ChunkToTranscribe } from '#domain/meetings/ports.ts';
import { UNKNOWN_SPEAKER } from '#domain/meetings/schema.ts';
import { closeIfSettled } from './captured-chunks.ts';
import type { Database, Transaction } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';
import { storableJson, storableText } from './session-rows.ts';

/** Ends the attempt a dead worker left behind; `givenUp`: nobody tries again by himself. */
export type GiveBackJob = (tx: Transaction, job: JobRequest, givenUp: boolean) => Promise<void>;

export class PostgresChunkLedger implements ChunkLedger {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;
  readonly #giveBack: GiveBackJob;

  constructor(database: Database, enqueue: EnqueueJob, giveBack: GiveBackJob) {
    this.#database = database;
    this.#enqueue = enqueue;
    this.#giveBack = giveBack;
  }

  async begin(sessionId: string, chunk: number, worker: string): Promise<ChunkToTranscribe | null> {
    return this.#database.asService(async (tx) => {
      // One that is transcribed stays so: begun again, it is only looked at.
      const { rows } = await tx.query<{ start_sample: string; end_sample: string; state: ChunkToTranscribe['state']; sha256: string | null; engine: string | null }>(
        `with before as (select state from meeting_chunks where session_id = $1 and chunk = $2)
         update meeting_chunks c set attempts = attempts + 1, worker = $3, state = case when c.state = 'transcribed' then c.state else 'transcribing' end
         where session_id = $1 and chunk = $2 returning start_sample, end_sample, (select state from before) as state, sha256, engine`,
        [sessionId, chunk, worker],
      );
      const row = rows[0];
      if (!row) return null;
      // The clock's end is fixed once the closing manifest is written; the last chunk ends there.
      const ends = await tx.query<{ total: string | null }>(
        `select coalesce((select max(end_sample) from meeting_chunks c where c.session_id = $1), 0)::text as total from meetings where session_id = $1 and closing_chunks is not null`,
        [sessionId],
      );
      return {
        chunk,
        startSample: Number(row.start_sample),
        endSample: Number(row.end_sample),
        totalSamples: ends.rows[0] ? Number(ends.rows[0].total) : null,
        state: row.state,
        sha256: row.sha256,
        engine: row.engine,
      };
    });
  }

  async settle(sessionId: string, chunk: number, result: ChunkResult): Promise<void> {
    await this.#database.asService(async (tx) => {
      const settled = await tx.query(
        `update meeting_chunks set state = 'transcribed', sha256 = $3, engine = $4, owned_from = $5, owned_to = $6, speech_samples = $7, covered_samples = $8,
           suppressed_samples = $9, words = $10, failure = null, worker = null, transcribed_at = now()
         where session_id = $1 and chunk = $2`,
        [sessionId, chunk, result.sha256, result.engine, result.ownedFrom, result.ownedTo, result.speechSamples, result.coveredSamples, result.suppressedSamples, result.words],
      );
      if (settled.rowCount === 0) return; // erased meanwhile
      await tx.query('delete from transcript_items where session_id = $1 and chunk = $2 and edited_at is null', [sessionId, chunk]);
      await tx.query(INSERT_SEGMENTS_SQL, [sessionId, chunk, storableJson(result.segments), UNKNOWN_SPEAKER]);
      await tx.query(
        `update transcript_items set superseded = true
         where session_id = $1 and chunk is null and edited_at is null and not superseded and (start_sample + end_sample) / 2 >= $2 and (start_sample + end_sample) / 2 < $3`,
        [sessionId, result.ownedFrom, result.ownedTo],
      );
      await tx.query('delete from suppressed_segments where session_id = $1 and chunk = $2 and restored_at is null', [sessionId, chunk]);
      await tx.query(
        `insert into suppressed_segments (session_id, segment_id, chunk, start_sample, end_sample, text, reason, metrics)
         select $1, s.value ->> 'segmentId', $2, (s.value ->> 'startSample')::bigint, (s.value ->> 'endSample')::bigint, s.value ->> 'text', s.value ->> 'reason', s.value -> 'metrics'
         from jsonb_array_elements($3::jsonb) as s on conflict do nothing`,
        [sessionId, chunk, storableJson(result.suppressed)],
      );
      await tx.query('delete from chunk_voices where session_id = $1 and chunk = $2', [sessionId, chunk]);
      for (const { voice, model, embedding, speechSamples } of result.voices) {
        await tx.query('insert into chunk_voices (session_id, chunk, voice, model, embedding, speech_samples) values ($1, $2, $3, $4, $5, $6)', [sessionId, chunk, voice, storableText(model), [...embedding], speechSamples]);
      }
      await closeIfSettled(tx, this.#enqueue, sessionId);
    });
  }

  async fail(sessionId: string, chunk: number, code: string, givenUp: boolean): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rowCount } = await tx.query(
        `update meeting_chunks set failure = $3, worker = null, state = case when state = 'transcribed' then state when $4 then 'failed' else 'captured' end where session_id = $1 and chunk = $2`,
        [sessionId, chunk, code, givenUp],
      );
      if (givenUp && rowCount === 1) await closeIfSettled(tx, this.#enqueue, sessionId);
    });
  }

  async takeUpAgain(worker: string): Promise<number> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ session_id: string; chunk: number; attempts: number }>(
        "update meeting_chunks set state = 'captured', worker = null where worker = $1 and state = 'transcribing' returning session_id, chunk, attempts",
        [worker],
      );
      for (const { session_id: sessionId, chunk, attempts } of rows) {
        const job = { definition: transcribeChunkJob, payload: { sessionId, chunk } };
        // What has brought a worker down as often as it may be tried would do so for ever.
        const givenUp = attempts > transcribeChunkJob.retryLimit;
        await this.#giveBack(tx, job, givenUp);
        if (!givenUp) continue;
        await tx.query("update meeting_chunks set state = 'failed', failure = 'worker.died' where session_id = $1 and chunk = $2", [sessionId, chunk]);
        await closeIfSettled(tx, this.#enqueue, sessionId);
      }
      return rows.length;
    });
  }

  async overdue(sessionId: string): Promise<boolean> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ due: boolean }>('select closing_deadline_at <= now() as due from meetings where session_id = $1', [sessionId]);
      if (rows[0] && !rows[0].due) return false;
      await tx.query("update meeting_chunks set state = 'failed', failure = coalesce(failure, 'chunk.late') where session_id = $1 and state in ('captured', 'transcribing')", [sessionId]);
      await closeIfSettled(tx, this.#enqueue, sessionId);
      return true;
    });
  }
}

/**
 * New segments, but none where a person's words lie already. A segment's place is its middle, as everywhere.
 */
const INSERT_SEGMENTS_SQL = `
  insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, words, voice)
  select $1, s.value ->> 'itemId', 1, $4, s.value ->> 'text', (s.value ->> 'startSample')::bigint, (s.value ->> 'endSample')::bigint, $2, s.value -> 'words', (s.value ->> 'voice')::int
  from jsonb_array_elements($3::jsonb) with ordinality as s
  where not exists (
    select 1 from transcript_items e where e.session_id = $1 and e.edited_at is not null and not e.superseded
      and ((s.value ->> 'startSample')::bigint + (s.value ->> 'endSample')::bigint) / 2 between e.start_sample and e.end_sample)
  order by s.ordinality
  on conflict (session_id, item_id) do nothing`;
