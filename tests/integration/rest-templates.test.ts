/** Problems that interviewers add: kept, used in a session, changed, deleted, and who may see how much of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_OWN_PROBLEMS } from '#domain/code/create-template.ts';
import type { RunRequest } from '#domain/code/ports.ts';
import { builtInProblem, testRun } from '../support/code-room.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
let ines: string;
let omar: string;
let bob: string;
let draft: Record<string, any>;
beforeAll(async () => {
  world = await openRestWorld();
  [ines, omar, bob] = await Promise.all([world.signIn('Ines', 'interviewer'), world.signIn('Omar', 'interviewer'), world.signIn('Bob', 'learner')]);
  const { id: _id, ...rest } = await builtInProblem('two-sum');
  draft = { ...rest, title: 'Two tickets' };
});
afterAll(() => world?.close());

const add = (changes: object = {}, token = ines) => world.send('POST', '/api/templates', { token, body: { ...draft, ...changes } });
const get = (id: string, token = ines, query = '') => world.send('GET', `/api/templates/${id}${query}`, { token });
const put = (id: string, changes: object, token = ines) => world.send('PUT', `/api/templates/${id}`, { token, body: { ...draft, ...changes } });
const remove = (id: string, token = ines) => world.send('DELETE', `/api/templates/${id}`, { token });
const list = async (token = ines) => (await world.send('GET', '/api/templates', { token })).json.templates as any[];
const session = async (templateId: string, token = ines) => (await world.send('POST', '/api/sessions', { token, body: { templateId } })).json.session.id as string;
async function letIn(sessionId: string, kind: 'candidate' | 'observer', token?: string): Promise<string> {
  const { secret } = (await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token: ines, body: { kind } })).json;
  const accepted = await world.send('POST', '/api/invitations/accept', { ...(token ? { token } : {}), body: { secret, name: 'Cleo' } });
  return accepted.json.token ?? token;
}

describe('a problem of one’s own', () => {
  test('is kept as it was written, and listed among the others for its author alone', async () => {
    const added = await add();
    expect(added.status).toBe(201);
    const { id } = added.json;
    expect(id).toMatch(/^own-[0-9a-f-]{36}$/);
    expect(added.headers.get('location')).toBe(`/api/templates/${id}`);
    expect(added.json).toEqual({ ...draft, id });
    const whole = await get(id, ines, '?whole=true');
    expect(whole.json).toEqual(added.json);
    expect(Object.keys(whole.json)).toEqual(Object.keys(await builtInProblem('two-sum')));
    expect((await list()).find((one) => one.id === id)).toEqual({ id, title: 'Two tickets', difficulty: draft.difficulty, areas: draft.areas, minutes: draft.minutes, own: true });
    expect((await list()).find((one) => one.id === 'two-sum').own).toBe(false);
    for (const token of [omar, bob]) expect((await list(token)).some((one) => one.own)).toBe(false);
  });

  test('is told everything that is wrong with it at once, by path', async () => {
    const shape = await add({ id: 'mine', minutes: 1, hints: ['a', 'b'], signature: { ...draft.signature, returns: 'number' } });
    expect(shape.status).toBe(400);
    expect(shape.json.errors.map(({ path }: any) => path).toSorted()).toEqual(['$.hints', '$.id', '$.minutes', '$.signature.returns']);
    const [first] = draft.visibleTests;
    const values = await add({ visibleTests: [{ ...first, expected: 'two' }], hiddenTests: [{ ...first, input: [1] }] });
    expect(values.status).toBe(400);
    expect(values.json.errors.map(({ path }: any) => path)).toEqual(expect.arrayContaining(['$.visibleTests[0]', '$.hiddenTests[0]']));
    expect(JSON.stringify(values.json.errors)).toMatch(/expected is not an array.*another test has this name.*1 inputs for 2 parameters/);
    const unkept = await add({ statement: 'nul \0 here', followUps: ['half \uD83D', 'fine'] });
    expect(unkept.json.errors.map(({ path }: any) => path)).toEqual(['$.statement', '$.followUps[0]']);
    expect((await put('own-00000000-0000-4000-8000-000000000000', { minutes: 1 })).status).toBe(400);
  });

  test('is changed and deleted, but not while a session works with it', async () => {
    const { id } = (await add()).json;
    expect((await put(id, { title: 'Three tickets' })).json).toMatchObject({ id, title: 'Three tickets' });
    const sessionId = await session(id);
    expect((await get(id)).json.title).toBe('Three tickets');
    const refused = await remove(id);
    expect([refused.status, refused.json.code]).toEqual([409, 'template.in_use']);
    await world.send('DELETE', `/api/sessions/${sessionId}`, { token: ines });
    await world.live(sessionId, { ended: { reason: 'ended_by_person', durationMs: 1 } });
    expect((await remove(id)).status).toBe(204);
    for (const answer of [await get(id), await get(id, ines, '?whole=true'), await put(id, {}), await remove(id)]) expect([answer.status, answer.json.code]).toEqual([404, 'template.not_found']);
  });

  test('is for interviewers; somebody else’s does not exist, and no built-in one can be read whole or changed', async () => {
    const { id } = (await add()).json;
    const cleo = await letIn(await session('two-sum'), 'candidate');
    for (const token of [bob, cleo]) {
      for (const answer of [await add({}, token), await put(id, {}, token), await remove(id, token), await get(id, token, '?whole=true')]) expect(answer.status).toBe(403);
      expect((await get(id, token)).status).toBe(404);
    }
    for (const answer of [await get(id, omar), await get(id, omar, '?whole=true'), await put(id, {}, omar), await remove(id, omar)]) expect(answer.status).toBe(404);
    for (const answer of [await get('two-sum', ines, '?whole=true'), await put('two-sum', {}), await remove('two-sum')]) expect(answer.status).toBe(404);
    // An id that somebody saw somewhere opens nothing, also not on a session of their own.
    for (const token of [bob, omar]) {
      await session(id, token);
      expect((await get(id, token)).status).toBe(404);
    }
    expect((await world.send('GET', `/api/templates/${id}`)).status).toBe(401);
  });

  test('shows who was let into a session with it the public part and never the rest', async () => {
    const { id } = (await add({ hiddenTests: [{ ...draft.hiddenTests[0], name: 'a secret case' }], solutions: { ...draft.solutions, python: '# the secret way' } })).json;
    const sessionId = await session(id);
    const { secret } = (await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token: ines, body: { kind: 'candidate' } })).json;
    expect((await world.send('POST', '/api/invitations/look', { body: { secret } })).json.minutes).toBe(draft.minutes);
    const cleo = (await world.send('POST', '/api/invitations/accept', { body: { secret, name: 'Cleo' } })).json.token;
    await letIn(sessionId, 'observer', omar);
    for (const token of [cleo, omar, ines]) {
      const seen = await get(id, token);
      expect(seen.json).toMatchObject({ id, title: 'Two tickets', starters: draft.starters, visibleTests: draft.visibleTests });
      expect(seen.text).not.toMatch(/secret|hiddenTests|solutions|hints|rubric/);
    }
    expect((await get(id, cleo, '?whole=true')).status).toBe(403);
    expect((await get(id, omar, '?whole=true')).status).toBe(404);
  });

  test('tests the candidate’s code with its hidden tests, of which they hear how they went', async () => {
    const asked: RunRequest[] = [];
    const run = async (request: RunRequest) => (asked.push(request), testRun(await builtInProblem('two-sum'), { hidden: { total: 1, failing: 1 } }));
    const runner = world.composition.code.runner;
    world.composition.code.runner = { name: 'scripted', describe: () => runner.describe(), run };
    try {
      const [hidden] = draft.hiddenTests;
      const { id } = (await add({ hiddenTests: [hidden] })).json;
      const sessionId = await session(id);
      const cleo = await letIn(sessionId, 'candidate');
      await world.send('POST', '/api/files', { token: cleo, body: { sessionId, filePath: 'solution.py', content: 'def two_sum(numbers, target):\n    return []\n' } });
      const answer = await world.send('POST', '/api/execute', { token: cleo, body: { sessionId, fileName: 'solution.py', tests: 'all' } });
      expect(answer.status).toBe(200);
      expect(asked[0]!.tests).toMatchObject({ signature: draft.signature });
      expect(asked[0]!.tests!.cases.map(({ name, hidden: kept }) => [name, kept])).toEqual([...draft.visibleTests.map(({ name }: any) => [name, false]), [hidden.name, true]]);
      expect(Object.keys(answer.json.results.at(-1)).toSorted()).toEqual(['hidden', 'name', 'passed', 'timeMs']);
    } finally {
      world.composition.code.runner = runner;
    }
  });

  test('has room beside a hundred others and no more', async () => {
    const nora = await world.signIn('Nora', 'interviewer');
    const { id } = (await world.send('GET', '/api/auth/me', { token: nora })).json.user;
    const problem = await builtInProblem('two-sum');
    for (let count = 1; count < MAX_OWN_PROBLEMS; count++) {
      await world.composition.code.ownProblems.create({ kind: 'person', id, name: 'Nora', role: 'interviewer' }, { ...problem, id: `own-${crypto.randomUUID()}` }, MAX_OWN_PROBLEMS);
    }
    const both = await Promise.all([add({}, nora), add({}, nora)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)!.json.code).toBe('template.too_many');
  }, 240_000);
});
