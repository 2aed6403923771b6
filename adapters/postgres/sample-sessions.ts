/** Samples as the worker that plays their invented person sees them. Runs as the service role. */
import { newSecret } from '#domain/ids.ts';
import type { ConversationTurn } from '#domain/interview/ports.ts';
import { keepOrForget } from '#domain/jobs/session-jobs.ts';
import { sha256Hex } from '#domain/hash.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import type { Database } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';

export class PostgresSampleSessions {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;

  constructor(database: Database, enqueue: EnqueueJob) {
    this.#database = database;
    this.#enqueue = enqueue;
  }

  async conversation(sessionId: string): Promise<ConversationTurn[] | null> {
    return this.#database.asService(async (tx) => {
      const found = await tx.query('select 1 from sessions where id = $1 and sample and ended_at is null', [sessionId]);
      if (found.rowCount === 0) return null;
      const { rows } = await tx.query<{ speaker: string; text: string; unheard_text: string | null }>(
        'select speaker, text, unheard_text from transcript_items where session_id = $1 order by start_sample, position',
        [sessionId],
      );
      return rows.map(({ speaker, text, unheard_text: unheardText }) => ({ speaker: speaker === 'agent' ? 'agent' : 'user', text, ...(unheardText === null ? {} : { unheardText }) }));
    });
  }

  async issueTicket(sessionId: string): Promise<string | null> {
    const ticket = newSecret();
    const hash = await sha256Hex(ticket);
    const { rowCount } = await this.#database.asService((tx) =>
      tx.query(
        `insert into tickets (token_hash, session_id, person_id, role, expires_at)
         select $2, id, owner_id, 'participant', now() + interval '1 minute' from sessions where id = $1 and sample and ended_at is null`,
        [sessionId, hash],
      ),
    );
    return rowCount === 1 ? ticket : null;
  }

  /** A new epoch, so that a live session which still writes it finds its own stale. */
  async giveUp(sessionId: string): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ consent_recording: boolean }>(
        `update sessions s set
           status = case when exists (select 1 from transcript_items i where i.session_id = s.id and i.speaker = 'user') then 'partial' else 'failed' end,
           ended_at = clock_timestamp(), end_reason = 'failed',
           duration_ms = coalesce((select round(max(end_sample) * 1000.0 / ${UPLINK_SAMPLE_RATE_HZ}) from transcript_items i where i.session_id = s.id), 0),
           writer_epoch = writer_epoch + 1, writer_id = null, lease_expires_at = null, handover_to = null
         where id = $1 and sample and ended_at is null returning consent_recording`,
        [sessionId],
      );
      if (rows[0]) await this.#enqueue(tx, keepOrForget(sessionId, rows[0].consent_recording));
    });
  }
}
