/** What a person may ask of sessions: lists, search, changes and erasure. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import type { Transaction } from '#adapters/postgres/database.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { sessionSchema } from '#domain/session/session.ts';
import type { Session, SessionKind } from '#domain/session/session.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';

describeOnEveryEngine('Sessions of a person', (start) => {
  let server: TestDatabase;
  let database: Database;
  let store: PostgresLiveSessionStore;
  let sessions: PostgresSessionRepository;
  let ada: PersonActor;
  let bob: PersonActor;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    store = new PostgresLiveSessionStore(database, enqueueJob);
    sessions = new PostgresSessionRepository(database, enqueueJob);
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });
  beforeEach(async () => {
    ada = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
    bob = { kind: 'person', id: newId(), name: 'Bob', role: 'learner' };
    const people = new PostgresPeopleRepository(database);
    await people.ensurePerson(ada);
    await people.ensurePerson(bob);
  });

  const create = (actor: PersonActor, kind: SessionKind = 'dictation', title = 'Talk'): Promise<Session> => sessions.create(actor, { id: newId(), kind, title, templateId: null, recordingConsent: false });
  const say = async (session: Session, ...texts: string[]) => {
    const lease = await store.acquireLease(session.id, 'test:1/a', 60_000);
    if (!lease || !('epoch' in lease)) throw new Error('The lease is held.');
    await store.commit(session.id, lease.epoch, {
      items: texts.map((text, index) => ({ itemId: `i${index}`, revision: 1, speaker: 'user', text, startSample: index * 8_000, endSample: index * 8_000 + 4_000 })),
      events: texts.map((text) => ({ type: 'transcript.final', data: { text } })),
    });
    return lease.epoch;
  };
  const ids = (list: Session[]) => list.map((session) => session.id);

  it('are made once, however often the request is repeated', async () => {
    const input = { id: newId(), kind: 'code' as const, title: 'Two sums', templateId: 'two-sum', recordingConsent: true };
    const first = await sessions.create(ada, input);
    expect(sessionSchema.parse(first)).toMatchObject({ id: input.id, kind: 'code', status: 'created', templateId: 'two-sum', consent: { recording: true }, durationMs: 0 });
    expect(await sessions.create(ada, input)).toEqual(first);
    await expect(sessions.create(bob, input)).rejects.toThrow();
  });

  it('come newest first, in pages without a gap or a double, whatever is added meanwhile', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.unshift((await create(ada)).id);
    const first = await sessions.list(ada, { limit: 3 });
    await create(ada);
    const second = await sessions.list(ada, { limit: 3, cursor: first.nextCursor! });
    const third = await sessions.list(ada, { limit: 3, cursor: second.nextCursor! });
    expect([...ids(first.items), ...ids(second.items), ...ids(third.items)]).toEqual(made);
    expect(third.nextCursor).toBeNull();
    expect((await sessions.list(bob, { limit: 50, cursor: first.nextCursor! })).items).toEqual([]);
  });

  it('are kept apart by id when made at the same instant', async () => {
    const made = Array.from({ length: 5 }, () => newId());
    await database.asPerson(ada, (tx) => tx.query("insert into sessions (id, owner_id, kind, title) select id, $1, 'code', 't' from unnest($2::uuid[]) as id", [ada.id, made]));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await sessions.list(ada, { limit: 1, cursor });
      seen.push(...ids(page.items));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(made.toSorted());
  });

  it('refuse a cursor nobody gave out', async () => {
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of ['', 'x', '%%%', forged({}), forged(['2026-13-45T99:99:99.000000Z', newId()]), forged(['2026-02-30T00:00:00.000000Z', newId()]), forged(['0000-01-01T00:00:00.000000Z', newId()]), forged(['2026-01-01T24:00:00.000000Z', newId()]), forged(["2026-01-01T00:00:00.000000Z'; --", newId()]), forged(['2026-01-01T00:00:00.000000Z', 'x'])]) {
      await expect(sessions.list(ada, { limit: 10, cursor }), cursor).rejects.toMatchObject({ code: 'request.invalid' });
    }
  });

  it('are found by kind, by status and by what was said', async () => {
    const talk = await create(ada, 'onboarding');
    await say(talk, 'I have always loved the spinning stars.', 'And I play chess.');
    const other = await create(ada, 'dictation');
    await say(other, 'Nothing but football here.');
    const foreign = await create(bob, 'onboarding');
    await say(foreign, 'Stars belong to everybody.');

    expect(ids((await sessions.list(ada, { limit: 10, kind: 'onboarding' })).items)).toEqual([talk.id]);
    expect(ids((await sessions.list(ada, { limit: 10, status: 'completed' })).items)).toEqual([]);
    for (const q of ['star', 'STARS', '"spinning stars"', 'love stars', 'chess stars', '"stars and I"', 'football or stars -football', 'star -moon']) expect(ids((await sessions.list(ada, { limit: 10, q })).items), q).toContain(talk.id);
    for (const q of ['moon', 'chess football', '"stars spinning"', '-football', 'example.com/a&b <-> | !x', 'the', '', '\0', "'; drop table people; --", '((("', '!!']) expect(ids((await sessions.list(ada, { limit: 10, q })).items), q).not.toContain(foreign.id);
    for (const q of ['moon', 'chess football', 'stars -chess']) expect((await sessions.list(ada, { limit: 10, q })).items, q).toEqual([]);
  });

  it('show where it was said: the best place, the words found, and how many more there are', async () => {
    const talk = await create(ada, 'onboarding');
    await say(talk, 'A star here.', 'I have always loved the spinning <b>stars</b> & "rings".', 'Nothing.', 'Stars again, spinning stars.');
    const foreign = await create(bob);
    await say(foreign, 'Stars belong to everybody.');
    const matchOf = async (q: string) => (await sessions.list(ada, { limit: 10, q })).items.find(({ id }) => id === talk.id)?.match;
    const marked = (match: Awaited<ReturnType<typeof matchOf>>) => match?.marks.map(({ from, to }) => match.text.slice(from, to));

    const phrase = await matchOf('"loved the spinning stars"');
    expect(phrase).toMatchObject({ itemId: 'i1', speaker: 'user', text: 'I have always loved the spinning <b>stars</b> & "rings".', more: 2 });
    expect(marked(phrase)).toEqual(['loved', 'spinning', 'stars']);
    expect(phrase!.startMs).toBeGreaterThanOrEqual(500);
    expect(phrase!.endMs).toBeLessThanOrEqual(750);
    expect(marked(await matchOf('STAR -moon'))).toEqual(['Stars', 'stars']);
    expect((await matchOf('star ring'))?.itemId).toBe('i1');
    expect(await matchOf('-moon')).toBeUndefined();
    expect((await sessions.list(ada, { limit: 10 })).items.every((session) => !('match' in session))).toBe(true);
    for (const q of ["it's stars", 'stars or "a', "'stars'' | !'", 'stars:*A', "stars \\ \\'", 'stars <-> & | ! ( )', 'stars '.repeat(33)]) expect(marked(await matchOf(q)) ?? [], q).toContainEqual(expect.stringMatching(/stars?/i));
    for (const q of ["'x' & !'y", '\\', '"', '-', '!!', '((', ':*', "''", '<->', '<b>stars</b>', '\uE000', '😀', '-"a b" -c', 'the']) expect(await matchOf(q), q).toBeUndefined();
    // Whether such a character is a word differs between databases; that it harms nobody does not.
    await matchOf('stars \uE000 \uE001');
  });

  it('are found however much was said in one of them', async () => {
    const endless = await create(ada, 'dictation');
    const epoch = await say(endless);
    // Above 1 MiB of different words, which no search document of Postgres holds.
    const items = Array.from({ length: 180 }, (_, item) => ({
      itemId: `i${item}`, revision: 1, speaker: 'user' as const, startSample: item, endSample: item,
      text: `${item === 0 ? 'overture' : item === 179 ? 'finale' : 'quietly'} marathon ${Array.from({ length: 640 }, (_, word) => `w${(item * 640 + word).toString(36).padStart(9, 'x')}`).join(' ')}`,
    }));
    await store.commit(endless.id, epoch, { items });
    for (const [q, found] of [['marathon', 1], ['overture marathon', 1], ['finale marathon', 1], ['finale marathon -w', 1], ['finale marathon overtures nothere', 0]] as const) {
      expect((await sessions.list(ada, { limit: 10, q })).items.filter(({ id }) => id === endless.id), q).toHaveLength(found);
    }
  });

  it('mark words beside characters of any kind, and a private one is taken for something else', async () => {
    const odd = await create(ada);
    await say(odd, 'Zwölf \u{1F52D} telescopes \uE000 and \uE001 a <b onclick="x">telescopes</b> well-known-site.example/a&b?q=1, e\u0301clair deep-sea.');
    const match = async (q: string) => (await sessions.list(ada, { limit: 10, q })).items[0]?.match;
    for (const [q, words] of [['telescope', ['telescopes', 'telescopes']], ['sea', ['sea']], ['zwölf', ['Zwölf']]] as const) {
      const found = await match(q);
      expect(found?.marks.map(({ from, to }) => found.text.slice(from, to)), q).toEqual(words);
    }
  });

  it('take a new title and consent, and nothing from strangers', async () => {
    const session = await create(ada);
    expect(await sessions.update(ada, session.id, { title: 'New' })).toMatchObject({ title: 'New', consent: { recording: false } });
    expect(await sessions.update(ada, session.id, { recordingConsent: true })).toMatchObject({ title: 'New', consent: { recording: true } });
    expect(await sessions.update(bob, session.id, { title: 'Mine' })).toBeNull();
    expect(await sessions.get(bob, session.id)).toBeNull();
    expect(await sessions.requestEnd(bob, session.id)).toBeNull();
    expect(await sessions.transcript(bob, session.id)).toBeNull();
    expect(await sessions.events(bob, session.id, 0, 10)).toBeNull();
    expect(await sessions.erase(bob, session.id)).toBe(false);
    expect(await sessions.issueTicket(bob, session.id, { tokenHash: newId(), role: 'participant', expiresAtMs: Date.now() + 60_000 })).toBeNull();
  });

  it('forget their recording when consent is taken back after the end', async () => {
    const session = await create(ada);
    await sessions.update(ada, session.id, { recordingConsent: true });
    const epoch = await say(session, 'Hello.');
    await store.commit(session.id, epoch, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 250 } });
    await sessions.update(ada, session.id, { recordingConsent: false });
    const { rows } = await database.asService((tx) => tx.query<{ name: string }>("select name from pgboss.job where data ->> 'sessionId' = $1 order by name", [session.id]));
    expect(rows.map((row) => row.name)).toEqual(['forget-recording', 'seal-recording']);
  });

  it('give their transcript by start, in samples and milliseconds', async () => {
    const session = await create(ada);
    await say(session, 'One.', 'Two.');
    expect(await sessions.transcript(ada, session.id)).toEqual([
      { itemId: 'i0', revision: 1, speaker: 'user', text: 'One.', startSample: 0, endSample: 4_000, startMs: 0, endMs: 250 },
      { itemId: 'i1', revision: 1, speaker: 'user', text: 'Two.', startSample: 8_000, endSample: 12_000, startMs: 500, endMs: 750 },
    ]);
  });

  it('leave no word behind when erased, in any table of any schema', async () => {
    const canary = `canary${newId().replaceAll('-', '')}`;
    const session = await create(ada, 'onboarding', `About ${canary}`);
    const epoch = await say(session, `I said ${canary} aloud.`);
    const mention = { itemId: 'i0', quote: canary, startSample: 0, endSample: 4_000, confidence: 0.5 };
    const [misheard, liked] = [newId(), newId()];
    const claim = { category: 'games', sentiment: 'positive', confidence: 0.5, status: 'detected', extractor: 'words/1', mentions: [mention] } as const;
    await store.commit(session.id, epoch, { interests: [{ ...claim, mentions: [mention], id: misheard, topic: `${canary} misheard` }, { ...claim, mentions: [mention], id: liked, topic: canary }] });
    const interests = new PostgresInterestRepository(database, enqueueJob);
    await interests.remove(ada, session.id, misheard);
    await interests.update(ada, session.id, misheard, { topic: `${canary} understood`, status: 'confirmed' });
    await interests.remove(ada, session.id, liked);
    await sessions.issueTicket(ada, session.id, { tokenHash: `hash-${canary}`, role: 'participant', expiresAtMs: Date.now() + 60_000 });
    expect(await tablesWith(canary)).toEqual(['public.interests', 'public.session_events', 'public.sessions', 'public.tickets', 'public.topic_decisions', 'public.transcript_items']);

    expect(await store.exists(session.id)).toBe(true);
    expect(await sessions.erase(ada, session.id)).toBe(true);
    expect(await store.exists(session.id)).toBe(false);
    expect(await tablesWith(canary)).toEqual([]);
    expect(await sessions.erase(ada, session.id)).toBe(false);
    const { rows } = await database.asService((tx) => tx.query("select name from pgboss.job where data ->> 'sessionId' = $1", [session.id]));
    expect(rows).toEqual([{ name: 'erase-session' }, { name: 'erase-session' }]);
  });

  /** As the login with forced row security bound too, so each schema is read as whoever may. */
  async function tablesWith(word: string): Promise<string[]> {
    const { rows: tables } = await database.asOwner<{ schema: string; name: string }>(
      "select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^(pg_catalog|pg_toast|information_schema)' order by 1, 2",
    );
    const found: string[] = [];
    for (const { schema, name } of tables) {
      const sql = `select 1 from "${schema}"."${name}" as t where t::text like '%' || $1 || '%' limit 1`;
      const look = (tx: Transaction) => tx.query(sql, [word]);
      const { rowCount } = schema !== 'public' ? await database.asOwner(sql, [word]) : name === 'private_notes' ? await database.asPerson(ada, look) : await database.asService(look);
      if (rowCount > 0) found.push(`${schema}.${name}`);
    }
    return found;
  }
});
