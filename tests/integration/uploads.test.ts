/** Recordings that are sent as files: from the request to the session's audio, with the real port, disk, database and ffmpeg. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFfmpegDecoder } from '#adapters/ffmpeg/decode-audio.ts';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import type { FilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { FilesystemUploadStorage } from '#adapters/filesystem/upload-storage.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresUploads } from '#adapters/postgres/upload-repository.ts';
import { systemClock } from '#domain/clock.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import type { AudioDecoder } from '#domain/meetings/uploads/ports.ts';
import { MIN_PART_BYTES } from '#domain/meetings/uploads/limits.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { eraseSessionHandler } from '#workers/handlers/erase-session.ts';
import { takeInFileHandler } from '#workers/handlers/take-in-file.ts';
import { PartServer } from '#workers/uploads/part-server.ts';
import { KEPT_MS, UploadSweeper } from '#workers/uploads/upload-sweeper.ts';
import { count } from '../support/counts.ts';
import { jobId } from '../support/job-id.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';
import { fixtureSamples } from '../support/speech.ts';
import { ffmpeg, hasFfmpeg, leapingMkv, makeRecording, put, putHalf, spokenFile } from '../support/uploads.ts';

const ORIGIN = 'http://localhost:3000';
const CHUNK_SAMPLES = 30 * 16_000;
/** What encoders add in front and behind, of a frame each: AAC at 16 kHz has the longest, 64 ms. */
const FRAMES = 2_048;

let world: RestWorld;
let database: Database;
let records: PostgresUploads;
let storage: FilesystemUploadStorage;
let audio: FilesystemAudioLog;
let store: PostgresLiveSessionStore;
let parts: PartServer;
let ada: string;
let folder: string;
const decoder = createFfmpegDecoder({ clock: systemClock });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spool-recordings-'));
  const port = await freePort();
  world = await openRestWorld({ SPOOL_UPLOAD_PORT: String(port) });
  const { environment, uploads } = world.composition;
  database = new Database({ url: environment.DATABASE_URL!, maxConnections: 4 });
  records = new PostgresUploads(database, enqueueJob);
  store = new PostgresLiveSessionStore(database, enqueueJob);
  storage = new FilesystemUploadStorage(environment.dataDir);
  audio = createFilesystemAudioLog({ directory: environment.dataDir, clock: systemClock, log: silentLog });
  parts = new PartServer({ host: '127.0.0.1', port, allowedOrigins: [ORIGIN], trustedProxies: 0, records, storage, links: uploads.links, clock: systemClock, log: silentLog });
  await parts.start();
  ada = await world.signIn('Ada');
});
afterAll(async () => {
  await parts?.stop();
  await audio?.stop();
  await database?.close();
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

async function meeting(token = ada): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token, body: { kind: 'meeting', consent: { recording: true } } });
  return json.session.id;
}
const begin = (sessionId: string, fileName: string, sizeBytes: number, token = ada) => world.send('POST', '/api/uploads', { token, body: { sessionId, fileName, sizeBytes } });
const look = async (uploadId: string) => (await world.send('GET', `/api/uploads/${uploadId}`, { token: ada })).json;
const complete = (uploadId: string) => world.send('POST', `/api/uploads/${uploadId}/complete`, { token: ada });
const session = async (sessionId: string) => (await world.send('GET', `/api/sessions/${sessionId}`, { token: ada })).json;
const jobs = async (name: string, key: string) => (await database.asOwner<{ state: string }>('select state::text from pgboss.job where name = $1 and id = $2', [name, jobId(name, key)])).rows.map(({ state }) => state);

/** Sends all of a small file, which has one part. */
async function send(bytes: Uint8Array, fileName: string): Promise<{ sessionId: string; uploadId: string }> {
  const sessionId = await meeting();
  const { json } = await begin(sessionId, fileName, bytes.byteLength);
  expect(json.parts).toHaveLength(1);
  expect((await put(json.parts[0].url, bytes)).status).toBe(200);
  return { sessionId, uploadId: json.uploadId };
}
function takeIn(ids: { sessionId: string; uploadId: string }, { using = decoder, kept = storage, signal = new AbortController().signal, lastTry = false }: { using?: AudioDecoder; kept?: FilesystemUploadStorage; signal?: AbortSignal; lastTry?: boolean } = {}): Promise<void> {
  const handler = takeInFileHandler({ records, storage: kept, decoder: using, store, audio, writerId: `test:worker/${newId()}`, chunkSamples: CHUNK_SAMPLES, clock: systemClock, log: silentLog });
  return handler.handle(ids, signal, { lastTry });
}
async function decoded(file: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for await (const piece of decoder.decode(file, new AbortController().signal)) pieces.push(piece.slice());
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}

