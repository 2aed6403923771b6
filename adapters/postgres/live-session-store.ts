/** What a live session keeps in Postgres, written as `spool_service` under the session's epoch. Times are the database's. */
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { keepOrForget, scoreInterviewJob, writeFollowUpJob } from '#domain/jobs/session-jobs.ts';
import { SAMPLE_PERSON_NAME } from '#domain/sample/about.ts';
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { InterestRecord, TopicDecision } from '#domain/interests/ports.ts';
import type { LiveSessionStore, SessionChanges, StoredSession, TicketClaim } from '#domain/session/ports.ts';
import type { SessionEvent } from '#domain/session/session.ts';
import type { Database, Transaction } from './database.ts';
import { recordCaptured } from './captured-chunks.ts';
import { FIRST_MENTION, INTEREST_COLUMNS } from './interest-rows.ts';
import { summaryWanted } from './profile-summaries.ts';
import { GOES_ON } from './upload-repository.ts';
import { EVENT_COLUMNS, ITEM_COLUMNS, SESSION_COLUMNS, storableJson, toEvent, toItemRecord, toSession } from './session-rows.ts';
import type { EventRow, ItemRow, SessionRow } from './session-rows.ts';

/** Writes a job in the caller's transaction. */
export type EnqueueJob = (tx: Transaction, job: JobRequest) => Promise<void>;

/** How soon to ask again for a lease that has been asked to hand over. */
const HANDOVER_POLL_MS = 100;
/** Events given out at once, so that a follower that was away long reads in steps. */
const EVENTS_PER_READ = 1_000;
/** What is left of a stream takes a second or two to come in. */
const TAIL_WAIT_S = 10;
/** While the live session was away nothing came in. A process that lives and has not brought it by then never will. */
const TAIL_WAIT_AT_MOST_S = 1_800;
/** Of sessions `s` whose end was asked for: nothing of a stream is on its way, or for too long; a process that is not there to send it is not waited for. */
const TAIL_IS_IN = `(not exists (select 1 from meeting_streams t where t.session_id = s.id and t.ended_at is null)
              or s.end_requested_at < clock_timestamp() - make_interval(secs => case
                when exists (select 1 from meeting_claims c where c.session_id = s.id and c.lease_expires_at > clock_timestamp()) then ${TAIL_WAIT_AT_MOST_S} else ${TAIL_WAIT_S} end))`;
/** A commit of unknown outcome is repeated: its mark tells whether it had arrived. */
const COMMIT_ATTEMPTS = 3;

/** Who may see the session `s` live; `person` is an expression for their id. */
const mayWatch = (person: string): string => `(${person} = s.owner_id or ${person} = any (s.observer_ids))`;

export class PostgresLiveSessionStore implements LiveSessionStore {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;
  /** Marks of commits that may have arrived although nobody was told so. */
  readonly #marks = new WeakMap<SessionChanges, string>();

  constructor(database: Database, enqueue: EnqueueJob) {
    this.#database = database;
    this.#enqueue = enqueue;
  }

