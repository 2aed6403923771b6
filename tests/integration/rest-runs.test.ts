/** What was run in a session, over REST: the list, and answers that come before the run is over. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '#adapters/postgres/database.ts';
import type { CodeRunner } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

const RESULT: RunResult = {
  status: 'failed', success: false, language: 'python', stdout: '', stderr: '', truncated: false, exitCode: 0, signal: null, timeMs: 12, cpuMs: 10, memoryKb: 6_000, enforcement: 'cgroup-v2',
  results: [
    { name: 'first', passed: true, actual: 1, expected: 1, stdout: '', error: null, timeMs: 1 },
    { name: 'second', passed: false, actual: 2, expected: 1, stdout: '', error: null, timeMs: 1 },
    { name: 'third', hidden: true, passed: true, timeMs: 1 },
  ],
};
let world: RestWorld;
let ada: string;
const waiting: (() => void)[] = [];
const finish = () => waiting.splice(0).forEach((end) => end());
beforeAll(async () => {
  // Code runs in a function there, which has no queue.
  world = await openRestWorld({ SPOOL_CODE_FUNCTION: 'spool-code' });
  ada = await world.signIn('Ada');
  const slow: CodeRunner = {
    name: 'slow',
    describe: () => Promise.resolve({ languages: [], enforcement: null, unavailable: null }),
    run: (_request, onProgress) =>
      new Promise((resolve) => {
        onProgress({ type: 'queued', position: 2 });
        waiting.push(() => resolve(RESULT));
      }),
  };
  Object.assign(world.composition.code, { runner: slow });
});
afterAll(() => world?.close());

test('whoever prefers not to wait is told the place in the queue, and finds the run in the list', async () => {
  const { json: created } = await world.send('POST', '/api/sessions', { token: ada, body: { templateId: 'two-sum' } });
  const sessionId = created.session.id as string;
  await world.send('POST', '/api/files', { token: ada, body: { sessionId, filePath: 'main.py', content: 'x' } });
  const answer = await world.send('POST', '/api/execute', { token: ada, headers: { prefer: 'wait=1' }, body: { sessionId, fileName: 'main.py', tests: 'all' } });
  expect(answer.status).toBe(202);
  expect(answer.json).toMatchObject({ status: 'queued', position: 2 });
  const runs = async (token = ada) => (await world.send('GET', `/api/sessions/${sessionId}/runs`, { token })).json;
  expect((await runs()).runs).toMatchObject([{ runId: answer.json.runId, fileName: 'main.py', language: 'python', tests: 'all', versions: { 'main.py': 1 }, status: 'running', timeMs: null }]);
  finish();
  await expect.poll(async () => (await runs()).runs[0].status).toBe('failed');
  expect((await runs()).runs[0]).toMatchObject({ visible: { passed: 1, all: 2 }, hidden: { passed: 1, all: 1 }, timeMs: 12 });
  expect((await world.send('GET', `/api/runs/${answer.json.runId}`, { token: ada })).json.status).toBe('failed');
  expect((await runs(await world.signIn('Bob'))).code).toBe('session.not_found');
});

test('where no queue takes turns one person has three runs at a time, in all their sessions', async () => {
  const [cleo, bob] = [await world.signIn('Cleo'), await world.signIn('Bob')];
  const workspace = async (token: string): Promise<string> => {
    const { json } = await world.send('POST', '/api/sessions', { token, body: { templateId: 'two-sum' } });
    await world.send('POST', '/api/files', { token, body: { sessionId: json.session.id, filePath: 'main.py', content: 'x' } });
    return json.session.id;
  };
  const [one, other, bobs] = [await workspace(cleo), await workspace(cleo), await workspace(bob)];
  const run = (sessionId: string, token = cleo) => world.send('POST', '/api/execute', { token, body: { sessionId, fileName: 'main.py' } });
  const answers = [one, one, other, other, one].map((sessionId) => run(sessionId));
  const refused = await Promise.any(answers.map(async (answer) => ((await answer).status === 503 ? answer : Promise.reject(new Error('It ran.')))));
  expect([refused.json.code, refused.headers.get('retry-after')]).toEqual(['runner.busy', '2']);
  answers.push(run(bobs, bob));
  await expect.poll(() => waiting.length).toBe(4);
  finish();
  expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 503, 503]);
  const next = run(other);
  await expect.poll(() => waiting.length).toBe(1);
  finish();
  expect((await next).status).toBe(200);
});

test('nor does one person take all machines there are, one session after the other', async () => {
  const dan = await world.signIn('Dan');
  const { json } = await world.send('POST', '/api/sessions', { token: dan, body: { templateId: 'two-sum' } });
  const sessionId: string = json.session.id;
  await world.send('POST', '/api/files', { token: dan, body: { sessionId, filePath: 'main.py', content: 'x' } });
  const database = new Database({ url: world.composition.environment.DATABASE_URL!, maxConnections: 1 });
  const run = () => world.send('POST', '/api/execute', { token: dan, body: { sessionId, fileName: 'main.py' } });
  try {
    await database.asOwner(
      `with made as (insert into sessions (id, owner_id, kind, title) select gen_random_uuid(), owner_id, 'code', 'x' from sessions, generate_series(1, 10) where id = $1 returning id)
       insert into code_runs (id, session_id, request, status, finished_at) select gen_random_uuid(), id, '{}', 'finished', now() from made`,
      [sessionId],
    );
    expect([(await run()).json.code, waiting.length]).toEqual(['runner.busy', 0]);
    await database.asOwner("update code_runs set created_at = now() - interval '11 minutes' where session_id in (select id from sessions where title = 'x' limit 1)");
    const answer = run();
    await expect.poll(() => waiting.length).toBe(1);
    finish();
    expect((await answer).status).toBe(200);
  } finally {
    await database.close();
  }
});
