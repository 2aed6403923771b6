/** What a person may ask of sessions. Every query runs with the person's claims: row-level security decides what exists. */
import type { PersonActor } from '#domain/actor.ts';
import { warmWorkersJob } from '#domain/jobs/meeting-jobs.ts';
import { eraseSession, keepOrForget, makeSampleJob, scoreInterviewJob } from '#domain/jobs/session-jobs.ts';
import type { Page, SessionRepository } from '#domain/session/ports.ts';
import type { FoundSession } from '#domain/session/search-match.ts';
import type { Session, SessionEvent, SessionKind, TranscriptItem } from '#domain/session/session.ts';
import type { SessionStatus, StreamRole } from '#domain/stream/protocol.ts';
import type { Database, Transaction } from './database.ts';
import { isDenied } from './database-errors.ts';
import type { EnqueueJob } from './live-session-store.ts';
import { forgetSummary } from './profile-summaries.ts';
import { CURSOR_TIME, decodeCursor, encodeCursor } from './page-cursor.ts';
import { EVENT_COLUMNS, ITEM_COLUMNS, SESSION_COLUMNS, storableText, toEvent, toSession, toTranscriptItem } from './session-rows.ts';
import type { EventRow, ItemRow, SessionRow } from './session-rows.ts';
import { findMatches } from './search-matches.ts';

export class PostgresSessionRepository implements SessionRepository {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;

  constructor(database: Database, enqueue: EnqueueJob) {
    this.#database = database;
    this.#enqueue = enqueue;
  }

  /** The id is the caller's, so a repeated call (an answer was lost) gives the session made by the first. */
  async create(actor: PersonActor, input: { id: string; kind: SessionKind; title: string; templateId: string | null; recordingConsent: boolean; autocomplete?: boolean }): Promise<Session> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rowCount } = await tx.query('insert into sessions (id, owner_id, kind, title, template_id, consent_recording, autocomplete) values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing', [
        input.id,
        actor.id,
        input.kind,
        storableText(input.title),
        input.templateId,
        input.recordingConsent,
        input.autocomplete ?? false,
      ]);
      const session = await find(tx, actor, input.id);
      if (!session) throw new Error('The id of a new session belongs to another person.');
      if (rowCount === 1 && input.kind === 'meeting') {
        await tx.becomeService();
        await this.#enqueue(tx, { definition: warmWorkersJob, payload: { sessionId: input.id } });
      }
      return session;
    });
  }

  async createSample(actor: PersonActor, input: { id: string; title: string }): Promise<{ session: Session; created: boolean }> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rowCount } = await tx.query(
        "insert into sessions (id, owner_id, kind, title, consent_recording, sample) values ($1, $2, 'onboarding', $3, true, true) on conflict do nothing",
        [input.id, actor.id, storableText(input.title)],
      );
      // By id as well: a repeated call finds its own, even when it is over by then.
      const { rows } = await tx.query<SessionRow>(`select ${SESSION_COLUMNS} from sessions where sample and (ended_at is null or id = $1) order by id = $1 desc limit 1`, [input.id]);
      if (!rows[0]) throw new Error('A sample was over before it could be answered.');
      if (rowCount === 1) {
        await tx.becomeService();
        await this.#enqueue(tx, { definition: makeSampleJob, payload: { sessionId: input.id } });
      }
      return { session: toSession(rows[0], actor.id), created: rowCount === 1 };
    });
  }

  async get(actor: PersonActor, sessionId: string): Promise<Session | null> {
    return this.#database.asPerson(actor, (tx) => find(tx, actor, sessionId));
  }

  async list(actor: PersonActor, query: { kind?: SessionKind; status?: SessionStatus; q?: string; limit: number; cursor?: string }): Promise<Page<FoundSession>> {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
    const q = query.q === undefined ? null : storableText(query.q);
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<SessionRow & { cursor_time: string }>(
        `select ${SESSION_COLUMNS}, ${CURSOR_TIME} as cursor_time from sessions
         where ($1::text is null or kind = $1) and ($2::text is null or status = $2)
           and ($3::text is null or id in (${SEARCH_SQL}))
           and ($4::timestamptz is null or (created_at, id) < ($4::timestamptz, $5::uuid))
         order by created_at desc, id desc limit $6`,
        [query.kind ?? null, query.status ?? null, q, after?.createdAt ?? null, after?.id ?? null, query.limit + 1],
      );
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const matches = q === null ? null : await findMatches(tx, shown.map(({ id }) => id), q);
      const items = shown.map((row) => {
        const match = matches?.get(row.id);
        return match ? { ...toSession(row, actor.id), match } : toSession(row, actor.id);
      });
      return { items, nextCursor: rows.length > query.limit && last ? encodeCursor({ createdAt: last.cursor_time, id: last.id }) : null };
    });
  }

  /** Consent changed after the end seals or erases the recording; the job is written with the change. */
  async update(actor: PersonActor, sessionId: string, patch: { title?: string; recordingConsent?: boolean; autocomplete?: boolean }): Promise<Session | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<SessionRow>(
        `update sessions set title = coalesce($2, title), consent_recording = coalesce($3, consent_recording), autocomplete = coalesce($4, autocomplete) where id = $1 returning ${SESSION_COLUMNS}`,
        [sessionId, patch.title === undefined ? null : storableText(patch.title), patch.recordingConsent ?? null, patch.autocomplete ?? null],
      );
      const row = rows[0];
      if (!row) return null;
      // The sound of a meeting is needed until its transcript is final; its closing looks at the consent there is by then.
      const closes = row.kind === 'meeting' && row.status === 'processing' && !row.consent_recording;
      if (patch.recordingConsent !== undefined && row.ended_at && !closes) {
        await tx.becomeService();
        await this.#enqueue(tx, keepOrForget(sessionId, row.consent_recording));
      }
      return toSession(row, actor.id);
    });
  }

  async requestEnd(actor: PersonActor, sessionId: string): Promise<Session | null> {
    return this.#database.asPerson(actor, async (tx) => {
      // A trigger completes the session at once when nobody ever streamed to it.
      const { rowCount } = await tx.query('update sessions set end_requested_at = now() where id = $1 and end_requested_at is null and ended_at is null', [sessionId]);
      const session = await find(tx, actor, sessionId);
      if (rowCount === 1 && session?.kind === 'code' && session.endedAt !== null) {
        await tx.becomeService();
        await this.#enqueue(tx, { definition: scoreInterviewJob, payload: { sessionId } });
      }
      return session;
    });
  }

  async erase(actor: PersonActor, sessionId: string): Promise<boolean> {
    return this.#database.asPerson(actor, async (tx) => {
      // Whoever is just changing one of its interests comes first, so that what they decide is seen here; nothing new begins.
      await tx.query('select 1 from sessions where id = $1 for update', [sessionId]);
      await tx.query('select 1 from interests where session_id = $1 for update', [sessionId]);
      const { rows: guests } = await tx.query<{ id: string }>(GUESTS_SQL, [sessionId]);
      const summary = await forgetSummary(tx, sessionId);
      await tx.query(FORGET_DECISIONS_SQL, [sessionId]);
      const { rowCount } = await tx.query('delete from sessions where id = $1', [sessionId]);
      if (rowCount === 0) return false;
      await tx.becomeService();
      await tx.query("delete from people p where id = any($1::uuid[]) and role = 'candidate' and not exists (select 1 from sessions s where s.candidate_id = p.id)", [guests.map(({ id }) => id)]);
      for (const job of eraseSession(sessionId)) await this.#enqueue(tx, job);
      if (summary) await this.#enqueue(tx, summary);
      return true;
    });
  }

  async transcript(actor: PersonActor, sessionId: string): Promise<TranscriptItem[] | null> {
    return this.#database.asPerson(actor, async (tx) => {
      if (!(await find(tx, actor, sessionId))) return null;
      const { rows } = await tx.query<ItemRow>(`select ${ITEM_COLUMNS} from transcript_items where session_id = $1 and not superseded order by start_sample, position`, [sessionId]);
      return rows.map(toTranscriptItem);
    });
  }

  async events(actor: PersonActor, sessionId: string, after: number, limit: number): Promise<SessionEvent[] | null> {
    return this.#database.asPerson(actor, async (tx) => {
      if (!(await find(tx, actor, sessionId))) return null;
      const { rows } = await tx.query<EventRow>(
        `select ${EVENT_COLUMNS} from session_events e join sessions s on s.id = e.session_id where e.session_id = $1 and e.seq > $2 order by e.seq limit $3`,
        [sessionId, after, limit],
      );
      return rows.map(toEvent);
    });
  }

  async issueTicket(actor: PersonActor, sessionId: string, input: { tokenHash: string; role: StreamRole; expiresAtMs: number }): Promise<'issued' | null> {
    try {
      const { rowCount } = await this.#database.asPerson(actor, (tx) =>
        tx.query(
          `insert into tickets (token_hash, session_id, person_id, role, expires_at)
           select $2, id, $3, $4, to_timestamp($5::float8 / 1000) from sessions where id = $1`,
          [sessionId, input.tokenHash, actor.id, input.role, input.expiresAtMs],
        ),
      );
      return rowCount === 1 ? 'issued' : null;
    } catch (error) {
      // The policy on tickets: this role may not watch.
      if (isDenied(error)) return null;
      throw error;
    }
  }
}