  async consumeTicket(tokenHash: string): Promise<TicketClaim | null> {
    const rows = await this.#rows<{ session_id: string; person_id: string; name: string; role: TicketClaim['role'] }>(
      `with swept as (
         delete from tickets where expires_at < now() - interval '10 minutes'
       ), used as (
         update tickets set used_at = now() where token_hash = $1 and used_at is null and expires_at > now()
         returning session_id, person_id, role
       )
       select used.session_id, used.person_id, used.role, people.name from used join people on people.id = used.person_id join sessions s on s.id = used.session_id
       where case used.role when 'participant' then coalesce(s.candidate_id, s.owner_id) = used.person_id else ${mayWatch('used.person_id')} end`,
      [tokenHash],
    );
    const row = rows[0];
    return row ? { sessionId: row.session_id, personId: row.person_id, personName: row.name, role: row.role } : null;
  }

  async mayWatch(sessionId: string, personId: string): Promise<boolean> {
    return (await this.#rows(`select 1 from sessions s where s.id = $1 and ${mayWatch('$2')}`, [sessionId, personId])).length > 0;
  }

  /** A writer that asks for what it holds already gets a new epoch: it has lost track of the old one. */
  async acquireLease(sessionId: string, writerId: string, ttlMs: number, handOver = true): Promise<{ epoch: number } | { held: true; retryAfterMs: number } | null> {
    // One UPDATE: a second one waits for the row and then judges its newest version, so exactly one finds it free.
    const rows = await this.#rows<{ taken: boolean; writer_epoch: number; left_ms: number }>(
      `update sessions set
         writer_epoch = case when lease_expires_at > clock_timestamp() and writer_id <> $2 then writer_epoch else writer_epoch + 1 end,
         handover_to = case when lease_expires_at > clock_timestamp() and writer_id <> $2 then case when $4 then $2 else handover_to end end,
         writer_id = case when lease_expires_at > clock_timestamp() and writer_id <> $2 then writer_id else $2 end,
         lease_expires_at = case when lease_expires_at > clock_timestamp() and writer_id <> $2 then lease_expires_at
                                 else clock_timestamp() + make_interval(secs => $3::float8 / 1000) end
       where id = $1
       returning writer_id = $2 as taken, writer_epoch,
         ceil(extract(epoch from lease_expires_at - clock_timestamp()) * 1000)::float8 as left_ms`,
      [sessionId, writerId, ttlMs, handOver],
    );
    const row = rows[0];
    if (!row) return null;
    return row.taken ? { epoch: row.writer_epoch } : { held: true, retryAfterMs: Math.max(10, Math.min(HANDOVER_POLL_MS, row.left_ms)) };
  }

  async renewLeases(writerId: string, sessionIds: string[], ttlMs: number): Promise<{ kept: string[]; wanted: string[] }> {
    if (sessionIds.length === 0) return { kept: [], wanted: [] };
    const rows = await this.#rows<{ id: string; wanted: boolean }>(
      `update sessions set lease_expires_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       where writer_id = $1 and id = any($2::uuid[])
       returning id, handover_to is not null as wanted`,
      [writerId, sessionIds, ttlMs],
    );
    return { kept: rows.filter((row) => !row.wanted).map((row) => row.id), wanted: rows.filter((row) => row.wanted).map((row) => row.id) };
  }

  async releaseLease(sessionId: string, writerId: string, epoch: number): Promise<void> {
    await this.#rows(
      'update sessions set writer_id = null, lease_expires_at = null, handover_to = null where id = $1 and writer_id = $2 and writer_epoch = $3',
      [sessionId, writerId, epoch],
    );
  }

  async releaseLeasesOf(writerIdPrefix: string, but?: string): Promise<void> {
    await this.#rows('update sessions set writer_id = null, lease_expires_at = null, handover_to = null where starts_with(writer_id, $1) and writer_id is distinct from $2', [writerIdPrefix, but ?? null]);
  }

  async load(sessionId: string): Promise<StoredSession | null> {
    return this.#database.asService(async (tx) => {
      const found = await tx.query<SessionRow & { owner_name: string }>(
        `select ${SESSION_COLUMNS.replaceAll(/\b(\w+)\b/g, 's.$1')}, p.name as owner_name from sessions s join people p on p.id = coalesce(s.candidate_id, s.owner_id) where s.id = $1`,
        [sessionId],
      );
      const row = found.rows[0];
      if (!row) return null;
      const items = await tx.query<ItemRow>(`select ${ITEM_COLUMNS} from transcript_items where session_id = $1 and chunk is null order by start_sample, position`, [sessionId]);
      const events = await tx.query<EventRow>(`select ${EVENT_COLUMNS} from session_events e join sessions s on s.id = e.session_id where e.session_id = $1 order by e.seq`, [sessionId]);
      const interests = await tx.query<InterestRecord>(`select ${INTEREST_COLUMNS} from interests where session_id = $1 order by ${FIRST_MENTION}`, [sessionId]);
      const decisions = await tx.query<TopicDecision>('select topic, decision from topic_decisions where person_id = $1 and not $2 order by topic', [row.owner_id, row.sample]);
      return {
        session: toSession(row),
        ownerId: row.owner_id,
        ownerName: row.sample ? SAMPLE_PERSON_NAME : row.owner_name,
        items: items.rows.map(toItemRecord),
        events: events.rows.map(toEvent),
        interests: interests.rows,
        decisions: decisions.rows,
        endRequested: row.end_requested_at !== null,
      };
    });
  }

  async exists(sessionId: string): Promise<boolean> {
    return (await this.#rows('select 1 from sessions where id = $1', [sessionId])).length > 0;
  }

  async commit(sessionId: string, epoch: number, changes: SessionChanges): Promise<{ lastSeq: number }> {
    const mark = this.#marks.get(changes) ?? newId();
    this.#marks.set(changes, mark);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const committed = await this.#database.asService((tx) => this.#commitOnce(tx, sessionId, epoch, mark, changes));
        this.#marks.delete(changes);
        return committed;
      } catch (error) {
        const unknown = error instanceof SpoolError && error.fields?.['outcome'] === 'unknown';
        if (!unknown || attempt === COMMIT_ATTEMPTS) throw error;
      }
    }
  }

  async #commitOnce(tx: Transaction, sessionId: string, epoch: number, mark: string, changes: SessionChanges): Promise<{ lastSeq: number }> {
    const events = changes.events ?? [];
    const { rows } = await tx.query<{ event_seq: string; consent_recording: boolean; kind: string }>(COMMIT_SQL, [
      sessionId,
      epoch,
      mark,
      events.length,
      changes.status ?? null,
      changes.startedAt === 'now',
      changes.ended?.reason ?? null,
      changes.ended ? Math.round(changes.ended.durationMs) : null,
      storableJson(changes.items ?? []),
      storableJson(events),
      storableJson(changes.interests ?? []),
    ]);
    const row = rows[0];
    if (!row) return { lastSeq: await this.#whyNotCommitted(tx, sessionId, epoch, mark) };
    if (changes.captured) await recordCaptured(tx, this.#enqueue, sessionId, changes.captured, changes.ended !== undefined);
    if (changes.ended) {
      // The audio of a meeting is needed until its transcript is final; its closing forgets it then.
      if (row.kind !== 'meeting' || row.consent_recording) await this.#enqueue(tx, keepOrForget(sessionId, row.consent_recording));
      const summary = await summaryWanted(tx, sessionId);
      if (summary) await this.#enqueue(tx, summary);
      if (row.kind === 'code') await this.#enqueue(tx, { definition: scoreInterviewJob, payload: { sessionId } });
      if (row.kind === 'code' || row.kind === 'onboarding') await this.#enqueue(tx, { definition: writeFollowUpJob, payload: { sessionId } });
    }
    return { lastSeq: Number(row.event_seq) };
  }

  /** Nothing was written: either this very commit had arrived before its answer was lost, or the epoch is stale. */
  async #whyNotCommitted(tx: Transaction, sessionId: string, epoch: number, mark: string): Promise<number> {
    const { rows } = await tx.query<{ event_seq: string }>('select event_seq from sessions where id = $1 and writer_epoch = $2 and last_commit = $3', [sessionId, epoch, mark]);
    if (!rows[0]) throw new SpoolError('lease.lost', 'A commit under an epoch that is not the newest.', { fields: { sessionId, epoch } });
    return Number(rows[0].event_seq);
  }

  async eventsSince(sessionId: string, after: number): Promise<SessionEvent[]> {
    const rows = await this.#rows<EventRow>(
      `select ${EVENT_COLUMNS} from session_events e join sessions s on s.id = e.session_id where e.session_id = $1 and e.seq > $2 order by e.seq limit ${EVENTS_PER_READ}`,
      [sessionId, after],
    );
    return rows.map(toEvent);
  }

  async runEvents(sessions: { sessionId: string; after: number }[]): Promise<{ sessionId: string; throughSeq: number; events: SessionEvent[] }[]> {
    if (sessions.length === 0) return [];
    // Numbers are taken under the session's row lock, so one snapshot that shows event_seq shows every event up to it.
    const rows = await this.#rows<EventRow & { session_id: string; through_seq: string }>(
      `select s.id as session_id, s.event_seq as through_seq, ${EVENT_COLUMNS}
       from unnest($1::uuid[], $2::bigint[]) as asked (id, after) join sessions s on s.id = asked.id and s.event_seq > asked.after
       left join session_events e on e.session_id = s.id and e.seq > asked.after and e.type in ('run.started', 'run.result')
       order by s.id, e.seq`,
      [sessions.map(({ sessionId }) => sessionId), sessions.map(({ after }) => after)],
    );
    const found = new Map<string, { sessionId: string; throughSeq: number; events: SessionEvent[] }>();
    for (const row of rows) {
      const one = found.get(row.session_id) ?? { sessionId: row.session_id, throughSeq: Number(row.through_seq), events: [] };
      if (row.seq !== null) one.events.push(toEvent(row));
      found.set(row.session_id, one);
    }
    return [...found.values()];
  }

  async endRequests(writerId: string): Promise<string[]> {
    const rows = await this.#rows<{ id: string }>(
      `select id from sessions s where writer_id = $1 and end_requested_at is not null and ended_at is null
         and ${TAIL_IS_IN}`,
      [writerId],
    );
    return rows.map((row) => row.id);
  }

  async abandoned(idleMs: number, limit: number): Promise<string[]> {
    // A lease that was given back has no expiry; such a session counts as left since its last event, or its start. One whose
    // file waits for the worker, or for room on the disk, is not left.
    const rows = await this.#rows<{ id: string }>(
      `select id from sessions s
       where ended_at is null and writer_epoch > 0 and coalesce(lease_expires_at, '-infinity') <= clock_timestamp()
         and (end_requested_at is not null and ${TAIL_IS_IN}
              or coalesce(lease_expires_at, (select max(at) from session_events e where e.session_id = s.id), started_at, created_at)
                 <= clock_timestamp() - make_interval(secs => $1::float8 / 1000)
                 and not exists (select 1 from uploads u where u.session_id = s.id and ${GOES_ON}))
       order by created_at limit $2`,
      [idleMs, limit],
    );
    return rows.map((row) => row.id);
  }

  async reachable(): Promise<boolean> {
    return this.#database.reachable();
  }

  async #rows<R>(sql: string, params?: unknown[]): Promise<R[]> {
    return (await this.#database.asService((tx) => tx.query<R>(sql, params))).rows;
  }
}