describe.skipIf(!hasFfmpeg)('A recording', () => {
  const said = fixtureSamples('biology');

  // Every other one in the gate.
  test.each(['wav', 'mp3', 'm4a', 'flac', 'ogg', 'webm', 'mp4', 'mkv'].filter((_, index) => index % count(2, 1) === 0))('as .%s is the session’s audio, from its first word to its last', async (extension) => {
    const bytes = await readFile(await makeRecording(folder, spokenFile('biology'), extension));
    const { sessionId, uploadId } = await send(bytes, `Monday, the 3rd.${extension.toUpperCase()}`);
    expect(await jobs('take-in-file', uploadId)).toEqual(['created']);
    await takeIn({ sessionId, uploadId });

    const heard = await audio.read(sessionId, 0, 1e9);
    const lossless = extension === 'wav' || extension === 'flac';
    expect(heard.length).toBeGreaterThanOrEqual(said.length);
    expect(heard.length).toBeLessThanOrEqual(said.length + (lossless ? 0 : FRAMES));
    const { lag, likeness } = bestLag(said, heard, FRAMES);
    expect(Math.abs(lag)).toBeLessThanOrEqual(lossless ? 1 : FRAMES / 2);
    expect(likeness).toBeGreaterThan(0.9);

    const durationMs = Math.round(heard.length / 16);
    expect(await look(uploadId)).toMatchObject({ state: 'done', failure: null, decodedMs: durationMs, parts: [], receivedParts: [1], fileName: `Monday, the 3rd.${extension.toUpperCase()}` });
    expect(await session(sessionId)).toMatchObject({ status: 'processing', endReason: 'ended_by_request', durationMs, startedAt: expect.any(String), endedAt: expect.any(String) });
    expect(await jobs('transcribe-chunk', `${sessionId}:0`)).toEqual(['created']);
    expect(await storage.fileOf({ sessionId, uploadId })).toBeNull();
    // The job may be delivered once more.
    await takeIn({ sessionId, uploadId });
    expect((await audio.read(sessionId, 0, 1e9)).length).toBe(heard.length);
  });

  test('that starts late and pauses keeps its clock: what is not there is silence', async () => {
    const file = path.join(folder, 'late.mkv');
    // Pictures from 0, sound from 2 s on.
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=5:duration=4', '-itsoffset', '2', '-i', spokenFile('yes'), '-map', '0:v', '-map', '1:a', '-c:v', 'mpeg4', '-c:a', 'flac', file);
    const samples = await decoded(file);
    expect(samples.length).toBe(2 * 16_000 + fixtureSamples('yes').length);
    expect(samples.subarray(0, 32_000).every((sample) => sample === 0)).toBe(true);
    expect([...samples.subarray(32_000)]).toEqual([...fixtureSamples('yes')]);
  });

  describe('of several parts', () => {
    const pcm = new Uint8Array(MIN_PART_BYTES + 100_044);
    let file: string;
    beforeAll(async () => {
      file = path.join(folder, 'long.wav');
      await ffmpeg('-stream_loop', '-1', '-i', spokenFile('monologue'), '-t', '45.2', '-ar', '48000', '-ac', '2', file);
      const made = await readFile(file);
      pcm.set(made.subarray(0, pcm.byteLength));
      // What its header says and the file has not is not missed: it is only made shorter here.
      await writeFile(file, pcm);
    });

    test('goes on where a connection broke, in any order, and a run that is killed leaves what another one goes on with', async () => {
      const sessionId = await meeting();
      const { json: created, status } = await begin(sessionId, 'Long.wav', pcm.byteLength);
      expect(status).toBe(201);
      expect(created).toMatchObject({ partSizeBytes: MIN_PART_BYTES, parts: [{ part: 1 }, { part: 2 }] });
      const { uploadId } = created;
      await putHalf(created.parts[0].url, pcm.subarray(0, MIN_PART_BYTES));
      expect((await put(created.parts[1].url, pcm.subarray(MIN_PART_BYTES), { origin: ORIGIN })).headers['access-control-allow-origin']).toBe(ORIGIN);
      const incomplete = await complete(uploadId);
      expect(incomplete.status).toBe(409);
      expect(incomplete.json).toMatchObject({ code: 'upload.incomplete', missingParts: [1], detail: expect.stringContaining('One part is missing: 1.') });

      // The same file once more, as after a reload.
      const again = await begin(sessionId, 'Long.wav', pcm.byteLength);
      expect(again.status).toBe(200);
      expect(again.json).toMatchObject({ uploadId, parts: [{ part: 1 }] });
      expect((await begin(sessionId, 'Other.wav', pcm.byteLength)).json).toMatchObject({ code: 'upload.unfinished', uploadId });
      const [first] = again.json.parts;
      expect((await put(first.url, pcm.subarray(0, MIN_PART_BYTES))).status).toBe(200);
      expect(await look(uploadId)).toMatchObject({ state: 'received', receivedParts: [1, 2], parts: [] });
      // The answer was lost and it is sent again.
      expect((await put(first.url, pcm.subarray(0, MIN_PART_BYTES))).status).toBe(200);
      expect((await complete(uploadId)).json).toMatchObject({ state: 'received' });

      const whole = await decoded(file);
      const killed = new AbortController();
      const short: AudioDecoder = {
        ...decoder,
        async *decode(from, signal) {
          let samples = 0;
          for await (const piece of decoder.decode(from, signal)) {
            yield piece;
            samples += piece.length;
            if (samples > whole.length / 3) killed.abort();
          }
        },
      };
      await expect(takeIn({ sessionId, uploadId }, { using: short, signal: killed.signal })).rejects.toThrow();
      const before = await audio.read(sessionId, 0, 1e9);
      expect(before.length).toBeGreaterThan(0);
      expect(before.length).toBeLessThan(whole.length);
      expect(await look(uploadId)).toMatchObject({ state: 'decoding' });
      expect((await session(sessionId)).status).toBe('live');

      await takeIn({ sessionId, uploadId });
      const after = await audio.read(sessionId, 0, 1e9);
      expect(Buffer.compare(Buffer.from(after.buffer), Buffer.from(whole.buffer))).toBe(0);
      const { rows } = await database.asOwner<{ start_sample: string; end_sample: string }>('select start_sample, end_sample from meeting_chunks where session_id = $1 order by chunk', [sessionId]);
      expect(rows.map((row) => [Number(row.start_sample), Number(row.end_sample)])).toEqual([[0, CHUNK_SAMPLES], [CHUNK_SAMPLES, whole.length]]);
      expect((await world.send('DELETE', `/api/uploads/${uploadId}`, { token: ada })).json.code).toBe('upload.taken_in');
    });

    test('is ended by its owner in the middle, with what is in by then', async () => {
      const ids = await send(await readFile(await makeRecording(folder, file, 'flac')), 'Long.flac');
      const asked: AudioDecoder = {
        ...decoder,
        async *decode(from, signal) {
          for await (const piece of decoder.decode(from, signal)) {
            yield piece;
            await world.send('DELETE', `/api/sessions/${ids.sessionId}`, { token: ada });
            // Until it is noticed.
            if (signal.aborted) return;
          }
        },
      };
      await takeIn(ids, { using: asked });
      const { decodedMs, state, failure } = await look(ids.uploadId);
      expect({ state, failure }).toEqual({ state: 'done', failure: 'session.over' });
      expect(await session(ids.sessionId)).toMatchObject({ status: 'processing', durationMs: decodedMs });
    });
  });

  // That what is held is bounded shows in workers/uploads/fill-audio-log.test.ts; this is the whole way, too long for every run.
  test.each(Array.from({ length: count(0, 1) }, () => 3_600))('of %i seconds takes no more memory for being long', { timeout: 300_000 }, async (seconds) => {
    const file = path.join(folder, 'hours.flac');
    await ffmpeg('-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=16000', '-t', String(seconds), file);
    const sessionId = await meeting();
    const { json } = await begin(sessionId, 'hours.flac', (await readFile(file)).byteLength);
    for (const { part, url } of json.parts) await put(url, (await readFile(file)).subarray((part - 1) * json.partSizeBytes, part * json.partSizeBytes));
    let most = 0;
    const watched: AudioDecoder = {
      ...decoder,
      async *decode(from, signal) {
        for await (const piece of decoder.decode(from, signal)) {
          yield piece;
          most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        }
      },
    };
    const before = process.memoryUsage().arrayBuffers;
    await takeIn({ sessionId, uploadId: json.uploadId }, { using: watched });
    expect(await look(json.uploadId)).toMatchObject({ state: 'done', decodedMs: seconds * 1_000 });
    // Two buffers of a minute, the journal's, and pieces nobody has collected yet: an hour of samples would be 115 MB.
    expect(most).toBeLessThan(60e6);
  });
});

