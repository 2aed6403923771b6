/**
 * A meeting through everything that runs: ffmpeg streams into nginx, and on the way to the notes every process is killed
 * once or more. Afterwards every captured sample is accounted for exactly once, and nothing is said twice.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { Database } from '#adapters/postgres/database.ts';
import { systemClock } from '#domain/clock.ts';
import { countWordErrors } from '#domain/evaluation/word-errors.ts';
import { wordsOf } from '#domain/evaluation/words.ts';
import { silentLog } from '#domain/log.ts';
import type { Meeting } from '#domain/meetings/schema.ts';
import { samplesToBytes } from '#domain/stream/audio-format.ts';
import { wavHeader } from '#domain/stream/wav.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { startApp } from '#tests/support/app-instance.ts';
import type { AppInstance } from '#tests/support/app-instance.ts';
import { count } from '#tests/support/counts.ts';
import { makeRecording, noRtmp, sendStream } from '#tests/support/rtmp.ts';
import type { Sender } from '#tests/support/rtmp.ts';
import { concatSamples, fixtureSamples, silence, speechFixture } from '#tests/support/speech.ts';

/** Heard alike wherever a recording begins. */
const SENTENCES = ['computers', 'learn-more', 'never-tried', 'biology'] as const;
const ROUND = concatSamples(...SENTENCES.flatMap((id) => [fixtureSamples(id), silence(900)]));
/** Five times real time: the senders' pace, not the meeting's. */
const SPEED = 5;
const WORKER_KILLS = count(3, 20);

const missing = noRtmp();

