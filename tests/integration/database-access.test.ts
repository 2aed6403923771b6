/** Who may see and do what, per table: row-level security and grants, asked directly in SQL as each persona. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresFileRepository } from '#adapters/postgres/file-repository.ts';
import type { Transaction } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor, Role } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const person = (name: string, role: Role): PersonActor => ({ kind: 'person', id: newId(), name, role });
const owner = person('Ada', 'learner');
const stranger = person("Bob '; drop table people; --", 'learner');
const interviewer = person('Ines', 'interviewer');
const admin = person('Alan', 'admin');
const PERSONAS = { owner, stranger, interviewer, admin };
const TABLES = ['people', 'sessions', 'transcript_items', 'session_events', 'tickets', 'interests', 'topic_decisions', 'profiles', 'session_files', 'file_versions', 'code_runs', 'problems'] as const;

describeOnEveryEngine('Access to data', (start) => {
  let server: TestDatabase;
  let database: Database;
  let sessionId: string;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    const people = new PostgresPeopleRepository(database);
    for (const one of Object.values(PERSONAS)) await people.ensurePerson(one);
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });
  beforeEach(async () => {
    sessionId = newId();
    await new PostgresSessionRepository(database, enqueueJob).create(owner, { id: sessionId, kind: 'onboarding', title: 'First talk', templateId: null, recordingConsent: true });
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    await store.acquireLease(sessionId, 'test:1/a', 60_000);
    await store.commit(sessionId, 1, {
      items: [{ itemId: 'i1', revision: 1, speaker: 'user', text: 'I like the stars.', startSample: 0, endSample: 16_000 }],
      events: [{ type: 'speech.started', sample: 0, data: {} }],
      interests: [{ id: newId(), topic: 'astronomy', category: 'science', sentiment: 'positive', confidence: 0.5, status: 'detected', extractor: 'words/1', mentions: [] }],
    });
    await database.asService((tx) => tx.query('insert into profiles (person_id) values ($1) on conflict do nothing', [owner.id]));
    await database.asPerson(owner, (tx) => tx.query("insert into topic_decisions (person_id, topic, decision) values ($1, 'astronomy', 'confirmed') on conflict do nothing", [owner.id]));
    await database.asPerson(owner, (tx) => insertTicket(tx, sessionId, owner.id, 'participant'));
    await new PostgresFileRepository(database).create(owner, sessionId, 'main.py', 'print(1)', 10);
    await database.asPerson(owner, (tx) => tx.query("insert into code_runs (id, session_id, request) values ($1, $1, '{}')", [sessionId]));
  });

  const insertTicket = (tx: Transaction, session: string, of: string, role: string) =>
    tx.query("insert into tickets (token_hash, session_id, person_id, role, expires_at) values ($1, $2, $3, $4, now() + interval '1 minute')", [newId(), session, of, role]);
  /** `rows`: it took effect on that many. `denied`: Postgres refused. */
  const outcome = (run: Promise<{ rowCount: number }>) =>
    run.then(({ rowCount }) => rowCount as number | 'denied', (error: { code?: string }) => (error.code === '42501' ? 'denied' : Promise.reject(error)));
  const as = (actor: PersonActor, sql: string, params?: unknown[]) => outcome(database.asPerson(actor, (tx) => tx.query(sql, params)));
  const asService = (sql: string, params?: unknown[]) => outcome(database.asService((tx) => tx.query(sql, params)));

  it('lets the owner read the session, its transcript and its events', async () => {
    expect(await as(owner, 'select id from sessions where id = $1', [sessionId])).toBe(1);
    expect(await as(owner, 'select * from transcript_items where session_id = $1', [sessionId])).toBe(1);
    expect(await as(owner, 'select * from session_events where session_id = $1', [sessionId])).toBe(1);
    expect(await as(owner, 'select * from people')).toBe(1);
  });

  it('lets the owner read and correct interests, decide about topics, and forget the profile', async () => {
    expect(await as(owner, 'select * from interests where session_id = $1', [sessionId])).toBe(1);
    expect(await as(owner, "update interests set topic = 'stars', status = 'confirmed' where session_id = $1", [sessionId])).toBe(1);
    for (const table of ['topic_decisions', 'profiles']) {
      expect(await as(owner, `select * from ${table}`), table).toBe(1);
      expect(await as(owner, `delete from ${table}`), table).toBe(1);
    }
  });

  it('lets the owner read the workspace, and change it until the session is over', async () => {
    for (const table of ['session_files', 'file_versions', 'code_runs']) expect(await as(owner, `select * from ${table} where session_id = $1`, [sessionId]), table).toBe(1);
    expect(await as(owner, "update session_files set content = 'x' where session_id = $1", [sessionId])).toBe(1);
    await new PostgresLiveSessionStore(database, enqueueJob).commit(sessionId, 1, { ended: { reason: 'ended_by_person', durationMs: 1 } });
    expect(await as(owner, "update session_files set content = 'y' where session_id = $1", [sessionId])).toBe(0);
    expect(await as(owner, "insert into session_files (session_id, path, version, content) values ($1, 'late.py', 1, '')", [sessionId])).toBe('denied');
    expect(await as(owner, "insert into code_runs (id, session_id, request) values (gen_random_uuid(), $1, '{}')", [sessionId])).toBe('denied');
  });

  it('keeps versions until the workspace is full, and what was saved then stays as it is', async () => {
    const files = new PostgresFileRepository(database, { maxVersionBytes: 40 });
    expect(await files.update(owner, sessionId, 'main.py', 'x'.repeat(30), 'any')).toMatchObject({ version: 2 });
    await expect(files.update(owner, sessionId, 'main.py', 'y'.repeat(10), 'any')).rejects.toMatchObject({ code: 'workspace.full' });
    expect(await files.read(owner, sessionId, 'main.py')).toMatchObject({ version: 2, content: 'x'.repeat(30) });
    expect(await files.remove(owner, sessionId, 'main.py', 'any')).toBe('deleted');
  });

  for (const name of ['stranger', 'interviewer', 'admin'] as const) {
    it(`shows the ${name} nothing of others, even when the query forgets its where`, async () => {
      const actor = PERSONAS[name];
      expect(await as(actor, 'select id from sessions')).toBe(0);
      expect(await as(actor, 'select * from transcript_items')).toBe(0);
      expect(await as(actor, 'select * from session_events')).toBe(0);
      expect(await as(actor, 'select id from people')).toBe(1);
      for (const table of ['interests', 'topic_decisions', 'profiles', 'session_files', 'file_versions', 'code_runs']) expect(await as(actor, `select * from ${table}`), table).toBe(0);
      expect(await as(actor, "update session_files set content = 'mine'")).toBe(0);
      expect(await as(actor, "insert into session_files (session_id, path, version, content) values ($1, 'x', 1, '')", [sessionId])).toBe('denied');
      expect(await as(actor, "insert into code_runs (id, session_id, request) values (gen_random_uuid(), $1, '{}')", [sessionId])).toBe('denied');
      expect(await as(actor, "update interests set status = 'deleted'")).toBe(0);
      expect(await as(actor, "update topic_decisions set decision = 'deleted'")).toBe(0);
      expect(await as(actor, 'delete from topic_decisions')).toBe(0);
      expect(await as(actor, 'delete from profiles')).toBe(0);
      expect(await as(actor, "insert into topic_decisions (person_id, topic, decision) values ($1, 'chess', 'deleted')", [owner.id])).toBe('denied');
      expect(await as(actor, "update sessions set title = 'mine now'")).toBe(0);
      expect(await as(actor, 'update sessions set end_requested_at = now()')).toBe(0);
      expect(await as(actor, 'delete from sessions')).toBe(0);
    });

    it(`gives the ${name} no ticket to somebody else's session, under any name`, async () => {
      const actor = PERSONAS[name];
      const issue = (of: string, role: string) => outcome(database.asPerson(actor, (tx) => insertTicket(tx, sessionId, of, role)));
      expect(await issue(actor.id, 'observer')).toBe('denied');
      expect(await issue(actor.id, 'participant')).toBe('denied');
      expect(await issue(owner.id, 'participant')).toBe('denied');
    });

    it(`does not let the ${name} make a session for somebody else`, async () => {
      expect(await as(PERSONAS[name], "insert into sessions (id, owner_id, kind, title) values ($1, $2, 'code', 't')", [newId(), owner.id])).toBe('denied');
    });
  }

  describe('the owner cannot', () => {
    const refused: [string, string][] = [
      ['write the transcript', "insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample) values ($1, 'x', 1, 'user', 'x', 0, 0)"],
      ['change who said it', "update transcript_items set speaker = 'x' where session_id = $1"],
      ['delete from the transcript', 'delete from transcript_items where session_id = $1'],
      ['write events', "insert into session_events (session_id, seq, type) values ($1, 99, 'x')"],
      ['change events', "update session_events set type = 'x' where session_id = $1"],
      ['delete events', 'delete from session_events where session_id = $1'],
      ['claim an interest', "insert into interests (id, session_id, topic, category, sentiment, confidence, status, extractor, mentions) values ($1, $1, 'x', 'x', 'positive', 1, 'detected', 'x', '[]')"],
      ['change what was quoted', "update interests set mentions = '[]' where session_id = $1"],
      ['remove an interest without a trace', 'delete from interests where session_id = $1'],
      ['change a version that was saved', "update file_versions set content = 'x' where session_id = $1"],
      ['delete a version that was saved', 'delete from file_versions where session_id = $1'],
      ['make a file vanish with its history', 'delete from session_files where session_id = $1'],
      ['write the result of a run', "update code_runs set result = '{}' where session_id = $1"],
      ['write the profile', 'insert into profiles (person_id) values ($1)'],
      ['set the status', "update sessions set status = 'completed' where id = $1"],
      ['give the session away', 'update sessions set owner_id = gen_random_uuid() where id = $1'],
      ['touch the lease', 'update sessions set writer_epoch = 7 where id = $1'],
      ['read the lease', 'select writer_id from sessions where id = $1'],
      ['read tickets', 'select token_hash from tickets where session_id = $1'],
      ['renew a ticket', "update tickets set expires_at = now() + interval '1 day' where session_id = $1"],
      ['take another role', "update people set role = 'admin' where id <> $1"],
      ['add people', "insert into people (id, name, role) values ($1, 'x', 'admin')"],
      ['empty a table', 'truncate sessions cascade -- $1'],
    ];
    for (const [what, sql] of refused) {
      it(what, async () => {
        expect(await as(owner, sql, sql.includes('-- $1') ? undefined : [sessionId])).toBe('denied');
      });
    }
    it('watch the own session as a learner', async () => {
      expect(await outcome(database.asPerson(owner, (tx) => insertTicket(tx, sessionId, owner.id, 'observer')))).toBe('denied');
    });
  });

  it('lets interviewers and admins watch sessions of their own', async () => {
    for (const actor of [interviewer, admin]) {
      const own = newId();
      expect(await as(actor, "insert into sessions (id, owner_id, kind, title) values ($1, $2, 'meeting', 't')", [own, actor.id])).toBe(1);
      expect(await outcome(database.asPerson(actor, (tx) => insertTicket(tx, own, actor.id, 'observer')))).toBe(1);
      expect(await as(actor, 'delete from sessions where id = $1', [own])).toBe(1);
    }
  });

  describe('a problem that somebody added', () => {
    const id = `own-${newId()}`;
    const add = (actor: PersonActor, of: PersonActor, problem = `own-${newId()}`) => as(actor, "insert into problems (id, owner_id, definition) values ($1, $2, '{}')", [problem, of.id]);

    it('is read and changed by the interviewer who added it, and by nobody else, also not an admin', async () => {
      expect(await add(interviewer, interviewer, id)).toBe(1);
      expect(await as(interviewer, "update problems set definition = '{}', updated_at = now()")).toBe(1);
      for (const actor of [owner, stranger, admin]) {
        expect(await as(actor, 'select * from problems')).toBe(0);
        expect(await as(actor, "update problems set definition = '{}'")).toBe(0);
        expect(await as(actor, 'delete from problems')).toBe(0);
        expect(await add(actor, interviewer)).toBe('denied');
      }
    });

    it('cannot be added by a learner, given away, or shown to an interviewer who became a learner', async () => {
      for (const actor of [owner, stranger]) expect(await add(actor, actor)).toBe('denied');
      expect(await as(interviewer, 'update problems set owner_id = $1', [admin.id])).toBe('denied');
      expect(await as({ ...interviewer, role: 'learner' }, 'select * from problems')).toBe(0);
      expect(await as({ ...interviewer, role: 'candidate' }, 'delete from problems')).toBe(0);
    });

    it('is read by our servers, which change nothing in it', async () => {
      expect(await asService('select * from problems')).toBe(1);
      for (const sql of ["update problems set definition = '{}'", 'delete from problems', "insert into problems (id, owner_id, definition) select 'own-x', owner_id, '{}' from problems"]) expect(await asService(sql), sql).toBe('denied');
      expect(await as(interviewer, 'delete from problems where id = $1', [id])).toBe(1);
    });
  });

  it('asks for the end once: the time is the database’s and cannot be taken back', async () => {
    expect(await as(owner, "update sessions set end_requested_at = '2001-01-01' where id = $1", [sessionId])).toBe(1);
    await as(owner, 'update sessions set end_requested_at = null where id = $1', [sessionId]);
    expect(await as(owner, "select 1 from sessions where id = $1 and end_requested_at > now() - interval '1 minute'", [sessionId])).toBe(1);
  });

  it('shows nobody in particular nothing at all', async () => {
    for (const table of TABLES) expect(await outcome(database.asAnonymous((tx) => tx.query(`select 1 from ${table}`)))).toBe('denied');
  });

  describe('a meeting', () => {
    const MEETING_TABLES = ['meetings', 'meeting_chunks', 'meeting_gaps', 'meeting_spoken', 'meeting_streams', 'transcript_revisions', 'suppressed_segments', 'meeting_speakers', 'meeting_notes', 'share_links', 'uploads'] as const;
    let meetingId: string;
    beforeEach(async () => {
      meetingId = newId();
      await new PostgresSessionRepository(database, enqueueJob).create(owner, { id: meetingId, kind: 'meeting', title: 'Plans', templateId: null, recordingConsent: true });
      await database.asService(async (tx) => {
        await tx.query("insert into meetings (session_id, source, stream_key_hash) values ($1, 'rtmp', $2)", [meetingId, newId()]);
        await tx.query('insert into meeting_chunks (session_id, chunk, start_sample, end_sample) values ($1, 0, 0, 16000)', [meetingId]);
        await tx.query("insert into meeting_gaps (session_id, at_sample, from_at, to_at, reason) values ($1, 0, now(), now(), 'stream_away')", [meetingId]);
        await tx.query("insert into meeting_spoken (session_id, participant, name, start_sample, end_sample) values ($1, '7', 'Cleo', 0, 16000)", [meetingId]);
        await tx.query('insert into meeting_streams (session_id, stream, base_sample) values ($1, 1, 0)', [meetingId]);
        await tx.query("insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk) values ($1, 'c0-0', 1, 'S0', 'Words.', 0, 16000, 0)", [meetingId]);
        await tx.query("insert into suppressed_segments (session_id, segment_id, chunk, start_sample, end_sample, text, reason) values ($1, 'c0-1', 0, 0, 0, 'Thanks.', 'no_voice')", [meetingId]);
        await tx.query("insert into meeting_notes (session_id, version, made_by, transcript_digest, body) values ($1, 1, 'extractive', 'x', '{}')", [meetingId]);
      });
      await database.asPerson(owner, async (tx) => {
        await tx.query("insert into transcript_revisions (session_id, item_id, revision, text) values ($1, 'c0-0', 1, 'Word.')", [meetingId]);
        await tx.query("insert into meeting_speakers (session_id, speaker, name) values ($1, 'S1', 'Cleo')", [meetingId]);
        await tx.query("insert into share_links (id, session_id, token_hash, expires_at) values (gen_random_uuid(), $1, $2, now())", [meetingId, newId()]);
        await tx.query("insert into uploads (id, session_id, file_name, size_bytes, part_size_bytes) values (gen_random_uuid(), $1, 'a.wav', 1, 1)", [meetingId]);
      });
    });

    it('is seen by its owner, its keys by nobody', async () => {
      for (const table of MEETING_TABLES) expect(await as(owner, `select session_id from ${table} where session_id = $1`, [meetingId]), table).toBe(1);
      for (const sql of ['select stream_key_hash from meetings', 'select token_hash from share_links', 'select embedding from chunk_voices']) expect(await as(owner, sql), sql).toBe('denied');
      for (const table of MEETING_TABLES) expect(await outcome(database.asAnonymous((tx) => tx.query(`select session_id from ${table}`))), table).toBe('denied');
    });

    it.each(['stranger', 'interviewer', 'admin'] as const)('is nothing to a %s', async (name) => {
      const actor = PERSONAS[name];
      for (const table of MEETING_TABLES) expect(await as(actor, `select session_id from ${table} where session_id = $1`, [meetingId]), table).toBe(0);
      expect(await as(actor, "update transcript_items set text = 'mine', edited_by = $2 where session_id = $1", [meetingId, actor.id])).toBe(0);
      expect(await as(actor, "update meeting_speakers set name = 'mine' where session_id = $1", [meetingId])).toBe(0);
      expect(await as(actor, 'update share_links set revoked_at = now() where session_id = $1', [meetingId])).toBe(0);
      for (const sql of [
        "insert into transcript_revisions (session_id, item_id, revision, text) values ($1, 'c0-0', 2, 'x')",
        "insert into meeting_speakers (session_id, speaker, name) values ($1, 'S2', 'x')",
        "insert into share_links (id, session_id, token_hash, expires_at) values (gen_random_uuid(), $1, 'x', now())",
        "insert into uploads (id, session_id, file_name, size_bytes, part_size_bytes) values (gen_random_uuid(), $1, 'a.wav', 1, 1)",
      ]) expect(await as(actor, sql, [meetingId]), sql).toBe('denied');
    });

    it('has its words put right by its owner in their own name, and its ledger and notes by nobody', async () => {
      expect(await as(owner, "update transcript_items set text = 'Right.', edited_by = $2 where session_id = $1", [meetingId, owner.id])).toBe(1);
      expect(await as(owner, "update transcript_items set text = 'Right.', edited_by = $2 where session_id = $1", [meetingId, stranger.id])).toBe('denied');
      // Words of other sessions stay as they were said.
      expect(await as(owner, "update transcript_items set text = 'Else.', edited_by = $2 where session_id = $1", [sessionId, owner.id])).toBe(0);
      for (const sql of [
        "update meeting_chunks set state = 'transcribed'",
        'delete from meeting_chunks',
        'delete from meeting_gaps',
        "update meeting_notes set body = '[]'",
        "update transcript_revisions set text = 'x'",
        'delete from suppressed_segments',
        "update uploads set state = 'done'",
        "update meetings set source = 'file'",
        'update transcript_items set superseded = true',
      ]) expect(await as(owner, sql), sql).toBe('denied');
    });

    it('fed by a stream has nobody in the seat but our servers', async () => {
      expect(await outcome(database.asPerson(owner, (tx) => insertTicket(tx, meetingId, owner.id, 'participant')))).toBe('denied');
      expect(await outcome(database.asPerson(owner, (tx) => insertTicket(tx, meetingId, owner.id, 'observer')))).toBe(1);
      expect(await outcome(database.asService((tx) => insertTicket(tx, meetingId, owner.id, 'participant')))).toBe(1);
      expect(await outcome(database.asService((tx) => insertTicket(tx, meetingId, stranger.id, 'participant')))).toBe('denied');
    });
  });

  it('gives our servers what they need and no more', async () => {
    expect(await asService('select * from transcript_items where session_id = $1', [sessionId])).toBe(1);
    for (const sql of [
      "update sessions set title = 'x'",
      'update sessions set owner_id = gen_random_uuid()',
      'update sessions set consent_recording = true',
      'delete from sessions',
      'delete from session_events',
      'delete from interests',
      "update topic_decisions set decision = 'deleted'",
      'delete from profiles',
      "update session_events set type = 'x'",
      "update session_files set content = 'x'",
      "update file_versions set content = 'x'",
      'delete from code_runs',
      "update tickets set expires_at = now() + interval '1 day'",
      "insert into tickets (token_hash, session_id, person_id, role, expires_at) select 'x', id, owner_id, 'participant', now() from sessions",
    ]) {
      expect(await asService(sql), sql).toBe('denied');
    }
    // Of a chunk of a meeting alone.
    expect(await asService('delete from transcript_items where session_id = $1', [sessionId])).toBe(0);
    // Only guests are ever removed, and there is none.
    expect(await asService('delete from people')).toBe(0);
  });

  it('lets a guest decide about the recording and about nothing else, and the owner only take consent back', async () => {
    const guest = person('Cleo', 'candidate');
    const code = newId();
    await new PostgresPeopleRepository(database).ensurePerson(guest);
    await new PostgresSessionRepository(database, enqueueJob).create(interviewer, { id: code, kind: 'code', title: 'Talk', templateId: null, recordingConsent: false });
    await database.asService((tx) => tx.query('update sessions set candidate_id = $2 where id = $1', [code, guest.id]));
    const consent = async (actor: PersonActor, given: boolean) => {
      await as(actor, "update sessions set consent_recording = $2, title = 'Owned' where id = $1", [code, given]);
      return (await database.asPerson(actor, (tx) => tx.query<{ consent_recording: boolean; title: string }>('select consent_recording, title from sessions where id = $1', [code]))).rows[0];
    };
    expect(await consent(guest, true)).toEqual({ consent_recording: true, title: 'Talk' });
    expect(await consent(interviewer, false)).toEqual({ consent_recording: false, title: 'Owned' });
    expect(await consent(interviewer, true)).toEqual({ consent_recording: false, title: 'Owned' });
    expect(await as(guest, "insert into sessions (id, owner_id, kind, title) values ($1, $2, 'dictation', 't')", [newId(), guest.id])).toBe('denied');
    expect(await as(interviewer, 'delete from sessions where id = $1', [code])).toBe(1);
    expect(await asService('delete from people where id = any($1::uuid[])', [[guest.id, interviewer.id]])).toBe(1);
  });

  it('binds every table, also for the login that made it', async () => {
    const { rows } = await database.asOwner<{ relname: string }>("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)");
    expect(rows).toEqual([]);
  });

  it('lets Postgres end a session that is idle in a transaction, and never PGlite, which would not come back', async () => {
    const sql = "select current_setting('spool.embedded', true) as embedded, current_setting('idle_in_transaction_session_timeout') as idle";
    const read = async (tx: Transaction) => (await tx.query<{ embedded: string | null; idle: string }>(sql)).rows[0]!;
    for (const { embedded, idle } of [await database.asPerson(owner, read), await database.asService(read)]) {
      expect(idle).toBe(embedded === 'on' ? '0' : '3s');
    }
  });

  it('keeps a person’s claims out of the next person’s transaction', async () => {
    await database.asPerson(owner, (tx) => tx.query('select 1'));
    expect(await database.asService(async (tx) => (await tx.query<{ uid: string | null }>("select nullif(current_setting('request.jwt.claims', true), '') as uid")).rows[0]!.uid)).toBeNull();
  });

  it('lets in a person whose name holds what Postgres cannot store', async () => {
    expect(await as({ ...owner, name: 'nul \0 half \uD83D' }, 'select id from sessions where id = $1', [sessionId])).toBe(1);
  });

  it('takes a name for what it is, whatever it contains', async () => {
    const { rows } = await database.asPerson(stranger, (tx) => tx.query<{ name: string }>('select name from people'));
    expect(rows).toEqual([{ name: stranger.name }]);
  });
});
