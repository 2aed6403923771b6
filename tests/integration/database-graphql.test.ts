/** What AppSync's login reaches: profiles, sessions and results, to read; of their tables the columns shown, and nothing else. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor, Role } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const person = (name: string, role: Role): PersonActor => ({ kind: 'person', id: newId(), name, role });
const ada = person('Ada', 'learner');
const ines = person('Ines', 'interviewer');
const VIEWS = ['graphql_profiles', 'graphql_sessions', 'graphql_interests', 'graphql_notes', 'graphql_scorecards', 'graphql_operations'] as const;

describeOnEveryEngine('The role of other clients', (start) => {
  let server: TestDatabase;
  let database: Database;
  let client: pg.Client;
  const talk = newId();
  const meeting = newId();
  const interview = newId();
  const unsigned = newId();

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    for (const one of [ada, ines]) await new PostgresPeopleRepository(database).ensurePerson(one);
    const sessions = new PostgresSessionRepository(database, enqueueJob);
    await sessions.create(ada, { id: talk, kind: 'onboarding', title: 'First talk', templateId: null, recordingConsent: true });
    await sessions.create(ada, { id: meeting, kind: 'meeting', title: 'Plans', templateId: null, recordingConsent: true });
    for (const id of [interview, unsigned]) await sessions.create(ines, { id, kind: 'code', title: 'Two sum', templateId: null, recordingConsent: true });
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    await store.acquireLease(talk, 'test:1/a', 60_000);
    const mention = { itemId: 'i1', quote: 'I like the stars.', startSample: 0, endSample: 16_000, confidence: 0.5 };
    const interest = { category: 'science', sentiment: 'positive', confidence: 0.5, extractor: 'words/1', mentions: [mention] } as const;
    await store.commit(talk, 1, {
      items: [{ itemId: 'i1', revision: 1, speaker: 'user', text: 'I like the stars.', startSample: 0, endSample: 16_000 }],
      interests: [
        { id: newId(), topic: 'astronomy', status: 'detected', ...interest, mentions: [mention] },
        { id: newId(), topic: 'poison', status: 'retracted', ...interest, mentions: [mention] },
        { id: newId(), topic: 'unfounded', status: 'detected', ...interest, mentions: [] },
      ],
    });
    await database.asService(async (tx) => {
      await tx.query("insert into people (id, name, role) values ($1, 'A guest', 'candidate')", [newId()]);
      for (const version of [1, 2]) {
        await tx.query("insert into meeting_notes (session_id, version, made_by, transcript_digest, body) values ($1, $2, 'extractive', 'x', $3)", [meeting, version, { version }]);
      }
      for (const id of [interview, unsigned]) await tx.query("insert into scorecards (session_id, draft, areas, made_by) values ($1, '{}', '[]', 'rules')", [id]);
    });
    await database.asPerson(ines, (tx) =>
      tx.query("update scorecards set edited_by = $2, signed_by = $2, signed_name = 'Ines', signed_at = '2026-01-02 03:04:05.678+01' where session_id = $1", [interview, ines.id]),
    );
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    // So that this login, which is not the role's, can step into it.
    await client.query('grant spool_graphql to current_user');
  });
  afterAll(async () => {
    await client.end();
    await database.close();
    await server.close();
  });

  /** Rows, or `denied`; whatever it did is undone. */
  async function asGraphql(sql: string, params: unknown[] = []): Promise<Record<string, unknown>[] | 'denied'> {
    await client.query('begin');
    try {
      await client.query('set local role spool_graphql');
      return (await client.query(sql, params)).rows;
    } catch (error) {
      if ((error as { code?: string }).code === '42501') return 'denied';
      throw error;
    } finally {
      await client.query('rollback');
    }
  }

  it('reads what an owner may see of a talk: what was taken back, or has no evidence, is not there', async () => {
    expect(await asGraphql('select topic, quote, session_id, confirmed from graphql_interests where owner_id = $1', [ada.id])).toEqual([
      { topic: 'astronomy', quote: 'I like the stars.', session_id: talk, confirmed: false },
    ]);
    expect(await asGraphql('select * from graphql_interests where owner_id = $1', [ines.id])).toEqual([]);
  });

  it('reads the newest notes of a meeting, and a scorecard once somebody signed it', async () => {
    expect(await asGraphql('select id, owner_id, version, body from graphql_notes')).toEqual([{ id: meeting, owner_id: ada.id, version: 2, body: { version: 2 } }]);
    expect(await asGraphql('select id, owner_id, signed_name, signed_at from graphql_scorecards')).toEqual([
      { id: interview, owner_id: ines.id, signed_name: 'Ines', signed_at: '2026-01-02T02:04:05.678Z' },
    ]);
  });

  it('reads profiles of people with an account, and sessions, with times that GraphQL can say', async () => {
    expect(await asGraphql('select name from graphql_profiles order by name')).toEqual([{ name: 'Ada' }, { name: 'Ines' }]);
    const rows = await asGraphql('select * from graphql_sessions where owner_id = $1 order by title', [ada.id]);
    expect(rows).toMatchObject([{ id: talk, title: 'First talk', kind: 'onboarding', duration_ms: 0, ended_at: null }, { id: meeting }]);
    for (const { created_at: at } of rows as { created_at: string }[]) expect(new Date(at).toISOString()).toBe(at);
  });

  it('says a session of more than 24 days as 24, instead of nothing', async () => {
    await database.asService((tx) => tx.query('update sessions set duration_ms = 9000000000 where id = $1', [meeting]));
    expect(await asGraphql('select duration_ms from graphql_sessions where id = $1', [meeting])).toEqual([{ duration_ms: 2_147_483_647 }]);
  });

  it('counts the sessions of a day for admins, without a name, a title or a person', async () => {
    const [day] = (await asGraphql('select * from graphql_operations where kind = $1', ['code'])) as Record<string, unknown>[];
    expect(day).toEqual({ id: expect.stringMatching(/^\d{4}-\d\d-\d\d code created$/), day: expect.any(String), kind: 'code', status: 'created', sessions: 2, minutes: 0 });
  });

  it('reads no table but the columns that the views show', async () => {
    const dump = await readFile(path.resolve(import.meta.dirname, '../../supabase/schema.sql'), 'utf8');
    const tables = [...dump.matchAll(/^table (\w+) \(/gm)].map((match) => match[1]!);
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) {
      // Of a person there is nothing that the views do not show.
      if (table !== 'people') expect(await asGraphql(`select * from ${table}`), table).toBe('denied');
      for (const sql of [`delete from ${table}`, `truncate ${table} cascade`]) expect(await asGraphql(sql), sql).toBe('denied');
    }
    for (const sql of ['select writer_id from sessions', 'select candidate_id, observer_ids from sessions', 'select consent_recording from sessions', 'select draft from scorecards', 'select transcript_digest from meeting_notes']) {
      expect(await asGraphql(sql), sql).toBe('denied');
    }
  });

  it('sees through row-level security no more in the tables than in the views', async () => {
    expect(await asGraphql("select topic from interests where status = 'retracted'")).toEqual([]);
    expect(await asGraphql('select session_id from scorecards where signed_at is null')).toEqual([]);
    expect(await asGraphql("select id from people where role = 'candidate'")).toEqual([]);
  });

  it.each([
    "update graphql_profiles set name = 'mine'",
    "update graphql_sessions set title = 'mine'",
    'delete from graphql_sessions',
    "insert into graphql_profiles (id, name, role) values (gen_random_uuid(), 'x', 'admin')",
    "update people set role = 'admin'",
    'select spool_role()',
    "alter role spool_graphql login password 'x'",
    'create table public.mine (a int)',
  ])('may not: %s', async (sql) => {
    expect(await asGraphql(sql)).toBe('denied');
  });

  it('is the only one who reads the views: not people, not anybody in particular, not our servers', async () => {
    const refused = (run: Promise<unknown>) => run.then(() => 'let in', (error: { code?: string }) => error.code);
    for (const view of VIEWS) {
      const sql = `select 1 from ${view}`;
      expect(await refused(database.asPerson(ada, (tx) => tx.query(sql))), view).toBe('42501');
      expect(await refused(database.asAnonymous((tx) => tx.query(sql))), view).toBe('42501');
      expect(await refused(database.asService((tx) => tx.query(sql))), view).toBe('42501');
    }
  });

  it('is no other role, and cannot log in until somebody gives it a password', async () => {
    const others = "select rolname from pg_roles where rolname <> 'spool_graphql' and pg_has_role('spool_graphql', oid, 'member')";
    expect((await client.query(others)).rows).toEqual([]);
    expect((await client.query("select rolcanlogin, rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = 'spool_graphql'")).rows).toEqual([
      { rolcanlogin: false, rolsuper: false, rolbypassrls: false, rolinherit: false },
    ]);
  });
});
