/** The workspace of a code interview over REST: files, their versions and limits, templates, and who may see them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES, MAX_FILES } from '#domain/code/file.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
let ada: string;
beforeAll(async () => {
  world = await openRestWorld();
  ada = await world.signIn('Ada');
});
afterAll(() => world?.close());

async function codeSession(token = ada): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token, body: { action: 'CREATE_SESSION', templateId: 'two-sum' } });
  expect(json.session.kind).toBe('code');
  return json.session.id;
}
const create = (sessionId: string, filePath: string, content: string, token = ada) => world.send('POST', '/api/files', { token, body: { sessionId, filePath, content } });
const read = (sessionId: string, filePath: string, token = ada) => world.send('GET', `/api/files/${sessionId}/${filePath}`, { token });
const save = (sessionId: string, filePath: string, content: string, headers: Record<string, string> = {}) => world.send('PUT', `/api/files/${sessionId}/${filePath}`, { token: ada, body: { content }, headers });

describe('a file', () => {
  test('is created, read, saved, listed and deleted, and every version is kept', async () => {
    const sessionId = await codeSession();
    const created = await create(sessionId, '/src/main.py', 'print(1)\n');
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ path: 'src/main.py', content: 'print(1)\n', version: 1, sizeBytes: 9 });
    expect(created.headers.get('etag')).toBe('"1"');
    expect(created.headers.get('location')).toBe(`/api/files/${sessionId}/src/main.py`);
    expect((await read(sessionId, 'src/main.py')).json).toEqual(created.json);
    const saved = await save(sessionId, 'src/main.py', 'print("é")\n');
    expect(saved.json).toMatchObject({ version: 2, content: 'print("é")\n', sizeBytes: 12 });
    await create(sessionId, 'a.txt', '');
    expect((await world.send('GET', `/api/files/${sessionId}`, { token: ada })).json.files.map(({ path, version, sizeBytes }: any) => [path, version, sizeBytes])).toEqual([
      ['a.txt', 1, 0],
      ['src/main.py', 2, 12],
    ]);
    expect((await world.send('DELETE', `/api/files/${sessionId}/src/main.py`, { token: ada })).status).toBe(204);
    expect((await read(sessionId, 'src/main.py')).json.code).toBe('file.not_found');
    expect((await save(sessionId, 'src/main.py', 'x')).status).toBe(404);
    // Made again it goes on counting: an old version must not look like the new file.
    expect((await create(sessionId, 'src/main.py', 'again')).json.version).toBe(4);
  });

  test('that exists already is not made twice, and of two who make it at once one does', async () => {
    const sessionId = await codeSession();
    const answers = await Promise.all([1, 2, 3].map((number) => create(sessionId, 'main.js', `// ${number}`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expect((await create(sessionId, '/main.js', '')).json.code).toBe('file.exists');
  });

  test('is saved with If-Match only where it still is what the client knows', async () => {
    const sessionId = await codeSession();
    await create(sessionId, 'main.js', 'one');
    expect((await save(sessionId, 'main.js', 'two', { 'if-match': '"1"' })).json.version).toBe(2);
    const stale = await save(sessionId, 'main.js', 'lost', { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect(stale.json.code).toBe('file.version_mismatch');
    expect((await read(sessionId, 'main.js')).json.content).toBe('two');
    expect((await save(sessionId, 'main.js', 'three', { 'if-match': '"7", "2"' })).json.version).toBe(3);
    expect((await save(sessionId, 'main.js', 'four', { 'if-match': '*' })).json.version).toBe(4);
    expect((await save(sessionId, 'main.js', 'x', { 'if-match': 'W/"4"' })).status).toBe(412);
    expect((await save(sessionId, 'main.js', 'x', { 'if-match': '4' })).status).toBe(400);
    expect((await world.send('DELETE', `/api/files/${sessionId}/main.js`, { token: ada, headers: { 'if-match': '"3"' } })).status).toBe(412);
    const both = await Promise.all(['a', 'b'].map((content) => save(sessionId, 'main.js', content, { 'if-match': '"4"' })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });

  test('has a path that stays inside the workspace, encoded or not', async () => {
    const sessionId = await codeSession();
    for (const path of ['../x', 'a/../../x', '..', '%2e%2e/x', 'a\\..\\x', 'a//b', '', 'nul\u0000', 'x'.repeat(300)]) {
      const refused = await create(sessionId, path, '');
      expect(refused.status, path).toBe(400);
      expect(refused.json.errors[0].path).toBe('$.filePath');
    }
    for (const path of ['..%2f..%2fx', '%252e%252e%252fx', 'a%5cb']) expect((await read(sessionId, path)).status, path).toBe(400);
    await create(sessionId, 'name with space/ü?.txt', 'here');
    expect((await read(sessionId, 'name%20with%20space/%C3%BC%3F.txt')).json.content).toBe('here');
  });

  test('has limits that say what they are', async () => {
    const sessionId = await codeSession();
    expect((await create(sessionId, 'big.txt', 'x'.repeat(MAX_FILE_BYTES))).status).toBe(413);
    expect((await create(sessionId, 'large.txt', 'x'.repeat(MAX_FILE_BYTES - 1_000))).status).toBe(201);
    expect((await create(sessionId, 'nul.txt', 'a\u0000b')).json.errors[0].message).toMatch(/NUL/);
    for (let number = 1; number < MAX_FILES; number++) await create(sessionId, `f${number}.txt`, '');
    const refused = await create(sessionId, 'one-more.txt', '');
    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({ code: 'file.too_many', detail: expect.stringMatching(/200/) });
    await world.send('DELETE', `/api/files/${sessionId}/f1.txt`, { token: ada });
    expect((await create(sessionId, 'one-more.txt', '')).status).toBe(201);
  }, 240_000);

  test('belongs to its session: nobody else sees it, and after the end nobody changes it', async () => {
    const sessionId = await codeSession();
    await create(sessionId, 'main.py', 'secret');
    const bob = await world.signIn('Bob', 'interviewer');
    for (const answer of [await read(sessionId, 'main.py', bob), await world.send('GET', `/api/files/${sessionId}`, { token: bob }), await create(sessionId, 'x.py', '', bob)]) {
      expect(answer.status).toBe(404);
      expect(answer.json.code).toBe('session.not_found');
    }
    expect((await world.send('GET', `/api/files/${sessionId}`)).status).toBe(401);
    await world.send('DELETE', `/api/sessions/${sessionId}`, { token: ada });
    expect((await save(sessionId, 'main.py', 'changed')).json.code).toBe('session.over');
    expect((await create(sessionId, 'late.py', '')).status).toBe(409);
    expect((await read(sessionId, 'main.py')).json.content).toBe('secret');
  });

  test('takes the bodies of older clients', async () => {
    const sessionId = await codeSession();
    expect((await world.send('POST', '/api/files', { token: ada, body: { action: 'CREATE_FILE', sessionId, filePath: 'a.py', content: '1' } })).status).toBe(201);
    expect((await world.send('PUT', `/api/files/${sessionId}/a.py`, { token: ada, body: { action: 'UPDATE_FILE', content: '2' } })).status).toBe(200);
    expect((await world.send('GET', `/api/files/${sessionId}/a.py?action=READ_FILE`, { token: ada })).json.content).toBe('2');
    expect((await world.send('GET', `/api/files/${sessionId}?action=LIST_FILES`, { token: ada })).status).toBe(200);
    expect((await world.send('PUT', `/api/files/${sessionId}/a.py`, { token: ada, body: { action: 'CREATE_FILE', content: '2' } })).json.code).toBe('request.action_mismatch');
    expect((await world.send('DELETE', `/api/files/${sessionId}/a.py`, { token: ada, body: { action: 'DELETE_FILE' } })).status).toBe(204);
  });

  test('is erased with its session, versions and all', async () => {
    const sessionId = await codeSession();
    await create(sessionId, 'main.py', 'x');
    expect((await world.send('DELETE', `/api/sessions/${sessionId}?erase=true`, { token: ada })).status).toBe(204);
    expect((await read(sessionId, 'main.py')).json.code).toBe('session.not_found');
  });
});

describe('templates', () => {
  test('are listed from easy to hard and shown without anything hidden', async () => {
    const { json } = await world.send('GET', '/api/templates', { token: ada });
    const ranks = json.templates.map(({ difficulty }: any) => ['easy', 'medium', 'hard'].indexOf(difficulty));
    expect(ranks).toEqual(ranks.toSorted());
    const one = await world.send('GET', '/api/templates/two-sum', { token: ada });
    expect(Object.keys(one.json).toSorted()).toEqual(['areas', 'compare', 'difficulty', 'id', 'minutes', 'signature', 'starters', 'statement', 'title', 'visibleTests']);
    expect((await world.send('GET', '/api/templates/no-such', { token: ada })).json.code).toBe('template.not_found');
    expect((await world.send('GET', '/api/templates')).status).toBe(401);
  });
});
