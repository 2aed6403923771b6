/** Sound in S3 as moto's server speaks it: the suites of the log and of uploads, and both behind a bad connection. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chooseAudioStorage } from '#adapters/audio.ts';
import { describeAudioLog } from '#adapters/audio-log-contract/audio-log-contract.ts';
import { FilesystemUploadStorage } from '#adapters/filesystem/upload-storage.ts';
import { createS3AudioLog } from '#adapters/s3/audio-log.ts';
import type { S3AudioLog } from '#adapters/s3/audio-log.ts';
import { createS3ObjectStore } from '#adapters/s3/s3-object-store.ts';
import { OBJECT_INTERVAL_MS } from '#adapters/s3/slot-writer.ts';
import { S3UploadStorage } from '#adapters/s3/upload-storage.ts';
import { describeUploadStorage } from '#adapters/upload-storage-contract/upload-storage-contract.ts';
import { silentLog } from '#domain/log.ts';
import { parseWav } from '#domain/stream/wav.ts';
import { spoken } from '../support/audio-log-child.ts';
import { count } from '../support/counts.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import type { Fault } from '../support/faulty-proxy.ts';
import { motoMissing, startMoto } from '../support/moto.ts';
import type { Moto } from '../support/moto.ts';
import { quickClock } from '../support/quick-clock.ts';
import { seededRandom } from '../support/random.ts';

const missing = motoMissing();
const BUCKET = 'spool-audio';
/** What S3 takes at least. */
const PART_BYTES = 5 * 1024 * 1024;
const refusal = (status: number, code: string): Fault => ({ reply: { status, type: 'application/xml', body: `<Error><Code>${code}</Code><Message>Please try again.</Message></Error>` } });
const MISHAPS = { refused: refusal(500, 'InternalError'), busy: refusal(503, 'SlowDown'), lost: 'lost', slow: { slowMs: 30 } } as const satisfies Record<string, Fault>;

