/**
 * A voice interview and a meeting as in the cloud: the web app, the realtime server and the worker are told by their
 * environment alone to keep sound in S3 and to carry jobs by SQS, share no disk, and read a secret from Parameter Store.
 */
import { readdir } from 'node:fs/promises';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseWav } from '#domain/stream/wav.ts';
import { startCloudProcesses, type CloudProcesses } from '#tests/support/cloud-processes.ts';
import { motoMissing } from '#tests/support/moto.ts';
import { concatSamples, fixtureSamples, silence } from '#tests/support/speech.ts';
import { joinSession } from '#tests/support/stream-client.ts';

const missing = motoMissing();
const STARTS_WITHIN_MS = 400_000;
/** What ends a writer is at most this large; the least a writer sends is larger. */
const FENCE_BYTES = 400;
const PATIENCE = { timeout: 90_000, interval: 200 };

describe.skipIf(missing)(`sessions over S3 and SQS${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let cloud: CloudProcesses;
  let token: string;
  beforeAll(async () => {
    cloud = await startCloudProcesses();
    const signedIn = await fetch(`${cloud.url}/api/auth/local`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Ada', role: 'learner' }) });
    ({ token } = (await signedIn.json()) as { token: string });
  }, STARTS_WITHIN_MS);
  afterAll(() => cloud?.stop(), 60_000);

  const ask = (method: string, address: string, body?: unknown) =>
    fetch(`${cloud.url}/api${address}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  async function api<T>(method: string, address: string, body?: unknown): Promise<T> {
    const answer = await ask(method, address, body);
    if (!answer.ok) throw new Error(`${method} ${address} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  const join = (id: string) => joinSession({ getTicket: () => api('POST', `/sessions/${id}/ticket`, {}) });
  const objects = async (prefix: string) => (await cloud.s3.send(new ListObjectsV2Command({ Bucket: cloud.bucket, Prefix: prefix }))).Contents ?? [];
  const keys = async (prefix: string) => (await objects(prefix)).map(({ Key }) => Key!);
  async function heard(id: string, track: string): Promise<Int16Array> {
    const answer = await ask('GET', `/sessions/${id}/audio?track=${track}`);
    expect(answer.status, `the track ${track}`).toBe(200);
    return parseWav(new Uint8Array(await answer.arrayBuffer())).samples;
  }
  const status = async (id: string) => (await api<{ status: string }>('GET', `/sessions/${id}`)).status;
  const transcript = async (id: string) => (await api<{ items: { speaker: string; text: string }[] }>('GET', `/sessions/${id}/transcript`)).items;

  test('a person talks with the interviewer, and hears both of them again from the bucket', { timeout: 240_000 }, async () => {
    const { session: { id } } = await api<{ session: { id: string } }>('POST', '/sessions', { kind: 'onboarding', consent: { recording: true } });
    const ada = await join(id);
    await ada.live(20_000);
    await ada.message('agent.done', () => true, { timeoutMs: 60_000 });
    const spoken = concatSamples(silence(500), fixtureSamples('guitar'), silence(2_000));
    await ada.speak(spoken);
    await ada.message('transcript.final', ({ speaker, text }) => speaker === 'user' && /guitar/i.test(text), { timeoutMs: 60_000 });
    await ada.until('the answer', () => ada.messages.filter(({ type }) => type === 'agent.done').length > 1, 60_000);
    await ada.delivered(30_000);
    expect((await keys(`log/${id}/`)).length, 'objects of at most a second').toBeGreaterThanOrEqual(Math.floor(spoken.length / 16_000));
    expect((await ada.end(60_000)).reason).toBe('ended_by_person');

    await expect.poll(() => status(id), PATIENCE).toBe('completed');
    // What is kept: one recording, what the interviewer said, and no second of the log.
    await expect.poll(async () => (await keys(`recordings/${id}/`)).length, PATIENCE).toBe(1);
    await expect.poll(async () => (await objects(`log/${id}/`)).filter(({ Size = 0 }) => Size > FENCE_BYTES), PATIENCE).toEqual([]);
    expect((await keys(`utterances/${id}/`)).length).toBeGreaterThanOrEqual(2);
    const user = await heard(id, 'user');
    expect(Buffer.compare(Buffer.from(user.buffer, user.byteOffset, user.byteLength), Buffer.from(spoken.buffer)), 'sent and stored differ').toBe(0);
    expect((await heard(id, 'agent')).some((sample) => Math.abs(sample) > 1_000), 'the interviewer is heard').toBe(true);
    expect((await transcript(id)).filter(({ speaker }) => speaker === 'user').map(({ text }) => text).join(' ')).toMatch(/guitar/i);

    // Erased, it is gone from the bucket; what stays says only that it must not come back.
    expect((await ask('DELETE', `/sessions/${id}?erase=true`)).ok).toBe(true);
    for (const kind of ['recordings', 'utterances']) await expect.poll(() => keys(`${kind}/${id}/`), { ...PATIENCE, message: kind }).toEqual([]);
    expect((await objects(`log/${id}/`)).filter(({ Size = 0 }) => Size > FENCE_BYTES)).toEqual([]);
    await expect.poll(() => keys(`erased/${id}`), PATIENCE).toHaveLength(1);
  });

  test('a meeting becomes transcript and notes by jobs that SQS carries', { timeout: 240_000 }, async () => {
    const { session: { id } } = await api<{ session: { id: string } }>('POST', '/sessions', { kind: 'meeting', consent: { recording: true } });
    const tab = await join(id);
    await tab.live(20_000);
    const said = concatSamples(...['computers', 'guitar', 'mountains'].flatMap((name) => [fixtureSamples(name), silence(900)]));
    await tab.speak(said, { speed: 3 });
    await tab.delivered(60_000);
    expect((await tab.end(60_000)).reason).toBe('ended_by_person');
    await expect.poll(() => status(id), { timeout: 120_000, interval: 300 }).toBe('completed');
    const words = (await transcript(id)).map(({ text }) => text).join(' ');
    expect(words).toMatch(/history of computers/i);
    expect(words).toMatch(/mountains/i);
    const { coverage } = await api<{ coverage: { capturedMs: number; chunks: { waiting: number; failed: number } } }>('GET', `/sessions/${id}/meeting`);
    expect(coverage).toMatchObject({ capturedMs: said.length / 16, chunks: { waiting: 0, failed: 0 } });
    expect((await ask('GET', `/sessions/${id}/notes`)).status).toBe(200);
    await expect.poll(() => cloud.messages(), PATIENCE).toEqual({ waiting: 0, dead: 0 });
  });

  test('no process kept sound on its disk', async () => {
    for (const [name, folder] of Object.entries(cloud.disk)) expect((await readdir(folder)).filter((entry) => entry === 'audio' || entry === 'uploads'), name).toEqual([]);
  });
});