describe.skipIf(!hasFfmpeg)('A file that is not what it says', () => {
  let canary: Server;
  let fetched: string[];
  beforeAll(async () => {
    fetched = [];
    canary = createServer((request, response) => {
      fetched.push(request.url!);
      response.end();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => canary.close(resolve)));
  const bait = () => `http://127.0.0.1:${(canary.address() as AddressInfo).port}/bait`;
  const PLAYLIST = (url: string) => `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n`;
  const CONCAT = (url: string) => `ffconcat version 1.0\nfile /etc/passwd\nfile ${url}\n`;
  /** The first box of an MP4, so that it passes for one, and then whatever. */
  const asMp4 = (text: string) => Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'), Buffer.from(text)]);

  test.each([
    ['a playlist called .mp4', 'talk.mp4', () => Buffer.from(PLAYLIST(bait()))],
    ['a list of files called .mp4', 'talk.mp4', () => Buffer.from(CONCAT(bait()))],
    ['a playlist behind the head of an MP4', 'talk.mp4', () => asMp4(PLAYLIST(bait()))],
    ['a playlist behind the tags of an MP3', 'talk.mp3', () => Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.from(PLAYLIST(bait()))])],
    ['text called .mp3', 'talk.mp3', () => Buffer.from('Good morning. '.repeat(500))],
    ['a WAV file of nothing but a head', 'talk.wav', () => Buffer.from('RIFF\0\0\0\0WAVE', 'latin1')],
    ['noise behind the first bytes of a FLAC file', 'talk.flac', () => Buffer.concat([Buffer.from('fLaC'), Buffer.from(Array.from({ length: 9_000 }, (_, index) => (index * 7_919) & 255))])],
  ])('%s is refused, and nothing is fetched for it', async (_what, fileName, make) => {
    const ids = await send(make(), fileName);
    await takeIn(ids);
    expect(await look(ids.uploadId)).toMatchObject({ state: 'failed', failure: 'upload.unreadable', decodedMs: 0 });
    expect(await audio.durableThrough(ids.sessionId)).toBe(0);
    expect(fetched).toEqual([]);
    // The meeting is as it was: another file may be chosen.
    expect(await session(ids.sessionId)).toMatchObject({ status: 'created', endedAt: null });
    expect((await begin(ids.sessionId, 'right.wav', 10)).status).toBe(201);
  });

  test('a video without sound says so', async () => {
    const file = path.join(folder, 'silent.mp4');
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=5:duration=1', '-c:v', 'mpeg4', file);
    const ids = await send(await readFile(file), 'silent.mp4');
    await takeIn(ids);
    expect(await look(ids.uploadId)).toMatchObject({ state: 'failed', failure: 'upload.no_audio' });
  });

  test('half a recording gives that half, and says that it is not all', async () => {
    const cut = await readFile(await makeRecording(folder, spokenFile('monologue'), 'flac'));
    const ids = await send(cut.subarray(0, cut.byteLength >> 1), 'half.flac');
    await takeIn(ids);
    const { state, failure, durationMs, decodedMs } = await look(ids.uploadId);
    expect({ state, failure }).toEqual({ state: 'done', failure: 'upload.damaged' });
    expect(decodedMs).toBeGreaterThan(durationMs / 4);
    expect(decodedMs).toBeLessThan(durationMs * 0.75);
    const { coverage, gaps } = (await world.send('GET', `/api/sessions/${ids.sessionId}/meeting`, { token: ada })).json;
    expect(gaps).toMatchObject([{ reason: 'file_damaged', missingMs: durationMs - decodedMs }]);
    expect(coverage).toMatchObject({ missingMs: durationMs - decodedMs, complete: false });
  });

  test('a kilobyte that claims to last a day fills no disk', async () => {
    const file = path.join(folder, 'leap.mkv');
    const hour = 3_600 * 16_000;
    const lengthOf = async (bytes: Uint8Array) => {
      await writeFile(file, bytes);
      let length = 0;
      try {
        for await (const piece of decoder.decode(file, new AbortController().signal)) length += piece.length;
        return { length, code: null };
      } catch (error) {
        return { length, code: (error as { code: string }).code };
      }
    };
    expect(await lengthOf(leapingMkv(30_000))).toEqual({ length: 30 * 16_000 + 160, code: null });
    const { length, code } = await lengthOf(leapingMkv(8 * 3_600_000));
    expect(code).toBe('upload.damaged');
    expect(length).toBeGreaterThanOrEqual(hour);
    expect(length).toBeLessThan(1.01 * hour);
  });

  test.skipIf(process.getuid!() !== 0)('is read by a program that is nobody, where we are root', async () => {
    const { sessionId, uploadId } = await send(await readFile(spokenFile('yes')), 'yes.wav');
    const file = (await storage.fileOf({ sessionId, uploadId }))!;
    const program = path.join(folder, 'who');
    await chmod(folder, 0o755);
    await writeFile(program, '#!/bin/sh\nid -u\n', { mode: 0o755 });
    const read: Int16Array[] = [];
    for await (const piece of createFfmpegDecoder({ clock: systemClock, programs: { ffmpeg: program, ffprobe: 'ffprobe' } }).decode(file, new AbortController().signal)) read.push(piece.slice());
    expect(Buffer.concat(read.map((piece) => Buffer.from(piece.buffer))).toString()).toBe('65534\n');
    await takeIn({ sessionId, uploadId });
    expect(await look(uploadId)).toMatchObject({ state: 'done', failure: null });
  });

  test('without ffmpeg the file is kept until there is one', async () => {
    const bytes = await readFile(await makeRecording(folder, spokenFile('yes'), 'flac'));
    const ids = await send(bytes, 'yes.flac');
    await takeIn(ids, { using: createFfmpegDecoder({ clock: systemClock, programs: { ffmpeg: 'no-such-program', ffprobe: 'no-such-program' } }) });
    expect(await look(ids.uploadId)).toMatchObject({ state: 'failed', failure: 'ffmpeg.missing' });
    expect((await complete(ids.uploadId)).json).toMatchObject({ state: 'received', failure: null });
    await takeIn(ids);
    expect(await look(ids.uploadId)).toMatchObject({ state: 'done', failure: null });
  });
});

