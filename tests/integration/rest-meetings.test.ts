/** Meetings over REST: the coordinator, how much of one is there, corrections, what was held back, retries, and failed work. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeIngestState, prepareIngestFolder } from '#adapters/nginx-rtmp/availability.ts';
import { PostgresChunkLedger } from '#adapters/postgres/chunk-ledger.ts';
import { Database } from '#adapters/postgres/database.ts';
import { newId } from '#domain/ids.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

const SECOND = 16_000;

let world: RestWorld;
let database: Database;
let ledger: PostgresChunkLedger;
let ada: string;
let ben: string;
let root: string;
beforeAll(async () => {
  world = await openRestWorld();
  database = new Database({ url: world.composition.environment.DATABASE_URL!, maxConnections: 2 });
  ledger = new PostgresChunkLedger(database);
  [ada, ben, root] = await Promise.all([world.signIn('Ada'), world.signIn('Ben'), world.signIn('Root', 'admin')]);
  prepareIngestFolder(world.composition.environment.dataDir);
});
afterAll(async () => {
  await database?.close();
  await world?.close();
});

const meetings = (token: string, body: unknown) => world.send('POST', '/api/meetings', { token, body });
const ingest = (problem: string | null) => writeIngestState(world.composition.environment.dataDir, { problem, improve: problem === null ? null : 'Install nginx.', port: 1935 }, Date.now());
const who = async (token: string) => (await world.send('GET', '/api/auth/me', { token })).json.user.id as string;

/** A meeting of Ada's, whose first chunk is transcribed and whose second failed; a third of its sound is on the disk. */
async function meeting(): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'meeting', consent: { recording: true } } });
  const sessionId: string = json.session.id;
  await world.say(sessionId, new Int16Array(64 * SECOND));
  await world.live(sessionId, { status: 'processing', startedAt: 'now', captured: { throughSample: 64 * SECOND, chunkSamples: 30 * SECOND }, ended: { reason: 'ended_by_request', durationMs: 64_000 } });
  await ledger.settle(sessionId, 0, {
    sha256: 'a',
    engine: 'scripted',
    ownedFrom: 0,
    ownedTo: 30 * SECOND,
    segments: [{ itemId: 'c0-0', text: 'We ship on Friday.', startSample: SECOND, endSample: 3 * SECOND }],
    suppressed: [{ segmentId: 'c0-1', text: 'Thank you.', startSample: 9 * SECOND, endSample: 10 * SECOND, reason: 'no_voice', metrics: { voicedMs: 0 } }],
    voices: [],
    speechSamples: 2 * SECOND,
    coveredSamples: 2 * SECOND,
    suppressedSamples: 0,
    words: 4,
  });
  await ledger.fail(sessionId, 1, 'engine.failed', true);
  return sessionId;
}

