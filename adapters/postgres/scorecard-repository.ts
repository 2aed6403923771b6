/** Scorecards: drafted by our worker, read, edited and signed by the team under row-level security. */
import type { PersonActor } from '#domain/actor.ts';
import type { ProblemRepository, RunRecordRequest } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import { languageOf } from '#domain/code/source-language.ts';
import { type Pointable, pointableOf } from '#domain/scorecard/evidence.ts';
import type { ScorecardDrafts, ScorecardRepository, StoredScorecard } from '#domain/scorecard/ports.ts';
import type { AreaScore, ScorecardMaterial } from '#domain/scorecard/scorecard.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import type { Database, Transaction } from './database.ts';
import { ITEM_COLUMNS, storableJson, storableText, toItemRecord } from './session-rows.ts';
import type { ItemRow } from './session-rows.ts';

const COLUMNS = 'session_id, areas, note, made_by, made_at, edited_at, signed_name, signed_at';
interface CardRow {
  session_id: string;
  areas: AreaScore[];
  note: string;
  made_by: string;
  made_at: Date;
  edited_at: Date | null;
  signed_name: string | null;
  signed_at: Date | null;
}
/** Versions that are read for a scorecard: the newest, and enough before to see how the code came about. */
const MAX_VERSIONS = 400;

export class PostgresScorecardRepository implements ScorecardRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async get(actor: PersonActor, sessionId: string): Promise<StoredScorecard | null> {
    return this.#database.asPerson(actor, (tx) => find(tx, sessionId));
  }

  async edit(actor: PersonActor, sessionId: string, { areas, note }: { areas?: AreaScore[]; note?: string }): Promise<StoredScorecard | 'signed' | null> {
    return this.#change(actor, sessionId, `areas = coalesce($3::jsonb, areas), note = coalesce($4, note), edited_by = $2, edited_at = clock_timestamp()`, [
      areas === undefined ? null : storableJson(areas),
      note === undefined ? null : storableText(note),
    ]);
  }

  async sign(actor: PersonActor, sessionId: string): Promise<StoredScorecard | 'signed' | null> {
    return this.#change(actor, sessionId, 'edited_by = $2, signed_by = $2, signed_name = $3, signed_at = clock_timestamp()', [storableText(actor.name).slice(0, 200)]);
  }

  async pointable(actor: PersonActor, sessionId: string): Promise<Pointable> {
    return this.#database.asPerson(actor, async (tx) => {
      const items = await readItems(tx, sessionId);
      const versions = await tx.query<{ path: string; version: number }>('select path, version from file_versions where session_id = $1', [sessionId]);
      const runs = await tx.query<{ id: string }>('select id from code_runs where session_id = $1', [sessionId]);
      return pointableOf({ items, versions: versions.rows, runs: runs.rows.map(({ id }) => ({ runId: id })) });
    });
  }

  async #change(actor: PersonActor, sessionId: string, set: string, values: unknown[]): Promise<StoredScorecard | 'signed' | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<CardRow>(`update scorecards set ${set} where session_id = $1 and signed_at is null returning ${COLUMNS}`, [sessionId, actor.id, ...values]);
      if (rows[0]) return toCard(rows[0]);
      const found = await find(tx, sessionId);
      return found?.signedAt ? 'signed' : null;
    });
  }
}

export class PostgresScorecardDrafts implements ScorecardDrafts {
  readonly #database: Database;
  readonly #problems: ProblemRepository;

  constructor(database: Database, problems: ProblemRepository) {
    this.#database = database;
    this.#problems = problems;
  }

