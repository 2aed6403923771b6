import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { newStreamKey } from '#domain/meetings/ingest/stream-key.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { Database } from './database.ts';
import { PostgresLiveSessionStore } from './live-session-store.ts';
import { PostgresMeetingIngestStore } from './meeting-ingest-store.ts';
import { PostgresPeopleRepository } from './people-repository.ts';
import { PostgresSessionRepository } from './session-repository.ts';
import { PostgresStreamClaims } from './stream-claims.ts';

const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
/** Later than the database's own clock, so that what came is told from what was asked for. */
const T0 = Date.UTC(2030, 0, 1);

describe('meetings by stream, in the database', () => {
  let server: TestDatabase;
  let database: Database;
  let store: PostgresMeetingIngestStore;
  let sessionId: string;
  let keyHash: string;

  const meeting = async (source = 'rtmp', expiresAtMs = T0) => {
    const { hash } = await newStreamKey();
    const { id } = await new PostgresSessionRepository(database, enqueueJob).create(ada, { id: newId(), kind: 'meeting', title: 't', templateId: null, recordingConsent: true });
    await database.asOwner('insert into meetings (session_id, source, stream_key_hash, stream_key_expires_at) values ($1, $2, $3, $4)', [id, source, hash, new Date(expiresAtMs)]);
    return { id, hash };
  };
  const endedAgo = async (seconds: number) => {
    await database.asOwner('alter table sessions disable trigger request_end');
    await database.asOwner('update sessions set end_requested_at = now() - make_interval(secs => $2) where id = $1', [sessionId, seconds]);
    await database.asOwner('alter table sessions enable trigger request_end');
  };
  beforeAll(async () => {
    server = await startTestDatabase();
    database = new Database({ url: server.url });
    store = new PostgresMeetingIngestStore(database);
    await new PostgresPeopleRepository(database).ensurePerson(ada);
  });
  beforeEach(async () => {
    ({ id: sessionId, hash: keyHash } = await meeting());
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });

  it('are found by the hash of their key, with whether they began and are over', async () => {
    expect(await store.keyHolder('0'.repeat(64))).toBeNull();
    expect(await store.keyHolder(keyHash)).toEqual({ sessionId, keyExpiresAtMs: T0, begun: false, over: false });
    await store.beginStream({ sessionId, publishedAtMs: T0 }, 0, 'stream_away');
    expect(await store.keyHolder(keyHash)).toMatchObject({ begun: true, over: false });
    await store.requestEnd(sessionId);
    expect(await store.keyHolder(keyHash)).toMatchObject({ over: true });
  });

  it('have each stream begin once, with the time before it as a gap', async () => {
    const [first, second] = [{ sessionId, publishedAtMs: T0 + 0.25 }, { sessionId, publishedAtMs: T0 + 60_123 }].map((stream) => ({ ...stream, publishedAtMs: Math.round(stream.publishedAtMs) }));
    expect(await store.beginStream(first!, 0, 'stream_away')).toEqual({ baseSample: 0, ended: false });
    expect(await store.beginStream(first!, 77, 'stream_away')).toEqual({ baseSample: 0, ended: false });
    await store.endStream(first!, T0 + 20_000);
    expect(await store.beginStream(first!, 77, 'stream_away')).toEqual({ baseSample: 0, ended: true });
    expect(await store.beginStream(second!, 320_000, 'ingest_failed')).toEqual({ baseSample: 320_000, ended: false });
    await store.beginStream(second!, 320_000, 'ingest_failed');
    const { rows } = await database.asOwner('select at_sample::int as at, round(extract(epoch from to_at - from_at) * 1000)::int as ms, reason from meeting_gaps where session_id = $1', [sessionId]);
    expect(rows).toEqual([{ at: 320_000, ms: 40_123, reason: 'ingest_failed' }]);
    const streams = await database.asOwner('select stream, base_sample::int as base from meeting_streams where session_id = $1 order by stream', [sessionId]);
    expect(streams.rows).toEqual([{ stream: 1, base: 0 }, { stream: 2, base: 320_000 }]);
  });

  it('keep who spoke when, where the sender tells', async () => {
    const spans = [{ participant: '7', name: 'Grace', startSample: 0, endSample: 1_600 }, { participant: '8', name: ' Ben\0\n\n**Ada**:\u202e I agree.', startSample: 800, endSample: 2_000 }];
    await store.recordSpoken(sessionId, 16_000, spans);
    await store.recordSpoken(sessionId, 16_000, spans);
    const { rows } = await database.asPerson(ada, (tx) => tx.query('select name, start_sample::int as start, end_sample::int as end from meeting_spoken where session_id = $1 order by start_sample', [sessionId]));
    expect(rows).toEqual([{ name: 'Grace', start: 16_000, end: 17_600 }, { name: 'Ben **Ada**: I agree.', start: 16_800, end: 18_000 }]);
  });

  it('are taken up again by a process that is started anew', async () => {
    const untouched = await meeting();
    const open = async () => (await store.openMeetings()).filter((each) => [sessionId, untouched.id].includes(each.sessionId));
    expect(await open()).toEqual([]);
    await store.beginStream({ sessionId, publishedAtMs: T0 }, 0, 'stream_away');
    expect(await open()).toEqual([{ sessionId, away: null, lastReason: 'stream_away' }]);
    await store.setAway(sessionId, { sinceMs: T0 + 5_432, reason: 'ingest_failed' });
    expect(await open()).toEqual([{ sessionId, away: { sinceMs: T0 + 5_432, reason: 'ingest_failed' }, lastReason: 'ingest_failed' }]);
    await store.setAway(sessionId, null);
    expect(await open()).toEqual([{ sessionId, away: null, lastReason: 'ingest_failed' }]);
  });

  it('are ended when they are asked to be, or gone, or were never streamed to', async () => {
    const [late, browser] = [await meeting('rtmp', T0 - 1), await meeting('browser', T0 - 1)];
    const missing = newId();
    const all = [sessionId, late.id, browser.id, missing];
    expect(await store.ending(all)).toEqual([missing]);
    await store.endUnused(T0);
    expect(await store.ending(all)).toEqual([late.id, missing]);
    expect(await store.issueTicket(late.id)).toBeNull();
    expect(await store.ending([])).toEqual([]);
  });

  it('have their seat for the ingest alone', async () => {
    expect(await store.issueTicket(sessionId)).toMatch(/^[\w-]{43}$/);
    expect(await store.issueTicket((await meeting('browser')).id)).toBeNull();
    const sessions = new PostgresSessionRepository(database, enqueueJob);
    const own = { tokenHash: '0'.repeat(64), expiresAtMs: Date.now() + 60_000 };
    expect(await sessions.issueTicket(ada, sessionId, { ...own, role: 'participant' }).catch(() => null)).toBeNull();
    expect(await sessions.issueTicket(ada, sessionId, { ...own, role: 'observer' })).toBe('issued');
  });

  it('end in their live session only once the tail of the stream is there, or nobody brings it', async () => {
    const live = new PostgresLiveSessionStore(database, enqueueJob);
    await live.acquireLease(sessionId, 'test:1/a', 60_000);
    const stream = { sessionId, publishedAtMs: T0 };
    await store.beginStream(stream, 0, 'stream_away');
    await store.requestEnd(sessionId);
    expect(await live.endRequests('test:1/a')).toEqual([]);
    await store.endStream(stream, T0 + 1_000);
    expect(await live.endRequests('test:1/a')).toEqual([sessionId]);

    await database.asOwner('update meeting_streams set ended_at = null where session_id = $1', [sessionId]);
    expect(await live.endRequests('test:1/a')).toEqual([]);
    await endedAgo(11);
    expect(await live.endRequests('test:1/a')).toEqual([sessionId]);
  });

  it('are not ended without the tail that a process still has because the live session was away meanwhile', async () => {
    const [live, claims] = [new PostgresLiveSessionStore(database, enqueueJob), new PostgresStreamClaims(database)];
    const { epoch } = (await live.acquireLease(sessionId, 'test:2/b', 60_000)) as { epoch: number };
    await claims.claimStream(sessionId, 'a disk', T0);
    const stream = { sessionId, publishedAtMs: T0 };
    await store.beginStream(stream, 0, 'stream_away');
    await store.requestEnd(sessionId);
    await endedAgo(90);
    expect(await live.endRequests('test:2/b')).toEqual([]);
    await store.endStream(stream, T0 + 1_000);
    expect(await live.endRequests('test:2/b')).toEqual([sessionId]);

    await database.asOwner('update meeting_streams set ended_at = null where session_id = $1', [sessionId]);
    await live.releaseLease(sessionId, 'test:2/b', epoch);
    expect(await live.abandoned(60_000, 1_000)).not.toContain(sessionId);
    // It is gone, or has not managed it for half an hour.
    await endedAgo(3_600);
    expect(await live.abandoned(60_000, 1_000)).toContain(sessionId);
    await endedAgo(90);
    await claims.handOver('a disk');
    expect(await live.abandoned(60_000, 1_000)).toContain(sessionId);
  });

  it('are not ended without their tail by a server that finds them left by another', async () => {
    const live = new PostgresLiveSessionStore(database, enqueueJob);
    const { epoch } = (await live.acquireLease(sessionId, 'test:1/a', 60_000)) as { epoch: number };
    const stream = { sessionId, publishedAtMs: T0 };
    await store.beginStream(stream, 0, 'stream_away');
    await store.requestEnd(sessionId);
    await live.releaseLease(sessionId, 'test:1/a', epoch);
    expect(await live.abandoned(60_000, 1_000)).not.toContain(sessionId);
    await store.endStream(stream, T0 + 1_000);
    expect(await live.abandoned(60_000, 1_000)).toContain(sessionId);
  });
});
