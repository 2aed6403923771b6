/** Runs of code: started as the person, moved on by our servers, read as the person. Their events stand in the session's log. */
import type { PersonActor } from '#domain/actor.ts';
import type { RunRecord, RunRecordRequest, RunRepository } from '#domain/code/ports.ts';
import type { ListedRun } from '#domain/code/list-runs.ts';
import type { RunResult } from '#domain/code/run.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Database, Transaction } from './database.ts';
import { readOnlyInstead } from './file-repository.ts';
import { storableJson } from './session-rows.ts';

/** A run takes two minutes at most and its server tells of it every few seconds. */
const LOST_AFTER_S = 60;
const BUSY_RETRY_AFTER_S = 2;
/** Sessions of one person in which code is run within ten minutes, where each takes a machine of a limited number and keeps it for about as long. */
const SESSIONS_A_WHILE = 10;
type Event = { type: string; data: unknown };

export class PostgresRunRepository implements RunRepository {
  readonly #database: Database;
  readonly #atOnce: number | null;

  /** `atOnce`: runs of one person at a time, in all their sessions, where no queue sees to it and each session has a machine. */
  constructor(database: Database, { atOnce = null }: { atOnce?: number | null } = {}) {
    this.#database = database;
    this.#atOnce = atOnce;
  }

  async start(actor: PersonActor, sessionId: string, runId: string, request: RunRecordRequest): Promise<void> {
    await readOnlyInstead(this.#database.asPerson(actor, async (tx) => {
      await tx.query('insert into code_runs (id, session_id, request) values ($1, $2, $3::jsonb) on conflict (id) do nothing', [runId, sessionId, storableJson(request)]);
      await tx.becomeService();
      if (this.#atOnce !== null) await refuseMore(tx, sessionId, runId, this.#atOnce);
      await append(tx, sessionId, [{ type: 'run.started', data: { runId, ...request } }]);
    }));
  }

  async progress(runId: string, { status, position, events = [] }: { status?: 'queued' | 'running'; position?: number; events?: Event[] }): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ session_id: string }>(
        "update code_runs set status = coalesce($2, status), position = $3, alive_at = clock_timestamp() where id = $1 and status <> 'finished' returning session_id",
        [runId, status ?? null, position ?? null],
      );
      if (rows[0]) await append(tx, rows[0].session_id, events);
    });
  }

  async finish(runId: string, result: RunResult, events: Event[]): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ session_id: string }>(
        "update code_runs set status = 'finished', position = null, result = $2::jsonb, finished_at = clock_timestamp() where id = $1 and status <> 'finished' returning session_id",
        [runId, storableJson(result)],
      );
      if (rows[0]) await append(tx, rows[0].session_id, events);
    });
  }

  async get(actor: PersonActor, runId: string): Promise<RunRecord | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<{ id: string; session_id: string; status: RunRecord['status']; position: number | null; result: RunResult | null; lost: boolean }>(
        `select id, session_id, status, position, result, status <> 'finished' and alive_at < clock_timestamp() - make_interval(secs => $2) as lost from code_runs where id = $1`,
        [runId, LOST_AFTER_S],
      );
      const row = rows[0];
      return row ? { id: row.id, sessionId: row.session_id, status: row.status, position: row.position, result: row.result, lost: row.lost } : null;
    });
  }

  async list(actor: PersonActor, sessionId: string, limit: number): Promise<ListedRun[]> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<{ id: string; request: RunRecordRequest; at_ms: string; status: ListedRun['status']; results: { passed: boolean; hidden: boolean }[] | null; time_ms: number | null }>(
        `select r.id, r.request, greatest(0, floor(extract(epoch from r.created_at - s.created_at) * 1000))::bigint as at_ms,
           case when r.result is not null then r.result ->> 'status' when r.alive_at < clock_timestamp() - make_interval(secs => $3) then 'lost' else 'running' end as status,
           (select jsonb_agg(jsonb_build_object('passed', t -> 'passed', 'hidden', t ? 'hidden')) from jsonb_array_elements(r.result -> 'results') t) as results,
           (r.result ->> 'timeMs')::float8 as time_ms
         from code_runs r join sessions s on s.id = r.session_id where r.session_id = $1 order by r.created_at desc, r.id limit $2`,
        [sessionId, limit, LOST_AFTER_S],
      );
      const count = (results: { passed: boolean }[]) => ({ passed: results.filter(({ passed }) => passed).length, all: results.length });
      return rows.toReversed().map(({ id, request: { fileName, language, tests, versions }, at_ms: atMs, status, results, time_ms: timeMs }) => ({
        runId: id, fileName, language, tests, versions, atMs: Number(atMs), status, timeMs,
        visible: count(results?.filter(({ hidden }) => !hidden) ?? []),
        hidden: count(results?.filter(({ hidden }) => hidden) ?? []),
      }));
    });
  }
}

/** Behind whatever else is written there: the number is taken under the session's row lock, as the live session does it. */
async function append(tx: Transaction, sessionId: string, events: Event[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `with s as (update sessions set event_seq = event_seq + $2::int where id = $1::uuid returning id, event_seq)
     insert into session_events (session_id, seq, type, at, data)
     select s.id, s.event_seq - $2::int + e.ordinality, e.value ->> 'type', clock_timestamp(), e.value -> 'data'
     from s, jsonb_array_elements($3::jsonb) with ordinality as e`,
    [sessionId, events.length, storableJson(events)],
  );
}

/** Whoever writes code in that session is whose runs are counted. @throws SpoolError `runner.busy` */
async function refuseMore(tx: Transaction, sessionId: string, runId: string, atOnce: number): Promise<void> {
  const { rows } = await tx.query<{ person: string }>('select coalesce(candidate_id, owner_id) as person from sessions where id = $1', [sessionId]);
  const person = rows[0]?.person;
  // Two that begin together would not see each other.
  await tx.query("select pg_advisory_xact_lock(hashtextextended('run:' || $1, 0))", [person]);
  const { rowCount } = await tx.query(
    `select 1 from code_runs r join sessions s on s.id = r.session_id
     where coalesce(s.candidate_id, s.owner_id) = $1 and r.id <> $2 and r.status <> 'finished' and r.alive_at > clock_timestamp() - make_interval(secs => $3) limit $4`,
    [person, runId, LOST_AFTER_S, atOnce],
  );
  if (rowCount >= atOnce) throw new SpoolError('runner.busy', undefined, { personMessage: 'Your earlier runs are not over yet. Try again in a few seconds.', retryAfterS: BUSY_RETRY_AFTER_S });
  const { rowCount: others } = await tx.query(
    `select 1 from code_runs r join sessions s on s.id = r.session_id
     where coalesce(s.candidate_id, s.owner_id) = $1 and s.id <> $2 and r.created_at > now() - interval '10 minutes' group by s.id limit $3`,
    [person, sessionId, SESSIONS_A_WHILE],
  );
  if (others >= SESSIONS_A_WHILE) throw new SpoolError('runner.busy', undefined, { personMessage: 'You have run code in many sessions just now. Try again in a few minutes, or go on in one of them.', retryAfterS: 60 });
}