  async material(sessionId: string): Promise<ScorecardMaterial | 'not_over' | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ kind: string; owner_id: string; owner_name: string; template_id: string | null; over: boolean; started_ms: number }>(
        `select s.kind, s.owner_id, p.name as owner_name, s.template_id, s.ended_at is not null as over,
           coalesce(extract(epoch from s.started_at - s.created_at) * 1000, 0)::float8 as started_ms
         from sessions s join people p on p.id = s.owner_id where s.id = $1`,
        [sessionId],
      );
      const session = rows[0];
      if (session?.kind !== 'code') return null;
      if (!session.over) return 'not_over';
      const owner: PersonActor = { kind: 'person', id: session.owner_id, name: session.owner_name, role: 'interviewer' };
      return {
        problem: session.template_id === null ? null : await this.#problems.get(owner, session.template_id),
        items: await readItems(tx, sessionId),
        runs: await readRuns(tx, sessionId),
        versions: await readVersions(tx, sessionId),
        hints: await readHints(tx, sessionId),
        startedMs: session.started_ms,
      };
    });
  }

  async save(sessionId: string, { areas, madeBy }: { areas: AreaScore[]; madeBy: string }): Promise<void> {
    await this.#database.asService((tx) =>
      tx.query(
        `insert into scorecards as c (session_id, draft, areas, made_by) select id, $2::jsonb, $2::jsonb, $3 from sessions where id = $1
         on conflict (session_id) do update set draft = excluded.draft, areas = excluded.areas, made_by = excluded.made_by, made_at = clock_timestamp()
         where c.edited_at is null and c.signed_at is null`,
        [sessionId, storableJson(areas), madeBy.slice(0, 120)],
      ),
    );
  }
}

async function find(tx: Transaction, sessionId: string): Promise<StoredScorecard | null> {
  const { rows } = await tx.query<CardRow>(`select ${COLUMNS} from scorecards where session_id = $1`, [sessionId]);
  return rows[0] ? toCard(rows[0]) : null;
}
function toCard(row: CardRow): StoredScorecard {
  return {
    sessionId: row.session_id,
    status: row.signed_at ? 'signed' : 'draft',
    areas: row.areas,
    note: row.note,
    madeBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    signedBy: row.signed_name,
    signedAt: row.signed_at?.toISOString() ?? null,
  };
}

async function readItems(tx: Transaction, sessionId: string): Promise<ScorecardMaterial['items']> {
  const { rows } = await tx.query<ItemRow>(`select ${ITEM_COLUMNS} from transcript_items where session_id = $1 order by position`, [sessionId]);
  return rows.map(toItemRecord).map(({ itemId, speaker, text, startSample, endSample }) => ({ itemId, speaker, text, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample) }));
}
const SINCE = 'greatest(0, floor(extract(epoch from %s - s.created_at) * 1000))::float8 as at_ms';
async function readRuns(tx: Transaction, sessionId: string): Promise<ScorecardMaterial['runs']> {
  const { rows } = await tx.query<{ id: string; request: RunRecordRequest; result: RunResult; at_ms: number }>(
    `select r.id, r.request, r.result, ${SINCE.replace('%s', 'r.finished_at')} from code_runs r join sessions s on s.id = r.session_id
     where r.session_id = $1 and r.status = 'finished' and r.result is not null order by r.created_at`,
    [sessionId],
  );
  return rows.map(({ id, request, result, at_ms: atMs }) => ({ runId: id, request, result, atMs }));
}
/** Of the file that was changed last. */
async function readVersions(tx: Transaction, sessionId: string): Promise<ScorecardMaterial['versions']> {
  const { rows } = await tx.query<{ path: string; version: number; content: string | null; at_ms: number }>(
    `select v.path, v.version, v.content, ${SINCE.replace('%s', 'v.at')} from file_versions v join sessions s on s.id = v.session_id
     where v.session_id = $1 and v.content is not null and v.path = (
       select path from session_files where session_id = $1 and content is not null and path ~* '\\.(py|js|mjs|cjs|java|cpp|cc|cxx)$' order by updated_at desc, path limit 1)
     order by v.version desc limit ${MAX_VERSIONS}`,
    [sessionId],
  );
  return rows.reverse().flatMap(({ path, version, content, at_ms: atMs }) => {
    const language = languageOf(path);
    return language ? [{ path, version, language, content: content ?? '', atMs }] : [];
  });
}
async function readHints(tx: Transaction, sessionId: string): Promise<ScorecardMaterial['hints']> {
  const { rows } = await tx.query<{ data: { step: number; itemId: string }; at_ms: number }>(
    `select e.data, ${SINCE.replace('%s', 'e.at')} from session_events e join sessions s on s.id = e.session_id where e.session_id = $1 and e.type = 'hint.given' order by e.seq`,
    [sessionId],
  );
  return rows.map(({ data, at_ms: atMs }) => ({ step: data.step, itemId: data.itemId, atMs }));
}