describe('the coordinator', () => {
  test('says why when streams cannot come in', async () => {
    ingest('nginx is not installed.');
    const { status, json } = await meetings(ada, { action: 'start_session' });
    expect([status, json.code]).toEqual([503, 'meeting.no_ingest']);
    expect(json.detail).toContain('nginx is not installed. Install nginx.');
  });

  test('starts a meeting, tells about it, and ends it, as often as it is asked', async () => {
    ingest(null);
    const started = await meetings(ada, { action: 'start_session', topic: 'Weekly', meeting_id: 'zoom-1' });
    expect(started.status).toBe(201);
    expect(started.json).toMatchObject({ rtmp_url: 'rtmp://localhost:1935/live', status: 'created' });
    expect(started.json.stream_key.length).toBeGreaterThanOrEqual(43);
    const sessionId: string = started.json.session_id;
    expect((await database.asOwner<{ stream_key_hash: string }>('select stream_key_hash from meetings where session_id = $1', [sessionId])).rows[0]!.stream_key_hash).not.toContain(started.json.stream_key);
    expect((await world.send('GET', `/api/sessions/${sessionId}/meeting`, { token: ada })).json).toMatchObject({ source: 'rtmp', stream: { state: 'awaited' }, coverage: { capturedMs: 0, complete: false } });
    expect((await database.asOwner("select 1 from pgboss.job where name = 'warm-workers' and data ->> 'sessionId' = $1", [sessionId])).rows).toHaveLength(1);
    // Started again it goes on, with another key.
    const again = await meetings(ada, { action: 'start_session', meeting_id: 'zoom-1' });
    expect(again.json.session_id).toBe(sessionId);
    expect(again.json.stream_key).not.toBe(started.json.stream_key);
    // Its sound comes from the stream: nobody else gets the seat, but its owner watches.
    expect((await world.send('POST', `/api/sessions/${sessionId}/ticket`, { token: ada })).json.code).toBe('meeting.fed_elsewhere');
    expect((await world.send('POST', `/api/sessions/${sessionId}/ticket`, { token: ada, body: { role: 'observer' } })).status).toBe(200);

    expect((await meetings(ada, { action: 'get_session', session_id: sessionId })).json).toMatchObject({ session_id: sessionId, status: 'created' });
    for (const _ of [1, 2]) expect((await meetings(ada, { action: 'end_session', session_id: sessionId })).json).toMatchObject({ session_id: sessionId, status: 'completed' });
    expect((await meetings(ada, { action: 'start_session', meeting_id: 'zoom-1' })).json.session_id).not.toBe(sessionId);
  });

  test('starts one for somebody else only for admins, and only for who exists', async () => {
    ingest(null);
    const benId = await who(ben);
    expect((await meetings(ada, { action: 'start_session', user_id: benId })).json.code).toBe('auth.forbidden');
    const forBen = await meetings(root, { action: 'start_session', user_id: benId });
    expect(forBen.status).toBe(201);
    expect((await meetings(ben, { action: 'get_session', session_id: forBen.json.session_id })).status).toBe(200);
    for (const user_id of [newId(), 'nobody']) expect((await meetings(root, { action: 'start_session', user_id })).json.code).toBe('person.not_found');
  });

  test('names what is wrong with a request', async () => {
    for (const body of [{}, { action: 'restart' }, { action: 'get_session' }, { action: 'start_session', stream_key: 'mine' }]) expect((await meetings(ada, body)).json.code).toBe('request.invalid');
    expect((await meetings(ada, { action: 'get_session', session_id: 'x' })).json.code).toBe('session.not_found');
  });
});