describe('Sending', () => {
  const bytes = Buffer.from('0123456789');

  test('is for a meeting of one’s own in which nothing was recorded', async () => {
    const dictation = (await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'dictation' } })).json.session.id;
    expect((await begin(dictation, 'a.wav', 10)).json.code).toBe('upload.session_taken');
    const bob = await world.signIn('Bob');
    const sessionId = await meeting();
    expect((await begin(sessionId, 'a.wav', 10, bob)).json.code).toBe('session.not_found');
    const { status, json } = await begin(sessionId, 'a.wav', 10);
    expect(status).toBe(201);
    for (const [method, address] of [['GET', ''], ['DELETE', ''], ['POST', '/complete']] as const) {
      expect((await world.send(method, `/api/uploads/${json.uploadId}${address}`, { token: bob })).json.code).toBe('upload.not_found');
    }
    expect((await look(json.uploadId)).state).toBe('receiving');
    const talked = await meeting();
    await world.live(talked, { status: 'live', startedAt: 'now' });
    expect((await begin(talked, 'a.wav', 10)).json.code).toBe('upload.session_taken');
    const over = await meeting();
    await world.send('DELETE', `/api/sessions/${over}`, { token: ada });
    expect((await begin(over, 'a.wav', 10)).json.code).toBe('session.over');
  });

  test('leaves the last of the disk to people who are talking', async () => {
    const { environment } = world.composition;
    const full = new (class extends FilesystemUploadStorage {
      override async room(): Promise<number> {
        return 0;
      }
    })(environment.dataDir);
    await expect(full.writePart({ sessionId: newId(), uploadId: newId() }, 0, (async function* () { yield bytes; })())).rejects.toMatchObject({ code: 'upload.disk_full' });
    const sessionId = await meeting();
    const { json } = await begin(sessionId, 'a.wav', bytes.byteLength);
    await put(json.parts[0].url, bytes);
    const silence: AudioDecoder = { probe: async () => ({ durationMs: null, exact: false }), decode: async function* () { yield new Int16Array(16_000); } };
    const ids = { sessionId, uploadId: json.uploadId };
    await takeIn(ids, { using: silence, kept: full, lastTry: true });
    expect(await look(json.uploadId)).toMatchObject({ state: 'failed', failure: 'audio.disk_full' });
    // Gone on with once there is room, however long that takes: nobody ends it as left.
    expect(await store.abandoned(0, 1_000)).not.toContain(sessionId);
    await records.resume();
    await takeIn(ids, { using: silence });
    expect(await look(json.uploadId)).toMatchObject({ state: 'done', failure: null, decodedMs: 1_000 });
  });

  test('is for kinds and sizes we take, and says which those are', async () => {
    const sessionId = await meeting();
    const wrong = await begin(sessionId, 'minutes.docx', 10);
    expect([wrong.status, wrong.json.code]).toEqual([400, 'upload.wrong_kind']);
    expect(wrong.json.detail).toContain('.wav, .mp3, .m4a, .flac, .ogg, .webm, .mp4 or .mkv');
    expect((await begin(sessionId, 'mp3', 10)).json.code).toBe('upload.wrong_kind');
    const large = await begin(sessionId, 'a.wav', 4 * 1024 ** 3 + 1);
    expect([large.status, large.json.code]).toEqual([413, 'upload.too_large']);
    expect((await begin(sessionId, 'a.wav', 0)).json.code).toBe('upload.empty');
    expect((await begin(sessionId, 'a\n.wav', 10)).json.code).toBe('request.invalid');
    const most = await begin(sessionId, 'A.WAV', 4 * 1024 ** 3);
    // Only a disk with room for it takes it.
    if (most.status === 201) expect(most.json.parts).toHaveLength(512);
    else expect(most.json.code).toBe('upload.disk_full');
  });

  test('takes a link for its one part, whole and of the right size, from our pages or programs', async () => {
    const sessionId = await meeting();
    const { json } = await begin(sessionId, 'a.wav', MIN_PART_BYTES + 10);
    const [first, second] = json.parts;
    const other = (await begin(await meeting(), 'a.wav', 10)).json.parts[0];
    const wrong = new URL(second.url);
    wrong.searchParams.set('token', new URL(other.url).searchParams.get('token')!);
    expect(await put(wrong.href, bytes)).toMatchObject({ status: 403, code: 'upload.link_expired' });
    const otherPart = new URL(second.url);
    otherPart.pathname = new URL(first.url).pathname;
    expect(await put(otherPart.href, bytes)).toMatchObject({ status: 403 });
    expect(await put(second.url, bytes.subarray(1))).toMatchObject({ status: 400, code: 'upload.part_wrong_size' });
    expect(await put(second.url, Buffer.concat([bytes, bytes]))).toMatchObject({ status: 413, code: 'upload.part_too_large' });
    expect(await put(second.url, bytes, { 'transfer-encoding': 'chunked' })).toMatchObject({ status: 400, code: 'upload.part_wrong_size' });
    expect(await put(second.url, bytes, { origin: 'http://elsewhere.example' })).toMatchObject({ status: 403, code: 'origin.forbidden' });
    expect(await put(second.url, bytes, {}, 'POST')).toMatchObject({ status: 405 });
    expect(await put(new URL('/other', second.url).href, bytes)).toMatchObject({ status: 404 });
    const preflight = await put(second.url, Buffer.alloc(0), { origin: ORIGIN, 'access-control-request-method': 'PUT' }, 'OPTIONS');
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-methods': 'PUT', 'access-control-allow-origin': ORIGIN } });
    expect((await look(json.uploadId)).receivedParts).toEqual([]);
    expect(await put(second.url, bytes)).toMatchObject({ status: 200 });
    expect(await put(second.url, bytes)).toMatchObject({ status: 200 });
    expect((await look(json.uploadId)).receivedParts).toEqual([2]);
  });

  describe('leaves nothing', () => {
    let kept: string[] = [];
    afterEach(() => (kept = []));
    const onDisk = async () => (await readdir(path.join(world.composition.environment.dataDir, 'uploads'), { recursive: true })).filter((name) => kept.some((id) => name.includes(id)));
    async function half(): Promise<{ sessionId: string; uploadId: string; link: string }> {
      const sessionId = await meeting();
      const { json } = await begin(sessionId, 'a.wav', MIN_PART_BYTES + 10);
      await put(json.parts[1].url, bytes);
      kept = [sessionId];
      expect(await onDisk()).toEqual(expect.arrayContaining([`${sessionId}/${json.uploadId}`]));
      return { sessionId, uploadId: json.uploadId, link: json.parts[1].url };
    }

    test('when it is cancelled', async () => {
      const { sessionId, uploadId, link } = await half();
      expect((await world.send('DELETE', `/api/uploads/${uploadId}`, { token: ada })).status).toBe(204);
      expect(await onDisk()).toEqual([]);
      expect(await put(link, bytes)).toMatchObject({ status: 404, code: 'upload.not_found' });
      expect((await look(uploadId)).code).toBe('upload.not_found');
      expect(await onDisk()).toEqual([]);
      expect((await begin(sessionId, 'b.wav', 10)).status).toBe(201);
    });

    test('when its meeting is erased', async () => {
      const { sessionId, link } = await half();
      expect((await world.send('DELETE', `/api/sessions/${sessionId}?erase=true`, { token: ada })).status).toBe(204);
      await eraseSessionHandler(audio, storage, { removeFromDisk: async () => {} }).handle({ sessionId, pass: 1 }, new AbortController().signal);
      expect(await onDisk()).toEqual([]);
      expect(await put(link, bytes)).toMatchObject({ status: 404 });
    });

    test('when its meeting ends without it', async () => {
      const { sessionId, uploadId } = await half();
      const sweeper = new UploadSweeper({ records, storage, clock: systemClock, log: silentLog });
      await sweeper.sweep();
      expect(await storage.fileOf({ sessionId, uploadId })).not.toBeNull();
      await world.send('DELETE', `/api/sessions/${sessionId}`, { token: ada });
      await sweeper.sweep();
      expect(await storage.fileOf({ sessionId, uploadId })).toBeNull();
      expect(await look(uploadId)).toMatchObject({ state: 'failed', failure: 'upload.expired' });

      const ids = await send(bytes, 'late.wav');
      await world.send('DELETE', `/api/sessions/${ids.sessionId}`, { token: ada });
      await takeIn(ids);
      expect(await look(ids.uploadId)).toMatchObject({ state: 'failed', failure: 'session.over' });
      expect(await storage.fileOf(ids)).toBeNull();
    });

    test('when nobody comes back to it for a week, and what was left by a crash goes too', async () => {
      const { uploadId, link } = await half();
      const orphan = { sessionId: newId(), uploadId: newId() };
      await storage.writePart(orphan, 0, (async function* () { yield bytes; })());
      const sweeper = new UploadSweeper({ records, storage, clock: systemClock, log: silentLog });
      await sweeper.sweep();
      expect(await storage.fileOf(orphan)).toBeNull();
      expect((await look(uploadId)).state).toBe('receiving');
      await database.asOwner('update uploads set created_at = created_at - make_interval(secs => $2) where id = $1', [uploadId, KEPT_MS / 1000]);
      await sweeper.sweep();
      expect(await onDisk()).toEqual([]);
      expect(await look(uploadId)).toMatchObject({ state: 'failed', failure: 'upload.expired', parts: [] });
      expect(await put(link, bytes)).toMatchObject({ status: 410, code: 'upload.expired' });
    });
  });
});

/** By how many samples `heard` is behind, and how alike they are there: 1 is the same. Compared over the loudest second. */
function bestLag(said: Int16Array, heard: Int16Array, reach: number): { lag: number; likeness: number } {
  const from = Math.max(reach, Math.floor(said.length / 2) - 8_000);
  const length = Math.min(16_000, said.length - from - reach);
  let best = { lag: 0, likeness: -1 };
  for (let lag = -reach; lag <= reach; lag += 1) {
    let product = 0;
    let saidPower = 0;
    let heardPower = 0;
    for (let index = from; index < from + length; index += 1) {
      const a = said[index]!;
      const b = heard[index + lag] ?? 0;
      product += a * b;
      saidPower += a * a;
      heardPower += b * b;
    }
    const likeness = product / Math.sqrt(saidPower * heardPower || 1);
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return best;
}