describe('a streamed meeting', () => {
  if (missing !== null) {
    test.skip(`needs what takes in streams: ${missing}`, () => {});
    return;
  }
  let app: AppInstance;
  let folder: string;
  let token: string;
  const senders: Sender[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'spool-streamed-'));
    app = await startApp({ SPOOL_RTMP_PORT: String(await freePort()), SPOOL_CHUNK_SECONDS: '5', SPOOL_STREAM_GRACE_SECONDS: '60' });
    const signedIn = await fetch(`${app.url}/api/auth/local`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Ada', role: 'learner' }) });
    ({ token } = (await signedIn.json()) as { token: string });
  });
  afterAll(async () => {
    for (const { process } of senders) process.kill('SIGKILL');
    await app?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function api<T>(method: string, address: string, body?: unknown): Promise<T> {
    // A server that is being started again answers in a moment.
    return vi.waitFor(
      async () => {
        const answer = await fetch(`${app.url}/api${address}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
        if (answer.status >= 500) throw new Error(`${method} ${address} answered ${answer.status}.`);
        return (await answer.json()) as T;
      },
      { timeout: 60_000, interval: 200 },
    );
  }
  const kill = (name: string) => {
    const pid = app.run().processes[name]?.pid;
    if (pid) process.kill(pid, 'SIGKILL');
    return pid;
  };
  async function recording(name: string, rounds: number): Promise<string> {
    const samples = concatSamples(...Array.from({ length: rounds }, () => ROUND));
    const wav = path.join(folder, `${name}.wav`);
    await writeFile(wav, Buffer.concat([wavHeader(samples.length), samplesToBytes(samples)]));
    const file = path.join(folder, `${name}.flv`);
    makeRecording(file, wav);
    return file;
  }

  test('outlives the death of every part, and accounts for every sample', async () => {
    const started = await api<{ session_id: string; rtmp_url: string; stream_key: string }>('POST', '/meetings', { action: 'start_session', topic: 'Weekly', consent: { recording: true } });
    const sessionId = started.session_id;
    const address = `${started.rtmp_url}/${started.stream_key}`;
    const meeting = () => api<Meeting>('GET', `/sessions/${sessionId}/meeting`);
    const captured = (ms: number) => expect.poll(async () => (await meeting()).coverage.capturedMs, { timeout: 60_000, interval: 200 }).toBeGreaterThan(ms);
    const send = (file: string, speed = SPEED) => {
      const sender = sendStream(address, file, speed);
      senders.push(sender);
      return sender;
    };

    // The sender dies in the middle, and comes back.
    const first = send(await recording('first', 3));
    await captured(12_000);
    kill('realtime');
    await captured(20_000);
    first.process.kill('SIGKILL');
    await expect.poll(async () => (await meeting()).stream?.state, { timeout: 60_000, interval: 200 }).toBe('away');
    const before = (await meeting()).coverage.capturedMs;
    // So slowly that it is still being sent when nginx dies, however late this machine notices how much has come.
    send(await recording('second', 8), 2);
    await captured(before + 6_000);
    // nginx dies, and with it the connection; then the process that takes streams in.
    process.kill(Number(await readFile(path.join(app.dataDir, 'ingest/nginx/nginx.pid'), 'utf8')), 'SIGKILL');
    await expect.poll(async () => (await meeting()).stream?.state, { timeout: 60_000, interval: 200 }).toBe('away');
    let third = send(await recording('third', 3));
    // Refused while nginx is being started again.
    while ((await Promise.race([third.ended, new Promise<'here'>((resolve) => setTimeout(() => resolve('here'), 1_500))])) !== 'here') third = send(path.join(folder, 'third.flv'));
    // Of the second something may still be on its way in; the third begins behind the gap.
    await expect.poll(async () => (await meeting()).gaps.length, { timeout: 60_000, interval: 200 }).toBe(2);
    await captured((await meeting()).gaps.at(-1)!.atMs + 4_000);
    kill('meeting-ingest');
    await third.ended;
    await expect.poll(async () => (await meeting()).stream?.state, { timeout: 60_000, interval: 200 }).toBe('away');
    // The database is killed under everybody.
    kill('database');
    await api('POST', '/meetings', { action: 'end_session', session_id: sessionId });

    // The worker dies in the middle of chunks. Its database has moved with it.
    for (let death = 0; death < WORKER_KILLS; death += 1) {
      const database = new Database({ url: app.run().databaseUrl, maxConnections: 1 });
      try {
        await database.asOwner("update meeting_chunks set state = 'captured', sha256 = null where session_id = $1 and chunk = $2", [sessionId, death % 10]);
        await database.asOwner("update pgboss.job set state = 'created', retry_count = 0 where name = 'transcribe-chunk' and data ->> 'sessionId' = $1 and (data ->> 'chunk')::int = $2 and state = 'completed'", [sessionId, death % 10]);
        const atWork = async () => (await database.asOwner("select 1 from meeting_chunks where session_id = $1 and state = 'transcribing'", [sessionId])).rows.length > 0;
        await vi.waitUntil(atWork, { timeout: 60_000, interval: 2 });
        const pid = kill('worker');
        await vi.waitUntil(() => app.run().processes['worker']?.pid !== pid, { timeout: 60_000, interval: 20 });
      } finally {
        await database.close();
      }
    }

    // Gaps stay gaps; everything that was captured is transcribed.
    await expect.poll(async () => (await api<{ status: string }>('GET', `/sessions/${sessionId}`)).status, { timeout: 120_000, interval: 300 }).toBe('partial');
    await expect.poll(async () => (await meeting()).coverage.chunks.waiting, { timeout: 60_000, interval: 300 }).toBe(0);
    const { coverage, chunks, gaps } = await meeting();
    expect(coverage).toMatchObject({ transcribedMs: coverage.capturedMs, failedMs: 0, waitingMs: 0, complete: false });
    expect(gaps.map(({ reason }) => reason).toSorted()).toEqual(['ingest_failed', 'stream_away']);
    expect(coverage.missingMs).toBe(gaps.reduce((sum, { missingMs }) => sum + missingMs, 0));
    for (const [index, chunk] of chunks.entries()) expect(chunk.startMs).toBe(index === 0 ? 0 : chunks[index - 1]!.endMs);
    expect(chunks.at(-1)!.endMs).toBe(coverage.capturedMs);

    // Each row tells the digest of exactly the samples it stands for.
    const audio = createFilesystemAudioLog({ directory: app.dataDir, clock: systemClock, log: silentLog });
    const database = new Database({ url: app.run().databaseUrl, maxConnections: 1 });
    const { rows } = await database.asOwner<{ start_sample: string; end_sample: string; sha256: string }>('select start_sample, end_sample, sha256 from meeting_chunks where session_id = $1 order by chunk', [sessionId]);
    for (const row of rows) {
      const samples = await audio.read(sessionId, Number(row.start_sample), Number(row.end_sample));
      expect(createHash('sha256').update(samplesToBytes(samples)).digest('hex')).toBe(row.sha256);
    }
    expect(await audio.durableThrough(sessionId)).toBe(Number(rows.at(-1)!.end_sample));
    await Promise.all([audio.stop(), database.close()]);

    const { items } = await api<{ items: { itemId: string; text: string; startSample: number; endSample: number }[] }>('GET', `/sessions/${sessionId}/transcript`);
    expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(items.length);
    for (const [index, item] of items.entries()) if (index > 0) expect(item.startSample).toBeGreaterThanOrEqual(items[index - 1]!.startSample);
    // The third recording came whole, whoever died meanwhile: its sentences are there once each, in order.
    const said = Array.from({ length: 3 }, () => SENTENCES.map((id) => speechFixture(id).text).join(' ')).join(' ');
    const heard = wordsOf(items.map(({ text }) => text).join(' ')).slice(-wordsOf(said).length);
    const errors = countWordErrors(wordsOf(said), heard);
    expect(errors.substitutions + errors.deletions + errors.insertions, heard.join(' ')).toBeLessThan(wordsOf(said).length * 0.1);

    const notes = await api<{ version: number; missing: { words: string | null }; summary: { evidence: { itemId: string; quote: string }[] }[] }>('GET', `/sessions/${sessionId}/notes`);
    expect(notes.missing.words).toContain('missing');
    const texts = new Map(items.map(({ itemId, text }) => [itemId, text]));
    for (const { evidence } of notes.summary) for (const { itemId, quote } of evidence) expect(texts.get(itemId)).toContain(quote);
  });

  test('sent as a file becomes transcript and notes, and is found again by its words and by what they mean', async () => {
    const { session } = await api<{ session: { id: string } }>('POST', '/sessions', { kind: 'meeting', title: 'From a file', consent: { recording: true } });
    const file = path.join(folder, 'meeting.mkv');
    await promisify(execFile)('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', '-i', await recording('file', 2), '-c', 'copy', file]);
    const content = await readFile(file);
    const upload = await api<{ partSizeBytes: number; parts: { part: number; url: string }[] }>('POST', '/uploads', { sessionId: session.id, fileName: 'meeting.mkv', sizeBytes: content.length });
    for (const { part, url } of upload.parts) {
      const answer = await fetch(url, { method: 'PUT', body: content.subarray((part - 1) * upload.partSizeBytes, part * upload.partSizeBytes) });
      expect(answer.status).toBeLessThan(300);
    }
    await expect.poll(async () => (await api<{ status: string }>('GET', `/sessions/${session.id}`)).status, { timeout: 60_000, interval: 200 }).toBe('completed');
    const { items } = await api<{ items: { text: string }[] }>('GET', `/sessions/${session.id}/transcript`);
    const said = wordsOf(Array.from({ length: 2 }, () => SENTENCES.map((id) => speechFixture(id).text).join(' ')).join(' '));
    const errors = countWordErrors(said, wordsOf(items.map(({ text }) => text).join(' ')));
    expect(errors.substitutions + errors.deletions + errors.insertions).toBeLessThan(said.length * 0.1);
    expect((await api<{ madeBy: string }>('GET', `/sessions/${session.id}/notes`)).madeBy).toBe('extractive');
    const found = await api<{ sessions: { id: string }[] }>('GET', '/sessions?q=biology&kind=meeting');
    expect(found.sessions.map(({ id }) => id)).toContain(session.id);
    // In other words as well, once the worker has read it for what it means.
    const meant = async () => (await api<{ results: { sessionId: string; text: string; by: string }[] }>('GET', '/search?q=studying+life+sciences+as+a+pupil')).results;
    await expect.poll(meant, { timeout: 60_000, interval: 300 }).toContainEqual(expect.objectContaining({ sessionId: session.id, text: 'My favorite subject at school was biology.', by: 'meaning' }));
  });
});