/** One statement: the guarded session row, then its items, its consecutively numbered events and its interests. */
const COMMIT_SQL = `
  with s as (
    update sessions set
      event_seq = event_seq + $4::int,
      last_commit = $3::uuid,
      status = coalesce($5::text, status),
      started_at = case when $6::boolean then coalesce(started_at, clock_timestamp()) else started_at end,
      ended_at = case when $7::text is null then ended_at else coalesce(ended_at, clock_timestamp()) end,
      end_reason = coalesce($7::text, end_reason),
      duration_ms = coalesce($8::bigint, duration_ms)
    where id = $1::uuid and writer_epoch = $2::int and last_commit is distinct from $3::uuid
    returning id, event_seq, consent_recording, kind
  ), items as (
    insert into transcript_items (session_id, item_id, revision, speaker, text, unheard_text, start_sample, end_sample)
    select s.id, i.value ->> 'itemId', (i.value ->> 'revision')::int, i.value ->> 'speaker', i.value ->> 'text',
           i.value ->> 'unheardText', (i.value ->> 'startSample')::bigint, (i.value ->> 'endSample')::bigint
    from s, (
      select distinct on (e.value ->> 'itemId') e.value, e.ordinality from jsonb_array_elements($9::jsonb) with ordinality as e
      order by e.value ->> 'itemId', (e.value ->> 'revision')::int desc
    ) as i
    order by i.ordinality
    on conflict (session_id, item_id) do update set
      revision = excluded.revision, speaker = excluded.speaker, text = excluded.text, unheard_text = excluded.unheard_text,
      start_sample = excluded.start_sample, end_sample = excluded.end_sample
    where excluded.revision >= transcript_items.revision and transcript_items.edited_at is null
  ), events as (
    insert into session_events (session_id, seq, type, sample, at, data)
    select s.id, s.event_seq - $4::int + e.ordinality, e.value ->> 'type', (e.value ->> 'sample')::bigint, clock_timestamp(), e.value -> 'data'
    from s, jsonb_array_elements($10::jsonb) with ordinality as e
  ), claims as (
    insert into interests as i (id, session_id, topic, category, sentiment, confidence, status, extractor, mentions)
    select (c.value ->> 'id')::uuid, s.id, c.value ->> 'topic', c.value ->> 'category', c.value ->> 'sentiment', (c.value ->> 'confidence')::real,
           c.value ->> 'status', c.value ->> 'extractor', c.value -> 'mentions'
    from s, (
      select distinct on (e.value ->> 'id') e.value from jsonb_array_elements($11::jsonb) with ordinality as e
      order by e.value ->> 'id', e.ordinality desc
    ) as c
    on conflict (id) do update set
      topic = case when i.decided_at is null then excluded.topic else i.topic end,
      category = case when i.decided_at is null then excluded.category else i.category end,
      sentiment = case when i.decided_at is null then excluded.sentiment else i.sentiment end,
      status = case when i.decided_at is null then excluded.status else i.status end,
      confidence = excluded.confidence, extractor = excluded.extractor, mentions = excluded.mentions, updated_at = clock_timestamp()
    where i.session_id = excluded.session_id
  )
  select event_seq, consent_recording, kind from s`;