describe('a meeting', () => {
  test('tells what of it is there and what is missing, to its owner alone', async () => {
    const sessionId = await meeting();
    const { json } = await world.send('GET', `/api/sessions/${sessionId}/meeting`, { token: ada });
    expect(json.coverage).toMatchObject({ capturedMs: 64_000, transcribedMs: 30_000, failedMs: 30_000, waitingMs: 4_000, missingMs: 0, complete: false });
    expect(json.chunks.map(({ state }: { state: string }) => state)).toEqual(['transcribed', 'failed', 'captured']);
    expect(json.stream).toBeNull();
    for (const [method, address, body] of [
      ['GET', 'meeting', undefined],
      ['GET', 'suppressed', undefined],
      ['POST', 'chunks/retry', {}],
      ['PATCH', 'suppressed/c0-1', { restored: true }],
      ['PATCH', 'transcript/c0-0', { text: 'Mine.', revision: 1 }],
      ['GET', 'transcript/c0-0', undefined],
    ] as const) {
      expect((await world.send(method, `/api/sessions/${sessionId}/${address}`, { token: ben, body })).json.code).toBe('session.not_found');
      expect((await world.send(method, `/api/sessions/${sessionId}/${address}`, { body })).status).toBe(401);
    }
    const dictation = (await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'dictation' } })).json.session.id;
    expect((await world.send('GET', `/api/sessions/${dictation}/meeting`, { token: ada })).json.code).toBe('session.not_found');
  });

  test('has its words corrected, each revision kept', async () => {
    const sessionId = await meeting();
    const item = `/api/sessions/${sessionId}/transcript/c0-0`;
    expect((await world.send('PATCH', item, { token: ada, body: { text: 'We ship on Monday.', revision: 1 } })).json).toMatchObject({ text: 'We ship on Monday.', revision: 2 });
    expect((await world.send('PATCH', item, { token: ada, body: { text: 'Never.', revision: 1 } })).json.code).toBe('item.changed');
    expect((await world.send('GET', item, { token: ada })).json.revisions).toMatchObject([{ revision: 1, text: 'We ship on Friday.' }]);
    expect((await world.send('GET', `/api/sessions/${sessionId}/transcript`, { token: ada })).json.items).toMatchObject([{ itemId: 'c0-0', text: 'We ship on Monday.', speaker: 'S0' }]);
    expect((await world.send('PATCH', `/api/sessions/${sessionId}/transcript/c9-9`, { token: ada, body: { text: 'x', revision: 1 } })).json.code).toBe('item.not_found');
  });

  test('gets back what was held back', async () => {
    const sessionId = await meeting();
    expect((await world.send('GET', `/api/sessions/${sessionId}/suppressed`, { token: ada })).json.suppressed).toMatchObject([{ segmentId: 'c0-1', text: 'Thank you.', startMs: 9_000, reason: 'no_voice', restored: false }]);
    const address = `/api/sessions/${sessionId}/suppressed/c0-1`;
    expect((await world.send('PATCH', address, { token: ada, body: { restored: true } })).json).toMatchObject({ restored: true });
    expect((await world.send('GET', `/api/sessions/${sessionId}/transcript?format=txt`, { token: ada })).text).toBe('We ship on Friday.\n\nThank you.\n');
    await world.send('PATCH', address, { token: ada, body: { restored: false } });
    expect((await world.send('GET', `/api/sessions/${sessionId}/transcript?format=txt`, { token: ada })).text).toBe('We ship on Friday.\n');
    expect((await world.send('PATCH', `/api/sessions/${sessionId}/suppressed/c9-9`, { token: ada, body: { restored: true } })).json.code).toBe('suppressed.not_found');
  });

  test('has what failed tried again', async () => {
    const sessionId = await meeting();
    const address = `/api/sessions/${sessionId}/chunks/retry`;
    expect((await world.send('POST', address, { token: ada, body: { chunk: 0 } })).json.code).toBe('chunk.not_failed');
    expect((await world.send('POST', address, { token: ada })).json).toEqual({ retried: 1 });
    expect((await world.send('POST', address, { token: ada })).json.code).toBe('chunk.not_failed');
  });
});

test('work that failed for good is shown to admins alone, who send it back', async () => {
  const id = newId();
  await database.asOwner(
    `insert into pgboss.job (id, name, data, source_name, output, keep_until) values ($1, 'dead-letters', $2::jsonb, 'transcribe-chunk', '{"message": "engine.failed"}', now() + interval '1 day')`,
    [id, JSON.stringify({ sessionId: newId(), chunk: 3 })],
  );
  const list = (token: string) => world.send('GET', '/api/operations/dead-letters', { token });
  expect((await list(ada)).json.code).toBe('auth.forbidden');
  expect((await list(root)).json.deadLetters).toMatchObject([{ id, job: 'transcribe-chunk', payload: { chunk: 3 }, failure: 'engine.failed' }]);
  const retry = (token: string, letter: string) => world.send('POST', `/api/operations/dead-letters/${letter}/retry`, { token });
  expect((await retry(ada, id)).json.code).toBe('auth.forbidden');
  expect((await retry(root, id)).status).toBe(204);
  expect((await list(root)).json.deadLetters).toEqual([]);
  for (const letter of [id, 'x']) expect((await retry(root, letter)).json.code).toBe('dead_letter.not_found');
});
