/** What a replay is made of: who may read it, and that its pages leave nothing out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSIONS_PAGE_CHARS, VERSIONS_PER_PAGE } from '#domain/code/list-versions.ts';
import { buildReplay, codeAt } from '#domain/code/replay.ts';
import type { FileVersion } from '#domain/code/replay.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
let ines: string;
let omar: string;
let bob: string;
let cleo: string;
let sessionId: string;
beforeAll(async () => {
  world = await openRestWorld();
  [ines, omar, bob] = await Promise.all([world.signIn('Ines', 'interviewer'), world.signIn('Omar', 'interviewer'), world.signIn('Bob', 'interviewer')]);
  sessionId = (await world.send('POST', '/api/sessions', { token: ines, body: { kind: 'code', templateId: 'two-sum', consent: { recording: true } } })).json.session.id;
  const invite = async (kind: string) => (await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token: ines, body: { kind } })).json.secret;
  const accept = async (secret: string, body: object, token?: string) => (await world.send('POST', '/api/invitations/accept', { ...(token ? { token } : {}), body: { secret, ...body } })).json;
  cleo = (await accept(await invite('candidate'), { name: 'Cleo', consent: { recording: true } })).token;
  await accept(await invite('observer'), {}, omar);
});
afterAll(() => world?.close());

const page = (token: string | undefined, after: string | null = null, id = sessionId) => world.send('GET', `/api/sessions/${id}/versions${after === null ? '' : `?after=${encodeURIComponent(after)}`}`, token ? { token } : {});
async function all(token: string, id = sessionId): Promise<{ versions: FileVersion[]; pages: number; next: string | null }> {
  const versions: FileVersion[] = [];
  let next: string | null = null;
  for (let pages = 0; ; pages += 1) {
    const { json } = await page(token, next, id);
    if (json.versions.length === 0) return { versions, pages, next };
    versions.push(...json.versions);
    next = json.next;
  }
}
const create = (path: string, content: string) => world.send('POST', '/api/files', { token: cleo, body: { sessionId, filePath: path, content } });
const save = (path: string, content: string) => world.send('PUT', `/api/files/${sessionId}/${path}`, { token: cleo, body: { content } });

describe('the versions of a workspace', () => {
  test('are read by the candidate and the team, in the order they were saved, and by nobody else', async () => {
    expect((await page(cleo)).json).toEqual({ versions: [], next: null });
    await create('main.py', 'a = 1\n');
    await create('util.py', 'b');
    await save('main.py', 'a = 2\n');
    await world.send('DELETE', `/api/files/${sessionId}/util.py`, { token: cleo });
    for (const token of [ines, omar, cleo]) {
      const { versions, pages } = await all(token);
      expect(versions).toEqual([
        { path: 'main.py', version: 1, atMs: expect.any(Number), content: 'a = 1\n' },
        { path: 'util.py', version: 1, atMs: expect.any(Number), content: 'b' },
        { path: 'main.py', version: 2, atMs: expect.any(Number), content: 'a = 2\n' },
        { path: 'util.py', version: 2, atMs: expect.any(Number), content: null },
      ]);
      expect(pages).toBe(1);
    }
    expect((await page(bob)).json.code).toBe('session.not_found');
    expect((await page(undefined)).json.code).toBe('auth.required');
  });

  test('come in pages that leave nothing out, and go on with what is saved later', async () => {
    const { next } = await all(cleo);
    const big = 'x'.repeat(VERSIONS_PAGE_CHARS * 0.6);
    for (let index = 0; index < 3; index += 1) await save('main.py', `${big}${index}`);
    const later = await page(omar, next);
    expect(later.json.versions.map(({ version }: any) => version)).toEqual([3, 4]);
    expect((await page(omar, later.json.next)).json.versions.map(({ version }: any) => version)).toEqual([5]);
    for (let index = 0; index < VERSIONS_PER_PAGE; index += 1) await save('main.py', `${index}`);
    const { versions } = await all(ines);
    expect(versions.filter(({ path }) => path === 'main.py').map(({ version }) => version)).toEqual(Array.from({ length: 5 + VERSIONS_PER_PAGE }, (_, index) => index + 1));
    const made = ['["2026-01-01T00:00:00.000000Z","a",0]', '["2026-02-30T00:00:00.000000Z","a",1]', '["2026-01-01T00:00:00.000000Z","\\u0000",1]', '["2026-01-01T00:00:00.000000Z","a",3000000000]', '["0000-01-01T00:00:00.000000Z","a",1]'];
    for (const odd of ['x', 'eyJ9', ...made.map((text) => Buffer.from(text).toString('base64url')), 'x'.repeat(1_001)]) {
      expect((await page(ines, odd)).json.code, odd.slice(0, 20)).toBe('request.invalid');
    }
  });
});

test('a replay made of the REST answers has the code of a moment, and no more of hidden tests than the run had', async () => {
  const { session, events } = await (async () => {
    const hidden = { name: 'large', hidden: true, passed: false, timeMs: 3 };
    await world.live(sessionId, {
      status: 'live',
      startedAt: 'now',
      items: [{ itemId: 'i1', revision: 1, speaker: 'user', text: 'A map.', startSample: 16_000, endSample: 32_000 }],
      events: [
        { type: 'editor', sample: 48_000, data: { path: 'two.py', version: 0, changes: [{ agoMs: 0, text: 'import this' }] } },
        { type: 'run.started', data: { runId: 'r1', fileName: 'two.py', language: 'python', tests: 'all', versions: {} } },
        { type: 'run.result', data: { runId: 'r1', status: 'failed', success: false, results: [hidden] } },
      ],
    });
    return { session: (await world.send('GET', `/api/sessions/${sessionId}`, { token: omar })).json, events: (await world.send('GET', `/api/sessions/${sessionId}/events`, { token: omar })).json.events };
  })();
  const { items } = (await world.send('GET', `/api/sessions/${sessionId}/transcript`, { token: omar })).json;
  const replay = buildReplay({ session, events, versions: (await all(omar)).versions, items });
  expect(codeAt(replay, 3_000)).toMatchObject({ path: 'two.py', state: { text: 'import this' } });
  expect(replay.runs[0]?.result?.results).toEqual([{ name: 'large', hidden: true, passed: false, timeMs: 3 }]);
  expect(replay.captions).toMatchObject([{ text: 'A map.', atMs: 1_000, endMs: 2_000 }]);
});