describe.skipIf(missing)(`S3${missing ? ` (${missing})` : ''}`, () => {
  let moto: Moto;
  let plain: S3Client;
  const settings = (endpoint: string) => ({ endpoint, region: moto.env.AWS_REGION, credentials: { accessKeyId: moto.env.AWS_ACCESS_KEY_ID, secretAccessKey: moto.env.AWS_SECRET_ACCESS_KEY } });
  const storeAt = (endpoint: string, bucket = BUCKET) => createS3ObjectStore({ bucket, client: settings(endpoint) });
  const logAt = (endpoint: string): S3AudioLog => createS3AudioLog({ store: storeAt(endpoint), clock: quickClock(OBJECT_INTERVAL_MS), log: silentLog, partBytes: PART_BYTES });
  beforeAll(async () => {
    moto = await startMoto();
    plain = new S3Client(settings(moto.endpoint));
    await plain.send(new CreateBucketCommand({ Bucket: BUCKET }));
  });
  afterAll(async () => {
    plain?.destroy();
    await moto?.stop();
  });
  const keysOf = async (sessionId: string) => ((await plain.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).flatMap(({ Key, Size }) => (Key?.includes(sessionId) ? [{ Key, Size: Size ?? 0 }] : []));

  describeAudioLog('in S3', async () => {
    const logs: S3AudioLog[] = [];
    const start = async () => {
      logs.push(logAt(moto.endpoint));
      return logs.at(-1)!;
    };
    return { log: await start(), restart: start, dispose: async () => void (await Promise.all(logs.map((log) => log.stop()))) };
  });

  describeUploadStorage('in S3', async () => {
    const bucket = `uploads-${randomUUID()}`;
    await plain.send(new CreateBucketCommand({ Bucket: bucket }));
    const store = storeAt(moto.endpoint, bucket);
    const directories: string[] = [];
    const start = async () => {
      const directory = await mkdtemp(path.join(os.tmpdir(), 'spool-scratch-'));
      directories.push(directory);
      return new S3UploadStorage({ store, scratch: new FilesystemUploadStorage(directory), clock: quickClock(0) });
    };
    return {
      storage: await start(),
      restart: start,
      async dispose() {
        store.close();
        for (const directory of directories) await rm(directory, { recursive: true });
      },
    };
  });

  it('is chosen by the name of a bucket, with whatever the SDK finds in the environment', async () => {
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value);
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-s3-'));
    try {
      const { audio, uploads } = await chooseAudioStorage({ SPOOL_S3_BUCKET: BUCKET, dataDir }, { clock: quickClock(0), log: silentLog });
      await audio.start();
      const sessionId = randomUUID();
      const writer = await audio.openWriter(sessionId, 1);
      expect(await writer.append(Int16Array.of(1, 2))).toBe(2);
      await audio.writeUtterance(sessionId, 1, Int16Array.of(3));
      await uploads.writePart({ sessionId, uploadId: randomUUID() }, 0, (async function* () { yield Uint8Array.of(4); })());
      expect((await keysOf(sessionId)).map(({ Key }) => Key.split('/')[0])).toEqual(['log', 'log', 'uploads', 'utterances']);
      await audio.stop();
    } finally {
      vi.unstubAllEnvs();
      await rm(dataDir, { recursive: true });
    }
  });

  it('refuses to start without its bucket, and says why', async () => {
    const log = createS3AudioLog({ store: storeAt(moto.endpoint, 'not-there'), clock: quickClock(0), log: silentLog });
    await expect(log.start()).rejects.toMatchObject({ code: 'unavailable', fields: { reason: 'NoSuchBucket' } });
    await expect(log.readUtterance(randomUUID(), 1)).rejects.toMatchObject({ code: 'unavailable' });
    await log.stop();
  });

  it('keeps every acknowledged sample behind a connection that refuses, loses answers and dawdles, through takeovers, seals and reads', async () => {
    const random = seededRandom(7);
    const proxy = await startFaultyProxy(moto.endpoint);
    const happened = { refused: 0, busy: 0, lost: 0, slow: 0 };
    proxy.decide = () => {
      const chance = random();
      const mishap = chance < 0.06 ? 'lost' : chance < 0.1 ? 'refused' : chance < 0.14 ? 'busy' : chance < 0.2 ? 'slow' : null;
      if (!mishap) return null;
      happened[mishap] += 1;
      return MISHAPS[mishap];
    };
    const servers = [logAt(proxy.url), logAt(proxy.url)];
    try {
      await Promise.all(Array.from({ length: count(2, 12) }, async (_, session) => {
        const sessionId = randomUUID();
        let at = 0;
        /** Where each writer began, and its voice. */
        const begins: { epoch: number; from: number }[] = [];
        for (let epoch = 1; epoch <= 4; epoch += 1) {
          const writer = await servers[epoch % 2]!.openWriter(sessionId, epoch);
          expect(writer.durableThroughSample).toBe(at);
          begins.push({ epoch, from: at });
          const frames = Array.from({ length: 12 }, () => 1 + Math.floor(random() * 9_000)).map((length) => {
            const frame = spoken(epoch, session, at, (at += length));
            return writer.append(frame);
          });
          expect(await frames.at(-1)).toBe(at);
          if (epoch === 2) await servers[0]!.seal(sessionId);
          else if (epoch === 3) await writer.close();
          // Otherwise it is left open, as by a server that froze.
        }
        for (const phase of ['before', 'after']) {
          for (const [index, { epoch, from }] of begins.entries()) {
            const to = begins[index + 1]?.from ?? at;
            expect([phase, Buffer.compare(Buffer.from((await servers[epoch % 2]!.read(sessionId, from, to)).buffer), Buffer.from(spoken(epoch, session, from, to).buffer))]).toEqual([phase, 0]);
          }
          await servers[1]!.seal(sessionId);
        }
        const kept = (await keysOf(sessionId)).filter(({ Key, Size }) => !(Key.startsWith('log/') && Size % 2 === 1));
        expect(kept).toEqual([{ Key: expect.stringMatching(/^recordings\//), Size: 44 + 2 * at }]);
        await servers[0]!.erase(sessionId);
        expect((await keysOf(sessionId)).filter(({ Size }) => Size > 0 && Size % 2 === 0)).toEqual([]);
      }));
      expect(Math.min(happened.lost, happened.refused, happened.busy)).toBeGreaterThan(3);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      await proxy.stop();
    }
  });

  it('makes a recording of several parts, which an address of it plays from anywhere', async () => {
    const log = logAt(moto.endpoint);
    const sessionId = randomUUID();
    const writer = await log.openWriter(sessionId, 1);
    const said = spoken(1, 1, 0, 2_700_000); // 5.4 MB: almost three minutes
    for (let at = 0; at < said.length; at += 1_000_000) await writer.append(said.subarray(at, at + 1_000_000));
    await writer.close();
    await log.seal(sessionId);
    const address = (await log.recordingAddress?.(sessionId, { disposition: 'inline; filename="a.wav"' })) ?? '';
    const whole = await fetch(address);
    expect([whole.headers.get('content-type'), whole.headers.get('content-disposition')]).toEqual(['audio/wav', 'inline; filename="a.wav"']);
    expect(Buffer.compare(Buffer.from(parseWav(new Uint8Array(await whole.arrayBuffer())).samples.buffer), Buffer.from(said.buffer))).toBe(0);
    const part = await fetch(address, { headers: { range: 'bytes=44-47' } });
    expect([part.status, [...new Int16Array(await part.arrayBuffer())]]).toEqual([206, [...said.subarray(0, 2)]]);
    await log.stop();
  });

  it('lists more objects than come in one answer', async () => {
    const store = createS3ObjectStore({ bucket: BUCKET, client: settings(moto.endpoint), pageKeys: 2 });
    const log = createS3AudioLog({ store, clock: quickClock(OBJECT_INTERVAL_MS), log: silentLog, objectBytes: 2 });
    const sessionId = randomUUID();
    const writer = await log.openWriter(sessionId, 1);
    const said = spoken(1, 1, 0, 7);
    await writer.append(said);
    const other = createS3AudioLog({ store, clock: quickClock(0), log: silentLog });
    expect(await other.durableThrough(sessionId)).toBe(7);
    expect(await other.read(sessionId, 0, 9)).toEqual(said);
    await other.erase(sessionId);
    // The fence of the writer and that of the erasure.
    expect((await keysOf(sessionId)).map(({ Size }) => Size % 2).toSorted()).toEqual([0, 1, 1]);
    await log.stop();
  });
});
