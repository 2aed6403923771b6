/** How much must run and how long work waits, as the rows say it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { measureQueue } from '#adapters/pg-boss/queue-measures.ts';
import { PostgresCapacityDemand } from '#adapters/postgres/capacity-demand.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresMeetingIngestStore } from '#adapters/postgres/meeting-ingest-store.ts';
import { newId } from '#domain/ids.ts';
import { ABANDONED_AFTER_MS } from '#domain/session/session-status.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import { openLedgerWorld } from '#tests/support/ledger-world.ts';
import type { LedgerWorld } from '#tests/support/ledger-world.ts';

let world: LedgerWorld;
let demand: PostgresCapacityDemand;
let database: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  const server = await startTestDatabase();
  database = new Database({ url: server.url });
  close = async () => {
    await database.close();
    await server.close();
  };
  world = await openLedgerWorld(database);
  demand = new PostgresCapacityDemand(database, new PostgresLiveSessionStore(database, enqueueJob));
});
afterAll(() => close());

test('a streamed meeting counts from when it is expected to its end, and needs the live sessions while its stream is here', async () => {
  expect([await demand.streamedMeetings(), await demand.liveMeetings(), await demand.realtimeNeeded()]).toEqual([0, 0, false]);
  const id = newId();
  await world.meetings.start(world.ada, { id, title: 'Plans', recordingConsent: true, externalId: null, keyHash: 'hash', keyExpiresAtMs: Date.now() + 60_000 });
  expect([await demand.streamedMeetings(), await demand.liveMeetings(), await demand.realtimeNeeded()]).toEqual([1, 1, false]);
  const ingest = new PostgresMeetingIngestStore(database);
  const stream = { sessionId: id, publishedAtMs: Date.now() };
  await ingest.beginStream(stream as never, 0, 'stream_away');
  expect(await demand.realtimeNeeded()).toBe(true);
  await ingest.endStream(stream as never, Date.now());
  expect(await demand.realtimeNeeded()).toBe(false);
  await database.asOwner('update sessions set ended_at = now() where id = $1', [id]);
  expect([await demand.streamedMeetings(), await demand.liveMeetings()]).toEqual([0, 0]);
});

test('keys that somebody only asked for run no more than a few tasks, and keep nothing warm for a day', async () => {
  const ids = Array.from({ length: 5 }, () => newId());
  const start = (id: string, owner = world.ada) => world.meetings.start(owner, { id, title: 'Plans', recordingConsent: true, externalId: null, keyHash: id, keyExpiresAtMs: Date.now() + 60_000 });
  for (const id of ids) await start(id);
  expect([await demand.streamedMeetings(), await demand.liveMeetings()]).toEqual([3, 5]);
  const other = newId();
  await start(other, world.ben);
  expect(await demand.streamedMeetings()).toBe(4);
  await database.asOwner("update sessions set created_at = now() - interval '31 minutes' where id = any($1)", [[...ids, other]]);
  expect(await demand.liveMeetings()).toBe(0);
  await new PostgresMeetingIngestStore(database).beginStream({ sessionId: other, publishedAtMs: Date.now() } as never, 0, 'stream_away');
  expect(await demand.liveMeetings()).toBe(1);
  await database.asOwner('update sessions set ended_at = now() where id = any($1)', [[...ids, other]]);
});

test('a meeting in a browser counts while somebody writes it, and is ended by somebody when nobody does', async () => {
  const { id } = await world.meeting();
  expect([await demand.streamedMeetings(), await demand.liveMeetings(), await demand.realtimeNeeded()]).toEqual([0, 1, false]);
  await database.asOwner('update sessions set lease_expires_at = now() - make_interval(secs => $2::float8 / 1000) where id = $1', [id, ABANDONED_AFTER_MS - 60_000]);
  expect([await demand.liveMeetings(), await demand.realtimeNeeded()]).toEqual([0, false]);
  await database.asOwner('update sessions set lease_expires_at = now() - make_interval(secs => $2::float8 / 1000) where id = $1', [id, ABANDONED_AFTER_MS + 60_000]);
  expect(await demand.realtimeNeeded()).toBe(true);
  await database.asOwner('update sessions set ended_at = now() where id = $1', [id]);
});

test('programs that were run count for a minute', async () => {
  const { id } = await world.meeting();
  await database.asOwner("insert into code_runs (id, session_id, request, status, finished_at) select gen_random_uuid(), $1, '{}', 'finished', now() - make_interval(secs => age) from unnest(array[5, 50, 70]) as age", [id]);
  expect(await demand.codeRuns(60_000)).toBe(2);
});

test('work that is due is counted with how long its oldest waits, and what waits for its time is not', async () => {
  const of = async (name: string) => (await measureQueue(database)).jobs.find(({ job }) => job === name);
  expect(await of('transcribe-chunk')).toEqual({ job: 'transcribe-chunk', waiting: 0, ageS: 0 });
  const { id, end } = await world.meeting();
  await end(90);
  await database.asOwner("update pgboss.job set start_after = now() - interval '70 seconds' where name = 'transcribe-chunk' and data ->> 'chunk' = '1'");
  expect(await of('transcribe-chunk')).toEqual({ job: 'transcribe-chunk', waiting: 3, ageS: expect.closeTo(70, -1) });
  expect(await of('check-meeting')).toMatchObject({ waiting: 0 });
  await database.asOwner("update pgboss.job set state = 'active' where name = 'transcribe-chunk' and data ->> 'sessionId' = $1", [id]);
  expect(await of('transcribe-chunk')).toMatchObject({ waiting: 0 });
  const measures = await measureQueue(database);
  expect(measures.deadLetters).toBe(0);
  expect(measures.jobs.map(({ job }) => job)).not.toContain('dead-letters');
  await database.asOwner("insert into pgboss.job (name, data) values ('dead-letters', '{}')");
  expect((await measureQueue(database)).deadLetters).toBe(1);
});
