/** The vector that sums up what a person likes: from the change that makes it necessary to the row. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { scriptedEmbedder } from '#adapters/embedder-contract/scripted-embedder.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresProfileSummaries } from '#adapters/postgres/profile-summaries.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { asSpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import type { InterestRecord } from '#domain/interests/ports.ts';
import { summaryVector } from '#domain/interests/summary.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { summarizeProfileHandler } from '#workers/handlers/summarize-profile.ts';
import type { ProfileSummaries } from '#workers/ports.ts';

const never = new AbortController().signal;

describeOnEveryEngine('The summary of a profile', (start) => {
  let server: TestDatabase;
  let database: Database;
  let interests: PostgresInterestRepository;
  let sessions: PostgresSessionRepository;
  let store: PostgresLiveSessionStore;
  let summaries: PostgresProfileSummaries;
  let embedder: ReturnType<typeof scriptedEmbedder>;
  let ada: PersonActor;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    interests = new PostgresInterestRepository(database, enqueueJob);
    sessions = new PostgresSessionRepository(database, enqueueJob);
    store = new PostgresLiveSessionStore(database, enqueueJob);
    summaries = new PostgresProfileSummaries(database);
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });
  beforeEach(async () => {
    await database.asOwner("delete from pgboss.job where name = 'summarize-profile'");
    embedder = scriptedEmbedder({ judo: 1, chess: 2, opera: 3 });
    ada = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
    await new PostgresPeopleRepository(database).ensurePerson(ada);
  });

  const claim = (topic: string, over: Partial<InterestRecord> = {}): InterestRecord => ({
    id: newId(), topic, category: 'games', sentiment: 'positive', confidence: 0.5, status: 'detected', extractor: 'words/1',
    mentions: [{ itemId: 'one', quote: topic, startSample: 0, endSample: 9, confidence: 0.5 }], ...over,
  });
  /** A session that has ended, with what was said in it. */
  async function talk(...claims: InterestRecord[]): Promise<string> {
    const sessionId = newId();
    await sessions.create(ada, { id: sessionId, kind: 'onboarding', title: 't', templateId: null, recordingConsent: true });
    await store.acquireLease(sessionId, 'test:1/a', 60_000);
    const items = claims.length > 0 ? [{ itemId: 'one', revision: 1, speaker: 'user' as const, text: claims.map(({ topic }) => topic).join(' '), startSample: 0, endSample: 9 }] : [];
    await store.commit(sessionId, 1, { items, interests: claims, status: 'live' });
    await store.commit(sessionId, 1, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 1_000 } });
    return sessionId;
  }
  /** What waits to be done, oldest first. */
  async function waiting(): Promise<{ personId: string; changedAt: string }[]> {
    const { rows } = await database.asOwner<{ data: { personId: string; changedAt: string } }>(
      "select data from pgboss.job where name = 'summarize-profile' and state = 'created' order by created_on, data ->> 'changedAt'",
    );
    return rows.map(({ data }) => data);
  }
  async function work(profiles: ProfileSummaries = summaries): Promise<number> {
    const jobs = await waiting();
    await database.asOwner("update pgboss.job set state = 'completed', completed_on = now() where name = 'summarize-profile'");
    for (const payload of jobs) await summarizeProfileHandler(profiles, embedder).handle(payload, never);
    return jobs.length;
  }
  async function stored(): Promise<number[] | null> {
    const { rows } = await database.asPerson(ada, (tx) => tx.query<{ summary: number[] | null }>('select summary from profiles where person_id = $1', [ada.id]));
    return rows[0]?.summary ?? null;
  }
  const summaryOf = async () => (await interests.profile(ada)).summary;

  it('is written when a session ends, from all that the profile holds, under the name of its model', async () => {
    await talk(claim('judo', { confidence: 0.8 }));
    await talk(claim('chess'), claim('opera', { sentiment: 'negative' }));
    expect(await waiting()).toHaveLength(2);
    expect(await summaryOf()).toBeNull();
    await work();
    expect(await summaryOf()).toEqual({ model: 'scripted-1', dimensions: VECTOR_DIMENSIONS, updatedAt: expect.any(String) });
    const held = (await interests.profile(ada)).interests;
    const wanted = summaryVector(held, await embedder.embed(held.map(({ topic }) => topic)))!;
    const vector = (await stored())!;
    for (const [at, value] of wanted.entries()) expect(vector[at]).toBeCloseTo(value, 5);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect([vector[2]! > vector[3]!, vector[3]! > 0, vector[4]! < 0]).toEqual([true, true, true]);
  });

  it('is the same however often it is made', async () => {
    await talk(claim('judo'), claim('chess'));
    const [job] = await waiting();
    const handler = summarizeProfileHandler(summaries, embedder);
    await handler.handle(job, never);
    const once = await stored();
    await handler.handle(job, never);
    expect(await stored()).toEqual(once);
  });

  it('is made anew when the person confirms, corrects or deletes, each in the transaction of the change', async () => {
    const [judo, chess] = [claim('judo'), claim('chess')];
    const sessionId = await talk(judo, chess);
    await work();
    const detected = (await stored())!;
    await interests.update(ada, sessionId, judo.id, { status: 'confirmed' });
    expect(await work()).toBe(1);
    const confirmed = (await stored())!;
    expect(confirmed[2]! / confirmed[3]!).toBeGreaterThan(detected[2]! / detected[3]!);
    await interests.update(ada, sessionId, judo.id, { topic: 'opera' });
    expect(await work()).toBe(1);
    expect((await stored())!.slice(2, 5).map((value) => value > 0.01)).toEqual([false, true, true]);
    await interests.remove(ada, sessionId, judo.id);
    expect(await work()).toBe(1);
    expect((await stored())!.slice(2, 5).map((value) => value > 0.01)).toEqual([false, true, false]);
    await interests.update(ada, sessionId, chess.id, {});
    await interests.list(ada, sessionId);
    expect(await waiting()).toEqual([]);
  });

  it('goes when nothing liked is left', async () => {
    const judo = claim('judo');
    const sessionId = await talk(judo, claim('opera', { sentiment: 'negative' }));
    await work();
    expect(await summaryOf()).not.toBeNull();
    await interests.remove(ada, sessionId, judo.id);
    await work();
    expect([await summaryOf(), await stored()]).toEqual([null, null]);
  });

  it('leaves no trace of a person of whom nothing is known', async () => {
    await talk();
    expect(await waiting()).toEqual([]);
    await summarizeProfileHandler(summaries, embedder).handle({ personId: ada.id, changedAt: new Date().toISOString() }, never);
    await summarizeProfileHandler(summaries, embedder).handle({ personId: newId(), changedAt: new Date().toISOString() }, never);
    expect((await database.asPerson(ada, (tx) => tx.query('select 1 from profiles'))).rowCount).toBe(0);
  });

  it('knows nothing of samples', async () => {
    const { session } = await sessions.createSample(ada, { id: newId(), title: 't' });
    const judo = claim('judo');
    await store.acquireLease(session.id, 'test:1/a', 60_000);
    await store.commit(session.id, 1, { interests: [judo], status: 'live' });
    await store.commit(session.id, 1, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 1 } });
    await interests.update(ada, session.id, judo.id, { status: 'confirmed' });
    expect(await waiting()).toEqual([]);
    await talk(claim('chess'));
    await work();
    expect((await stored())!.slice(2, 4).map((value) => value > 0.01)).toEqual([false, true]);
  });

  it('is erased with the profile, also by a job that was under way, and made again after the next change', async () => {
    const judo = claim('judo');
    const sessionId = await talk(judo);
    const [before] = await waiting();
    await work();
    await interests.eraseProfile(ada);
    expect(await stored()).toBeNull();
    expect(await waiting()).toEqual([]);
    await summarizeProfileHandler(summaries, embedder).handle(before, never);
    expect([await stored(), await summaryOf()]).toEqual([null, null]);
    await interests.update(ada, sessionId, judo.id, { status: 'confirmed' });
    await work();
    expect(await summaryOf()).not.toBeNull();
  });

  it('is erased at once with a session that had a part in it, and made anew from what is left', async () => {
    const first = await talk(claim('judo'));
    const second = await talk(claim('chess'));
    await work();
    await sessions.erase(ada, first);
    expect(await stored()).toBeNull();
    expect(await work()).toBe(1);
    expect((await stored())!.slice(2, 4).map((value) => value > 0.01)).toEqual([false, true]);
    await sessions.erase(ada, second);
    expect(await work()).toBe(1);
    expect(await stored()).toBeNull();
  });

  it('and what was decided about topics are gone with the session, whatever was under way when it was erased', async () => {
    for (let round = 0; round < 12; round++) {
      const judo = claim('judo');
      const sessionId = await talk(judo);
      const jobs = await waiting();
      const handler = summarizeProfileHandler(summaries, embedder);
      // Under which too much changes is tried again, as by its queue.
      const summarize = jobs.map((job) => handler.handle(job, never).catch((error: unknown) => asSpoolError(error).code === 'unavailable' ? handler.handle(job, never) : Promise.reject(error)));
      const change = Promise.allSettled(['opera', 'chess'].map((topic) => interests.update(ada, sessionId, judo.id, { topic })));
      await new Promise((resolve) => setTimeout(resolve, round));
      await sessions.erase(ada, sessionId);
      await Promise.all([change, ...summarize]);
      expect([round, await stored()]).toEqual([round, null]);
      expect((await database.asPerson(ada, (tx) => tx.query('select topic from topic_decisions'))).rows).toEqual([]);
      await database.asOwner("delete from pgboss.job where name = 'summarize-profile'");
    }
  });

  it('is not written from what the profile held before a change', async () => {
    const judo = claim('judo');
    const sessionId = await talk(judo, claim('chess'));
    let reads = 0;
    const changing: ProfileSummaries = {
      async interestsOf(personId) {
        const held = await summaries.interestsOf(personId);
        if (++reads === 1) await interests.remove(ada, sessionId, judo.id);
        return held;
      },
      write: (from) => summaries.write(from),
    };
    await work(changing);
    expect(reads).toBe(2);
    expect((await stored())!.slice(2, 4).map((value) => value > 0.01)).toEqual([false, true]);
  });

  it('waits for a profile that keeps changing, and for a model that fails', async () => {
    await talk(claim('judo'));
    const [job] = await waiting();
    const restless: ProfileSummaries = { interestsOf: (id) => summaries.interestsOf(id), write: async () => false };
    await expect(summarizeProfileHandler(restless, embedder).handle(job, never)).rejects.toMatchObject({ code: 'unavailable' });
    embedder.fail = new Error('broken');
    await expect(summarizeProfileHandler(summaries, embedder).handle(job, never)).rejects.toThrow('broken');
    expect(await stored()).toBeNull();
  });

  it('is told with the model that made it, or not at all', async () => {
    await expect(database.asService((tx) => tx.query('insert into profiles (person_id, summary) values ($1, $2::real[])', [ada.id, Array(VECTOR_DIMENSIONS).fill(0.1)]))).rejects.toMatchObject({ code: '23514' });
    await expect(database.asService((tx) => tx.query("insert into profiles (person_id, summary, summary_model) values ($1, '{1,2}', 'm')", [ada.id]))).rejects.toMatchObject({ code: '23514' });
  });

  it('is nobody’s business but the person’s, who cannot write it', async () => {
    await talk(claim('judo'));
    await work();
    const bob: PersonActor = { kind: 'person', id: newId(), name: 'Bob', role: 'admin' };
    await new PostgresPeopleRepository(database).ensurePerson(bob);
    expect((await database.asPerson(bob, (tx) => tx.query('select 1 from profiles'))).rowCount).toBe(0);
    expect((await database.asPerson(bob, (tx) => tx.query('delete from profiles where person_id = $1', [ada.id]))).rowCount).toBe(0);
    await expect(database.asAnonymous((tx) => tx.query('select 1 from profiles'))).rejects.toMatchObject({ code: '42501' });
    await expect(database.asPerson(ada, (tx) => tx.query("update profiles set summary_model = 'mine'"))).rejects.toMatchObject({ code: '42501' });
    await expect(database.asPerson(ada, (tx) => tx.query('update profiles set erased_at = null'))).rejects.toMatchObject({ code: '42501' });
    expect((await database.asPerson(ada, (tx) => tx.query('delete from profiles'))).rowCount).toBe(1);
  });
});