/** Decisions about topics that no other session mentions: they are the person's words and go with the session. Samples hold none of them. */
const FORGET_DECISIONS_SQL = `
  delete from topic_decisions
  where topic in (select i.topic from interests i join sessions s on s.id = i.session_id where i.session_id = $1 and not s.sample)
    and topic not in (select i.topic from interests i join sessions s on s.id = i.session_id where i.session_id <> $1 and not s.sample)`;

/** Who was ever let into a session without an account. */
const GUESTS_SQL = `
  select candidate_id as id from sessions where id = $1 and candidate_id is not null
  union select accepted_by from invitations where session_id = $1 and kind = 'candidate' and accepted_by is not null`;

/** Postgres refuses a search document above 1 MiB; words, their places and padding take at most three times their text. Hours of talk. */
const MAX_DOCUMENT_BYTES = 300_000;
/**
 * Sessions whose transcript as a whole matches `$3`, in the syntax of web search engines. The index first finds those
 * with any of the words; only their documents are put together. What no document has room for is searched item by item.
 */
const SEARCH_SQL = `
  select i.session_id from (
    select session_id, item_id, start_sample, search, sum(octet_length(text)) over (partition by session_id order by start_sample, item_id) > ${MAX_DOCUMENT_BYTES} as beyond
    from transcript_items
    where not superseded and session_id in (
      select session_id from transcript_items
      where not superseded and search @@ regexp_replace(websearch_to_tsquery('english', $3)::text, '<(-|[0-9]+)>|&', '|', 'g')::tsquery)) i
  group by i.session_id
  having spool_document(i.search order by i.start_sample, i.item_id) filter (where not i.beyond) @@ websearch_to_tsquery('english', $3)
    or bool_or(i.beyond and i.search @@ websearch_to_tsquery('english', $3))`;

async function find(tx: Transaction, actor: PersonActor, sessionId: string): Promise<Session | null> {
  const { rows } = await tx.query<SessionRow>(`select ${SESSION_COLUMNS} from sessions where id = $1`, [sessionId]);
  return rows[0] ? toSession(rows[0], actor.id) : null;
}
