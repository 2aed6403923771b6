/** Meetings as their owners see and change them, under row-level security. */
import type { PersonActor } from '#domain/actor.ts';
import { checkMeetingJob, transcribeChunkJob, warmWorkersJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import { closingPatienceS } from '#domain/meetings/chunk-plan.ts';
import type { MeetingRepository, NewStreamedMeeting, StoredMeeting, SuppressedRow } from '#domain/meetings/ports.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { UNKNOWN_SPEAKER } from '#domain/session/speaker-names.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { Database, Transaction } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';
import { coverageRows } from './meeting-rows.ts';
import { ITEM_COLUMNS, SESSION_COLUMNS, storableText, toSession, toTranscriptItem } from './session-rows.ts';
import type { ItemRow, SessionRow } from './session-rows.ts';

/** A person corrects one item after another: notes are written anew when they pause. */
const NOTES_AFTER_CORRECTION_S = 15;

/** Takes what a dead letter left out of the list a person looks through: it is tried again. */
type DropDeadLetter = (tx: Transaction, job: JobRequest) => Promise<void>;

export class PostgresMeetingRepository implements MeetingRepository {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;
  readonly #dropDeadLetter: DropDeadLetter;

  constructor(database: Database, enqueue: EnqueueJob, dropDeadLetter: DropDeadLetter) {
    this.#database = database;
    this.#enqueue = enqueue;
    this.#dropDeadLetter = dropDeadLetter;
  }

  async start(owner: PersonActor, { id, title, recordingConsent, externalId, keyHash, keyExpiresAtMs }: NewStreamedMeeting): Promise<Session | null> {
    return this.#database.asPerson(owner, async (tx) => {
      const { rows: people } = await tx.query('select 1 from people where id = $1', [owner.id]);
      if (people.length === 0) return null;
      // Whoever starts it at the same time waits, and finds it.
      if (externalId !== null) await tx.query("select pg_advisory_xact_lock(hashtextextended('meeting:' || $1 || ':' || $2, 0))", [owner.id, externalId]);
      const { rows: open } = await tx.query<{ session_id: string }>(
        `select m.session_id from meetings m join sessions s on s.id = m.session_id
         where s.owner_id = $1 and m.source = 'rtmp' and m.external_id = $2 and s.ended_at is null and s.end_requested_at is null order by s.created_at desc limit 1`,
        [owner.id, externalId],
      );
      const sessionId = open[0]?.session_id ?? id;
      if (!open[0]) await tx.query("insert into sessions (id, owner_id, kind, title, consent_recording) values ($1, $2, 'meeting', $3, $4)", [id, owner.id, storableText(title), recordingConsent]);
      const { rows } = await tx.query<SessionRow>(`select ${SESSION_COLUMNS} from sessions where id = $1`, [sessionId]);
      await tx.becomeService();
      await tx.query(
        `insert into meetings (session_id, source, external_id, stream_key_hash, stream_key_expires_at) values ($1, 'rtmp', $2, $3, to_timestamp($4::float8 / 1000))
         on conflict (session_id) do update set stream_key_hash = excluded.stream_key_hash, stream_key_expires_at = excluded.stream_key_expires_at`,
        [sessionId, externalId, keyHash, keyExpiresAtMs],
      );
      await this.#enqueue(tx, { definition: warmWorkersJob, payload: { sessionId } });
      return toSession(rows[0]!);
    });
  }

  async get(actor: PersonActor, sessionId: string): Promise<StoredMeeting | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const session = await findSession(tx, sessionId);
      if (!session) return null;
      const { rows: meetings } = await tx.query<{ source: StoredMeeting['source']; away_ms: number | null; streamed: boolean; voiced: number; version: number }>(
        `select coalesce(m.source, 'browser') as source, extract(epoch from m.away_since) * 1000 as away_ms,
           exists (select 1 from meeting_streams st where st.session_id = $1) as streamed,
           (select count(distinct i.chunk)::int from transcript_items i where i.session_id = $1 and i.voice is not null) as voiced,
           (select coalesce(max(version), 0) from meeting_notes n where n.session_id = $1) as version
         from (select $1::uuid as id) s left join meetings m on m.session_id = s.id`,
        [sessionId],
      );
      const meeting = meetings[0]!;
      return {
        session,
        source: meeting.source,
        awaySinceMs: meeting.away_ms === null ? null : Number(meeting.away_ms),
        streamed: meeting.streamed,
        voicedChunks: meeting.voiced,
        notesVersion: meeting.version,
        ...(await coverageRows(tx, sessionId)),
      };
    });
  }

  async retryChunks(actor: PersonActor, sessionId: string, chunk?: number): Promise<number | null> {
    return this.#database.asPerson(actor, async (tx) => {
      if (!(await findSession(tx, sessionId))) return null;
      await tx.becomeService();
      const { rows } = await tx.query<{ chunk: number; samples: string }>(
        "update meeting_chunks set state = 'captured', attempts = 0, failure = null where session_id = $1 and state = 'failed' and ($2::int is null or chunk = $2) returning chunk, end_sample - start_sample as samples",
        [sessionId, chunk ?? null],
      );
      for (const row of rows) {
        const job = { definition: transcribeChunkJob, payload: { sessionId, chunk: row.chunk } };
        await this.#dropDeadLetter(tx, job);
        await this.#enqueue(tx, job);
      }
      if (rows.length > 0) {
        await tx.query("update sessions set status = 'processing' where id = $1 and status in ('partial', 'completed')", [sessionId]);
        await this.#waitAnew(tx, sessionId, rows.reduce((sum, row) => sum + Number(row.samples), 0));
      }
      return rows.length;
    });
  }

  /** A closing whose time was up gets time for what is tried again, and no more. Looked at it is at its deadline either way. */
  async #waitAnew(tx: Transaction, sessionId: string, samples: number): Promise<void> {
    const patienceS = closingPatienceS(samples / UPLINK_SAMPLE_RATE_HZ);
    const { rows } = await tx.query<{ wait_s: number }>(
      `update meetings set closing_deadline_at = case when closing_deadline_at <= now() then now() + make_interval(secs => $2) else closing_deadline_at end
       where session_id = $1 and closing_deadline_at is not null returning extract(epoch from closing_deadline_at - now())::float8 as wait_s`,
      [sessionId, patienceS],
    );
    if (rows[0]) await this.#enqueue(tx, { definition: checkMeetingJob, payload: { sessionId }, delayS: rows[0].wait_s });
  }

  async suppressed(actor: PersonActor, sessionId: string): Promise<SuppressedRow[] | null> {
    return this.#database.asPerson(actor, async (tx) => {
      if (!(await findSession(tx, sessionId))) return null;
      const { rows } = await tx.query<SuppressedDbRow>(`select ${SUPPRESSED_COLUMNS} from suppressed_segments where session_id = $1 order by start_sample, segment_id`, [sessionId]);
      return rows.map(toSuppressed);
    });
  }

  async restoreSuppressed(actor: PersonActor, sessionId: string, segmentId: string, restored: boolean): Promise<SuppressedRow | null> {
    return this.#database.asPerson(actor, async (tx) => {
      if (!(await findSession(tx, sessionId))) return null;
      await tx.becomeService();
      const { rows } = await tx.query<SuppressedDbRow>(
        `update suppressed_segments set restored_at = case when $3 then coalesce(restored_at, now()) end where session_id = $1 and segment_id = $2 returning ${SUPPRESSED_COLUMNS}`,
        [sessionId, segmentId, restored],
      );
      if (!rows[0]) return null;
      // Put back by a person, so it stays when the chunk is transcribed again.
      if (restored) {
        await tx.query(
          `insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, edited_by, edited_at)
           select session_id, segment_id, 1, $4, text, start_sample, end_sample, chunk, $3, now() from suppressed_segments where session_id = $1 and segment_id = $2
           on conflict (session_id, item_id) do nothing`,
          [sessionId, segmentId, actor.id, UNKNOWN_SPEAKER],
        );
      } else await tx.query('delete from transcript_items where session_id = $1 and item_id = $2', [sessionId, segmentId]);
      await this.#notesAgain(tx, sessionId);
      return toSuppressed(rows[0]);
    });
  }

  async correctItem(actor: PersonActor, sessionId: string, itemId: string, { text, revision }: { text: string; revision: number }): Promise<TranscriptItem | 'changed' | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<ItemRow>(`select ${ITEM_COLUMNS} from transcript_items where session_id = $1 and item_id = $2 and not superseded for update`, [sessionId, itemId]);
      const before = rows[0];
      if (!before) return null;
      if (before.revision !== revision) return 'changed';
      if (before.text === storableText(text)) return toTranscriptItem(before);
      await tx.query('insert into transcript_revisions (session_id, item_id, revision, text) values ($1, $2, $3, $4) on conflict do nothing', [sessionId, itemId, before.revision, before.text]);
      const { rows: after } = await tx.query<ItemRow>(
        `update transcript_items set text = $3, revision = revision + 1, edited_by = $4, edited_at = now() where session_id = $1 and item_id = $2 returning ${ITEM_COLUMNS}`,
        [sessionId, itemId, storableText(text), actor.id],
      );
      if (!after[0]) return null;
      await tx.becomeService();
      await this.#notesAgain(tx, sessionId);
      return toTranscriptItem(after[0]);
    });
  }

  async itemRevisions(actor: PersonActor, sessionId: string, itemId: string): Promise<{ revision: number; text: string; replacedAt: string }[] | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rowCount } = await tx.query('select 1 from transcript_items where session_id = $1 and item_id = $2', [sessionId, itemId]);
      if (rowCount === 0) return null;
      const { rows } = await tx.query<{ revision: number; text: string; replaced_at: Date }>('select revision, text, replaced_at from transcript_revisions where session_id = $1 and item_id = $2 order by revision', [sessionId, itemId]);
      return rows.map((row) => ({ revision: row.revision, text: row.text, replacedAt: row.replaced_at.toISOString() }));
    });
  }

  /** The notes quote the transcript, so they follow it. */
  async #notesAgain(tx: Transaction, sessionId: string): Promise<void> {
    const { rowCount } = await tx.query('select 1 from meeting_notes where session_id = $1 limit 1', [sessionId]);
    if (rowCount === 1) await this.#enqueue(tx, { definition: writeNotesJob, payload: { sessionId }, delayS: NOTES_AFTER_CORRECTION_S });
  }
}

const SUPPRESSED_COLUMNS = 'segment_id, text, start_sample, end_sample, reason, metrics, restored_at';
interface SuppressedDbRow {
  segment_id: string;
  text: string;
  start_sample: string;
  end_sample: string;
  reason: string;
  metrics: Record<string, number>;
  restored_at: Date | null;
}
function toSuppressed(row: SuppressedDbRow): SuppressedRow {
  return { segmentId: row.segment_id, text: row.text, startSample: Number(row.start_sample), endSample: Number(row.end_sample), reason: row.reason, metrics: row.metrics, restored: row.restored_at !== null };
}

/** Null: there is none of this person's, or it is no meeting. */
async function findSession(tx: Transaction, sessionId: string): Promise<Session | null> {
  const { rows } = await tx.query<SessionRow>(`select ${SESSION_COLUMNS} from sessions where id = $1 and kind = 'meeting'`, [sessionId]);
  return rows[0] ? toSession(rows[0]) : null;
}
