/** The closing of meetings, as the service role. */
import { assembleMeetingJob, indexTranscriptJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import { forgetRecordingJob } from '#domain/jobs/session-jobs.ts';
import { CLOSING_PATIENCE_S } from '#domain/meetings/closing.ts';
import type { ClosingMaterial, ClosingStore } from '#domain/meetings/closing.ts';
import { coverageRows } from './meeting-rows.ts';
import type { Database } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';

/** Without consent to recording, the sound of a meeting with stretches that failed is kept this long, so that they can be tried again. */
const FORGET_FAILED_AFTER_S = 24 * 3600;

export class PostgresClosingStore implements ClosingStore {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;
  readonly #asksForNotes: boolean;

  /** @param options.asksForNotes false where a state machine goes on to the notes by itself */
  constructor(database: Database, enqueue: EnqueueJob, { asksForNotes = true }: { asksForNotes?: boolean } = {}) {
    this.#database = database;
    this.#enqueue = enqueue;
    this.#asksForNotes = asksForNotes;
  }

  async settled(sessionId: string): Promise<boolean | null> {
    const { rows } = await this.#database.asService((tx) =>
      tx.query<{ settled: boolean }>(
        `select (select count(*) from meeting_chunks c where c.session_id = m.session_id and c.state in ('transcribed', 'failed')) >= m.closing_chunks as settled
         from meetings m where session_id = $1 and closing_chunks is not null`,
        [sessionId],
      ),
    );
    return rows[0]?.settled ?? null;
  }

  async settledSeq(sessionId: string): Promise<number | null> {
    const { rows } = await this.#database.asService((tx) => tx.query<{ settled_seq: number }>('select settled_seq from meetings where session_id = $1', [sessionId]));
    return rows[0]?.settled_seq ?? null;
  }

  async assembled(sessionId: string, settledSeq: number): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rowCount } = await tx.query('update meetings set assembled_seq = $2, assembled_at = now() where session_id = $1', [sessionId, settledSeq]);
      if (rowCount === 1 && this.#asksForNotes) await this.#enqueue(tx, { definition: writeNotesJob, payload: { sessionId } });
    });
  }

  async material(sessionId: string): Promise<ClosingMaterial | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ duration_ms: string }>('select duration_ms from sessions where id = $1 and ended_at is not null', [sessionId]);
      if (!rows[0]) return null;
      const items = await tx.query<{ item_id: string; speaker: string; text: string; start_sample: string; end_sample: string }>(
        'select item_id, speaker, text, start_sample, end_sample from transcript_items where session_id = $1 and not superseded order by start_sample, position',
        [sessionId],
      );
      const speakers = await tx.query<{ speaker: string; name: string | null; merged_into: string | null }>('select speaker, name, merged_into from meeting_speakers where session_id = $1', [sessionId]);
      const { chunks, gaps } = await coverageRows(tx, sessionId);
      return {
        items: items.rows.map((row) => ({ itemId: row.item_id, speaker: row.speaker, text: row.text, startSample: Number(row.start_sample), endSample: Number(row.end_sample) })),
        chunks,
        gaps,
        speakers: speakers.rows.map((row) => ({ speaker: row.speaker, name: row.name, mergedInto: row.merged_into })),
        // The closing manifest covers all of it.
        capturedSamples: chunks.at(-1)?.endSample ?? 0,
      };
    });
  }

  async watch(sessionId: string): Promise<boolean> {
    const { rows } = await this.#database.asService((tx) => tx.query<{ asked: boolean }>('select spool_watch_closing($1, $2) as asked', [sessionId, CLOSING_PATIENCE_S]));
    return rows[0]!.asked;
  }

  async close(sessionId: string, status: 'completed' | 'partial'): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ behind: boolean }>('select settled_seq > assembled_seq as behind from meetings where session_id = $1 for update', [sessionId]);
      if (rows[0]?.behind) return this.#enqueue(tx, { definition: assembleMeetingJob, payload: { sessionId } });
      const waiting = await tx.query("select 1 from meeting_chunks where session_id = $1 and state in ('captured', 'transcribing') limit 1", [sessionId]);
      // Tried again by a person: not over yet.
      if (waiting.rowCount === 1) return;
      const { rows: closed } = await tx.query<{ consent_recording: boolean; status: string; changed: boolean }>(
        `with before as (select status from sessions where id = $1)
         update sessions s set status = $2, event_seq = event_seq + (case when (select status from before) <> $2 then 1 else 0 end)
         where id = $1 and ended_at is not null returning consent_recording, status, (select status from before) <> $2 as changed`,
        [sessionId, status],
      );
      const session = closed[0];
      if (!session) return;
      await this.#enqueue(tx, { definition: indexTranscriptJob, payload: { sessionId } });
      if (session.changed) {
        await tx.query("insert into session_events (session_id, seq, type, data) select id, event_seq, 'session.status', jsonb_build_object('status', $2::text) from sessions where id = $1", [sessionId, status]);
      }
      if (session.consent_recording) return;
      const failed = await tx.query("select 1 from meeting_chunks where session_id = $1 and state = 'failed' limit 1", [sessionId]);
      await this.#enqueue(tx, { definition: forgetRecordingJob, payload: { sessionId }, delayS: failed.rowCount === 0 ? 0 : FORGET_FAILED_AFTER_S });
    });
  }
}
