/** Leases, tickets and commits of live sessions: who may write, and that nothing is written twice or lost. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import type { InterestRecord } from '#domain/interests/ports.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'interviewer' };
const A = 'host-a:8080/one';
const B = 'host-b:8080/two';
const TTL_MS = 60_000;
const RACERS = 10;

describeOnEveryEngine('Live sessions in the database', (start) => {
  let server: TestDatabase;
  let database: Database;
  let store: PostgresLiveSessionStore;
  /** Another server process: its own connections. */
  let otherDatabase: Database;
  let otherStore: PostgresLiveSessionStore;
  let sessions: PostgresSessionRepository;
  let sessionId: string;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    otherDatabase = new Database({ url: server.url });
    store = new PostgresLiveSessionStore(database, enqueueJob);
    otherStore = new PostgresLiveSessionStore(otherDatabase, enqueueJob);
    sessions = new PostgresSessionRepository(database, enqueueJob);
    await new PostgresPeopleRepository(database).ensurePerson(ada);
  });
  afterAll(async () => {
    await database.close();
    await otherDatabase.close();
    await server.close();
  });
  beforeEach(async () => {
    sessionId = newId();
    await sessions.create(ada, { id: sessionId, kind: 'dictation', title: 'Talk', templateId: null, recordingConsent: true });
  });

  const expireLease = () => database.asService((tx) => tx.query("update sessions set lease_expires_at = now() - interval '1 second' where id = $1", [sessionId]));
  const jobs = async () => (await database.asService((tx) => tx.query<{ name: string; state: string }>("select name, state::text from pgboss.job where data ->> 'sessionId' = $1 order by name, start_after", [sessionId]))).rows;
  const item = (itemId: string, revision: number, text: string) => ({ itemId, revision, speaker: 'user', text, startSample: 0, endSample: 16_000 });

  describe('the lease', () => {
    it('goes to exactly one of two servers that ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: RACERS }, (_, index) => (index % 2 === 0 ? store : otherStore).acquireLease(sessionId, `host-${index}:1/x`, TTL_MS)));
      expect(answers.filter((answer) => answer && 'epoch' in answer)).toEqual([{ epoch: 1 }]);
      expect(answers.filter((answer) => answer && 'held' in answer)).toHaveLength(RACERS - 1);
    });

    it('goes to the next once it has run out, under a higher epoch, and shuts the first one out', async () => {
      expect(await store.acquireLease(sessionId, A, TTL_MS)).toEqual({ epoch: 1 });
      await expireLease();
      expect(await otherStore.acquireLease(sessionId, B, TTL_MS)).toEqual({ epoch: 2 });
      await expect(store.commit(sessionId, 1, { items: [item('late', 1, 'from the frozen server')] })).rejects.toMatchObject({ code: 'lease.lost' });
      expect(await store.renewLeases(A, [sessionId], TTL_MS)).toEqual({ kept: [], wanted: [] });
      expect((await store.load(sessionId))?.items).toEqual([]);
    });

    it('is renewed while nobody wants it, also when it has run out unnoticed', async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
      expect(await store.renewLeases(A, [sessionId, newId()], TTL_MS)).toEqual({ kept: [sessionId], wanted: [] });
      await expireLease();
      expect(await store.renewLeases(A, [sessionId], TTL_MS)).toEqual({ kept: [sessionId], wanted: [] });
      expect(await otherStore.acquireLease(sessionId, B, TTL_MS)).toMatchObject({ held: true });
    });

    it('is handed over: the holder hears of the wish, gives it back, and the other takes it', async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
      expect(await otherStore.acquireLease(sessionId, B, TTL_MS)).toEqual({ held: true, retryAfterMs: 100 });
      expect(await store.renewLeases(A, [sessionId], TTL_MS)).toEqual({ kept: [], wanted: [sessionId] });
      await store.releaseLease(sessionId, A, 1);
      expect(await otherStore.acquireLease(sessionId, B, TTL_MS)).toEqual({ epoch: 2 });
      expect(await otherStore.renewLeases(B, [sessionId], TTL_MS)).toEqual({ kept: [sessionId], wanted: [] });
    });

    it('is not wished for by a server that only looks whether it is free', async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
      expect(await otherStore.acquireLease(sessionId, B, TTL_MS, false)).toEqual({ held: true, retryAfterMs: 100 });
      expect(await store.renewLeases(A, [sessionId], TTL_MS)).toEqual({ kept: [sessionId], wanted: [] });
    });

    it('is not given back by a writer that does not hold it any more', async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
      await expireLease();
      await otherStore.acquireLease(sessionId, B, TTL_MS);
      await store.releaseLease(sessionId, A, 1);
      expect(await store.acquireLease(sessionId, A, TTL_MS)).toMatchObject({ held: true });
    });

    it('of a process that died is free again as soon as its successor starts', async () => {
      await store.acquireLease(sessionId, 'host-a:8080/dead', TTL_MS);
      await store.releaseLeasesOf('host-a:8080/');
      expect(await store.acquireLease(sessionId, 'host-a:8080/alive', TTL_MS)).toEqual({ epoch: 2 });
    });

    it('of somebody who was faster than the successor’s start stays', async () => {
      await store.acquireLease(sessionId, 'host-a:8080/alive', TTL_MS);
      await store.releaseLeasesOf('host-a:8080/', 'host-a:8080/alive');
      expect(await store.renewLeases('host-a:8080/alive', [sessionId], TTL_MS)).toEqual({ kept: [sessionId], wanted: [] });
    });

    it('of a session that does not exist is nobody’s', async () => {
      expect(await store.acquireLease(newId(), A, TTL_MS)).toBeNull();
    });
  });

  describe('a ticket', () => {
    const issue = async (expiresInMs: number) => {
      const tokenHash = newId();
      expect(await sessions.issueTicket(ada, sessionId, { tokenHash, role: 'observer', expiresAtMs: Date.now() + expiresInMs })).toBe('issued');
      return tokenHash;
    };

    it('lets in one of many who show it at once', async () => {
      const tokenHash = await issue(60_000);
      const claims = await Promise.all(Array.from({ length: RACERS }, (_, index) => (index % 2 === 0 ? store : otherStore).consumeTicket(tokenHash)));
      expect(claims.filter(Boolean)).toEqual([{ sessionId, personId: ada.id, personName: 'Ada', role: 'observer' }]);
    });

    it('is worth nothing once its minute is over', async () => {
      expect(await store.consumeTicket(await issue(-1))).toBeNull();
    });
  });

  it('is watched by its owner and by nobody who was not let in', async () => {
    expect(await store.mayWatch(sessionId, ada.id)).toBe(true);
    expect(await store.mayWatch(sessionId, newId())).toBe(false);
    expect(await store.mayWatch(newId(), ada.id)).toBe(false);
  });

  describe('a commit', () => {
    beforeEach(async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
    });

    it('writes items, events and status together, and numbers events without a hole', async () => {
      expect(await store.commit(sessionId, 1, { status: 'live', startedAt: 'now', events: [{ type: 'speech.started', sample: 5, data: { a: 1 } }, { type: 'speech.stopped', data: null }] })).toEqual({ lastSeq: 2 });
      expect(await store.commit(sessionId, 1, { items: [item('i1', 1, 'I like stars')], events: [{ type: 'transcript.final', data: [] }] })).toEqual({ lastSeq: 3 });
      const stored = await store.load(sessionId);
      expect(stored).toMatchObject({ ownerId: ada.id, ownerName: 'Ada', endRequested: false, session: { status: 'live' }, items: [item('i1', 1, 'I like stars')] });
      expect(stored?.session.startedAt).not.toBeNull();
      expect(stored?.events).toMatchObject([
        { seq: 1, type: 'speech.started', sample: 5, data: { a: 1 } },
        { seq: 2, type: 'speech.stopped', data: null },
        { seq: 3, type: 'transcript.final', data: [] },
      ]);
      expect((await store.eventsSince(sessionId, 1)).map((event) => event.seq)).toEqual([2, 3]);
      expect(await sessions.events(ada, sessionId, 2, 10)).toMatchObject([{ seq: 3 }]);
    });

    it('replaces an item by a later revision and never by an earlier one', async () => {
      await store.commit(sessionId, 1, { items: [item('i1', 2, 'two')] });
      await store.commit(sessionId, 1, { items: [item('i1', 1, 'one')] });
      expect((await store.load(sessionId))?.items).toEqual([item('i1', 2, 'two')]);
      await store.commit(sessionId, 1, { items: [{ ...item('i2', 1, 'heard'), speaker: 'agent', unheardText: 'not heard' }, item('i1', 3, 'three'), item('i1', 4, 'four')] });
      expect((await store.load(sessionId))?.items).toEqual([item('i1', 4, 'four'), { ...item('i2', 1, 'heard'), speaker: 'agent', unheardText: 'not heard' }]);
    });

    it('keeps what a client can send and Postgres cannot store', async () => {
      await store.commit(sessionId, 1, { items: [item('i1', 1, 'nul \0 and half \uD83D')], events: [{ type: 'text', data: { ['k\0']: '\uDC00', nested: ['\0', { deep: 'ok 🙂' }] } }] });
      const stored = await store.load(sessionId);
      expect(stored?.items[0]?.text).toBe('nul \uFFFD and half \uFFFD');
      expect(stored?.events[0]?.data).toEqual({ ['k\uFFFD']: '\uFFFD', nested: ['\uFFFD', { deep: 'ok 🙂' }] });
    });

    it('leaves nothing behind when any part of it fails', async () => {
      await expect(store.commit(sessionId, 1, { items: [item('good', 1, 'x'), { ...item('bad', 1, 'x'), endSample: -1 }], events: [{ type: 'x', data: null }] })).rejects.toThrow();
      const stored = await store.load(sessionId);
      expect(stored?.items).toEqual([]);
      expect(stored?.events).toEqual([]);
      expect(await store.commit(sessionId, 1, { events: [{ type: 'x', data: null }] })).toEqual({ lastSeq: 1 });
    });

    it('numbers events of many commits at once without a hole or a double', async () => {
      await Promise.all(Array.from({ length: 20 }, () => store.commit(sessionId, 1, { events: [{ type: 'x', data: null }, { type: 'y', data: null }] })));
      expect((await store.eventsSince(sessionId, 0)).map((event) => event.seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    it('of the end seals the recording of one who agreed to it', async () => {
      await store.commit(sessionId, 1, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 1234.4 } });
      expect((await store.load(sessionId))?.session).toMatchObject({ status: 'completed', endReason: 'ended_by_person', durationMs: 1234 });
      expect(await jobs()).toEqual([{ name: 'seal-recording', state: 'created' }]);
    });

    it('of the end forgets the recording of one who did not', async () => {
      await sessions.update(ada, sessionId, { recordingConsent: false });
      await store.commit(sessionId, 1, { status: 'completed', ended: { reason: 'idle', durationMs: 0 } });
      expect(await jobs()).toEqual([{ name: 'forget-recording', state: 'created' }]);
    });

    const claim = (topic: string, startSample: number): InterestRecord => {
      const mentions = [{ itemId: 'i1', quote: `I like ${topic}`, startSample, endSample: startSample + 8_000, confidence: 0.75 }];
      return { id: newId(), topic, category: 'games', sentiment: 'positive', confidence: 0.75, status: 'detected', extractor: 'words/1', mentions };
    };

    it('keeps interests as they were last written, by first mention', async () => {
      const [chess, judo] = [claim('chess', 16_000), claim('judo', 0)];
      await store.commit(sessionId, 1, { items: [item('i1', 1, 'I like judo and chess.')], interests: [chess, judo] });
      const surer: InterestRecord = { ...chess, confidence: 0.875, sentiment: 'mixed' };
      await store.commit(sessionId, 1, { interests: [chess, { ...judo, status: 'retracted' }, surer] });
      expect((await store.load(sessionId))?.interests).toEqual([{ ...judo, status: 'retracted' }, surer]);
    });

    it('under an old epoch writes no interest, and a failed one takes everything with it', async () => {
      const chess = claim('chess', 0);
      await expect(store.commit(sessionId, 0, { interests: [chess] })).rejects.toMatchObject({ code: 'lease.lost' });
      await expect(store.commit(sessionId, 1, { interests: [{ ...chess, confidence: 2 }], events: [{ type: 'x', data: null }] })).rejects.toThrow();
      expect(await store.load(sessionId)).toMatchObject({ interests: [], events: [] });
    });

    it('does not reach the interests of another session', async () => {
      const chess = claim('chess', 0);
      await store.commit(sessionId, 1, { interests: [chess] });
      const other = await sessions.create(ada, { id: newId(), kind: 'onboarding', title: 'Other', templateId: null, recordingConsent: true });
      await store.acquireLease(other.id, A, TTL_MS);
      await store.commit(other.id, 1, { interests: [{ ...chess, topic: 'draughts' }] });
      expect((await store.load(sessionId))?.interests).toEqual([chess]);
      expect((await store.load(other.id))?.interests).toEqual([]);
    });

    it('leaves what the person decided by hand, which the next session is told', async () => {
      const person: PersonActor = { ...ada, id: newId() };
      await new PostgresPeopleRepository(database).ensurePerson(person);
      const interests = new PostgresInterestRepository(database, enqueueJob);
      const [first, next] = [newId(), newId()];
      for (const id of [first, next]) await sessions.create(person, { id, kind: 'onboarding', title: 'Talk', templateId: null, recordingConsent: true });
      await store.acquireLease(first, A, TTL_MS);
      const [chess, judo] = [claim('chess', 0), claim('judo', 16_000)];
      await store.commit(first, 1, { interests: [chess, judo] });
      expect(await interests.remove(person, first, chess.id)).toBe(true);
      await interests.update(person, first, judo.id, { sentiment: 'negative' });
      await store.commit(first, 1, { interests: [{ ...chess, confidence: 0.875 }, judo] });
      expect((await store.load(first))?.interests).toEqual([
        { ...chess, status: 'deleted', confidence: 0.875 },
        { ...judo, status: 'confirmed', sentiment: 'negative' },
      ]);
      expect((await store.load(next))?.decisions).toEqual([
        { topic: 'chess', decision: 'deleted' },
        { topic: 'judo', decision: 'confirmed' },
      ]);
      expect((await store.load(sessionId))?.decisions).toEqual([]);
    });

    it('to an erased session says that there is nothing to write to', async () => {
      await sessions.erase(ada, sessionId);
      await expect(store.commit(sessionId, 1, { items: [item('i1', 1, 'x')] })).rejects.toMatchObject({ code: 'lease.lost' });
    });
  });

  describe('an end that was asked for', () => {
    it('completes at once a session nobody streamed to', async () => {
      expect(await sessions.requestEnd(ada, sessionId)).toMatchObject({ status: 'completed', endReason: 'ended_by_request' });
      expect(await sessions.requestEnd(ada, sessionId)).toMatchObject({ status: 'completed' });
    });

    it('is left to the writer of a live one', async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
      expect(await sessions.requestEnd(ada, sessionId)).toMatchObject({ status: 'created' });
      expect(await store.endRequests(A)).toEqual([sessionId]);
      expect(await store.endRequests(B)).toEqual([]);
      expect((await store.load(sessionId))?.endRequested).toBe(true);
      await store.commit(sessionId, 1, { status: 'completed', ended: { reason: 'ended_by_request', durationMs: 0 } });
      expect(await store.endRequests(A)).toEqual([]);
    });

    it('of a session whose server has gone is found by the others', async () => {
      await store.acquireLease(sessionId, A, TTL_MS);
      await sessions.requestEnd(ada, sessionId);
      expect(await otherStore.abandoned(TTL_MS, 100)).not.toContain(sessionId);
      await expireLease();
      expect(await otherStore.abandoned(TTL_MS, 100)).toContain(sessionId);
    });
  });

  it('finds sessions whose server has been silent too long, and no others', async () => {
    await store.acquireLease(sessionId, A, TTL_MS);
    await expireLease(); // a second ago
    expect(await store.abandoned(60_000, 100)).not.toContain(sessionId);
    expect(await store.abandoned(500, 100)).toContain(sessionId);
    await store.releaseLease(sessionId, A, 1);
    await store.commit(sessionId, 1, { status: 'failed', ended: { reason: 'failed', durationMs: 0 } });
    expect(await store.abandoned(0, 100)).not.toContain(sessionId);
  });

  it('says whether the database answers', async () => {
    expect(await store.reachable()).toBe(true);
  });
});
