/** Samples: made once at a time, their seat our servers' alone, and nothing in them about their owner. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSampleSessions } from '#adapters/postgres/sample-sessions.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor, Role } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { SAMPLE_PERSON_NAME } from '#domain/sample/about.ts';
import { sha256Hex } from '#domain/hash.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { jobId } from '#tests/support/job-id.ts';

describeOnEveryEngine('Samples', (start) => {
  let server: TestDatabase;
  let database: Database;
  let store: PostgresLiveSessionStore;
  let sessions: PostgresSessionRepository;
  let interests: PostgresInterestRepository;
  let samples: PostgresSampleSessions;
  let ada: PersonActor;
  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    store = new PostgresLiveSessionStore(database, enqueueJob);
    sessions = new PostgresSessionRepository(database, enqueueJob);
    interests = new PostgresInterestRepository(database, enqueueJob);
    samples = new PostgresSampleSessions(database, enqueueJob);
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });
  const somebody = async (role: Role = 'learner'): Promise<PersonActor> => {
    const person: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role };
    await new PostgresPeopleRepository(database).ensurePerson(person);
    return person;
  };
  beforeEach(async () => {
    ada = await somebody();
  });

  const make = (actor = ada) => sessions.createSample(actor, { id: newId(), title: 'Sample' });
  /** As the live session writes: one answer, and what was noticed in it. */
  async function say(sessionId: string, topic: string): Promise<string> {
    const lease = (await store.acquireLease(sessionId, 'test:1/a', 60_000)) as { epoch: number };
    const interest = { id: newId(), topic, category: 'science', sentiment: 'positive' as const, confidence: 0.5, status: 'detected' as const, extractor: 'words/1', mentions: [{ itemId: 'u', quote: topic, startSample: 0, endSample: 16_000, confidence: 0.5 }] };
    await store.commit(sessionId, lease.epoch, { status: 'live', startedAt: 'now', items: [{ itemId: 'u', revision: 1, speaker: 'user', text: `I love ${topic}.`, startSample: 0, endSample: 16_000 }], interests: [interest] });
    return interest.id;
  }
  const topics = async () => (await interests.profile(ada)).interests.map(({ topic }) => topic);
  const decisions = () => database.asPerson(ada, async (tx) => (await tx.query<{ topic: string }>('select topic from topic_decisions')).rows.map(({ topic }) => topic));

  it('are made one at a time for each person, with the job that makes it, and again once it is over', async () => {
    const [first, second] = await Promise.all([make(), make()]);
    expect([first.created, second.created].toSorted()).toEqual([false, true]);
    expect(second.session.id).toBe(first.session.id);
    expect(first.session).toMatchObject({ kind: 'onboarding', sample: true, status: 'created', consent: { recording: true } });
    const { rows } = await database.asOwner<{ data: unknown }>('select data from pgboss.job where id = $1', [jobId('make-sample', first.session.id)]);
    expect(rows).toEqual([{ data: { sessionId: first.session.id } }]);
    expect((await make(await somebody())).created).toBe(true);
    await sessions.requestEnd(ada, first.session.id);
    expect((await make()).created).toBe(true);
  });

  it('hear the invented person’s name, and nothing of what the owner decided', async () => {
    const own = await sessions.create(ada, { id: newId(), kind: 'onboarding', title: 'Own', templateId: null, recordingConsent: true });
    await interests.remove(ada, own.id, await say(own.id, 'astronomy'));
    const { session } = await make();
    expect(await store.load(session.id)).toMatchObject({ ownerName: SAMPLE_PERSON_NAME, decisions: [] });
    expect(await store.load(own.id)).toMatchObject({ ownerName: 'Ada', decisions: [{ topic: 'astronomy', decision: 'deleted' }] });
  });

  it('leave the profile and the decisions about topics alone, whatever is tried in them, and when they are erased', async () => {
    const own = await sessions.create(ada, { id: newId(), kind: 'onboarding', title: 'Own', templateId: null, recordingConsent: true });
    await interests.update(ada, own.id, await say(own.id, 'astronomy'), { status: 'confirmed' });
    await database.asService((tx) => tx.query('insert into profiles (person_id) values ($1) on conflict do nothing', [ada.id]));
    const { session } = await make();
    const claimed = await say(session.id, 'baking');
    expect(await topics()).toEqual(['astronomy']);
    const { updatedAt } = await interests.profile(ada);

    expect(await interests.update(ada, session.id, claimed, { topic: 'bread' })).toMatchObject({ topic: 'bread', status: 'confirmed' });
    await interests.update(ada, session.id, claimed, { topic: 'astronomy' });
    await interests.update(ada, session.id, claimed, { topic: 'cake' });
    await interests.remove(ada, session.id, claimed);
    expect(await decisions()).toEqual(['astronomy']);
    expect(await topics()).toEqual(['astronomy']);
    expect((await interests.profile(ada)).updatedAt).toBe(updatedAt);

    await interests.update(ada, session.id, claimed, { topic: 'astronomy', status: 'confirmed' });
    expect(await sessions.erase(ada, session.id)).toBe(true);
    expect(await decisions()).toEqual(['astronomy']);
    expect(await topics()).toEqual(['astronomy']);
    expect((await database.asPerson(ada, (tx) => tx.query('select 1 from profiles'))).rowCount).toBe(1);
  });

  it('keep no decision of the person’s alive when the session it was made in goes', async () => {
    const own = await sessions.create(ada, { id: newId(), kind: 'onboarding', title: 'Own', templateId: null, recordingConsent: true });
    await interests.update(ada, own.id, await say(own.id, 'astronomy'), { status: 'confirmed' });
    await say((await make()).session.id, 'astronomy');
    await sessions.erase(ada, own.id);
    expect(await decisions()).toEqual([]);
    expect(await topics()).toEqual([]);
  });

  describe('the participant’s seat', () => {
    const refused = (run: Promise<unknown>) => expect(run).rejects.toMatchObject({ code: '42501' });
    const insert = (sessionId: string, personId: string, role: string): [string, string[]] => ["insert into tickets (token_hash, session_id, person_id, role, expires_at) values ($1, $2, $3, $4, now() + interval '1 minute')", [newId(), sessionId, personId, role]];

    it.each(['learner', 'interviewer', 'admin'] as const)('is not its owner’s, as %s', async (role) => {
      const owner = await somebody(role);
      const { session } = await make(owner);
      expect(await sessions.issueTicket(owner, session.id, { tokenHash: newId(), role: 'participant', expiresAtMs: Date.now() + 60_000 })).toBeNull();
      await refused(database.asPerson(owner, (tx) => tx.query(...insert(session.id, owner.id, 'participant'))));
      // Watching is as in every session.
      const watches = sessions.issueTicket(owner, session.id, { tokenHash: newId(), role: 'observer', expiresAtMs: Date.now() + 60_000 });
      expect(await watches).toBe(role === 'learner' ? null : 'issued');
    });

    it('is not made out of a session of one’s own, nor given back as one', async () => {
      const { session } = await make();
      await refused(database.asPerson(ada, (tx) => tx.query('update sessions set sample = false where id = $1', [session.id])));
      await refused(database.asService((tx) => tx.query('update sessions set sample = true where id = $1', [session.id])));
      await expect(database.asPerson(ada, (tx) => tx.query("insert into sessions (id, owner_id, kind, title, sample) values ($1, $2, 'dictation', 't', true)", [newId(), ada.id]))).rejects.toMatchObject({ code: '23514' });
    });

    it('is our servers’, in samples alone, in the owner’s name', async () => {
      const { session } = await make();
      const own = await sessions.create(ada, { id: newId(), kind: 'onboarding', title: 'Own', templateId: null, recordingConsent: true });
      const ticket = (await samples.issueTicket(session.id))!;
      expect(await store.consumeTicket(await sha256Hex(ticket))).toMatchObject({ sessionId: session.id, personId: ada.id, role: 'participant' });
      expect(await store.consumeTicket(await sha256Hex(ticket))).toBeNull();
      expect(await samples.issueTicket(own.id)).toBeNull();
      expect(await samples.conversation(own.id)).toBeNull();
      const stranger = await somebody();
      for (const [of, who, role] of [[own.id, ada.id, 'participant'], [session.id, ada.id, 'observer'], [session.id, stranger.id, 'participant']] as const) {
        await refused(database.asService((tx) => tx.query(...insert(of, who, role))));
      }
    });
  });

  it('that cannot be made end with what there is, and whoever still writes them is shut out', async () => {
    const { session } = await make();
    await say(session.id, 'astronomy');
    expect(await samples.conversation(session.id)).toEqual([{ speaker: 'user', text: 'I love astronomy.' }]);
    const lease = (await store.acquireLease(session.id, 'test:1/a', 60_000)) as { epoch: number };
    await samples.giveUp(session.id);
    await samples.giveUp(session.id);
    expect(await sessions.get(ada, session.id)).toMatchObject({ status: 'partial', endReason: 'failed', durationMs: 1_000 });
    await expect(store.commit(session.id, lease.epoch, { status: 'live' })).rejects.toMatchObject({ code: 'lease.lost' });
    expect(await samples.conversation(session.id)).toBeNull();
    expect(await samples.issueTicket(session.id)).toBeNull();
    expect((await database.asOwner('select 1 from pgboss.job where id = $1', [jobId('seal-recording', session.id)])).rowCount).toBe(1);

    const unheard = await make();
    await samples.giveUp(unheard.session.id);
    expect(await sessions.get(ada, unheard.session.id)).toMatchObject({ status: 'failed', durationMs: 0 });
    const own = await sessions.create(ada, { id: newId(), kind: 'onboarding', title: 'Own', templateId: null, recordingConsent: true });
    await samples.giveUp(own.id);
    expect(await sessions.get(ada, own.id)).toMatchObject({ status: 'created' });
  });
});
