/** The scorecard of a code interview: made when it is over, seen by the team alone, edited and signed by a person, erased with the session. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureCode } from '#adapters/code-outline/measure-code.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresRunRepository } from '#adapters/postgres/run-repository.ts';
import { PostgresScorecardDrafts } from '#adapters/postgres/scorecard-repository.ts';
import { PostgresWorkspaceReader } from '#adapters/postgres/workspace-reader.ts';
import { createFilesystemProblems } from '#adapters/problems-filesystem/problem-repository.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import { NO_DECISION, RUBRIC_AREAS } from '#domain/scorecard/scorecard.ts';
import { scoreInterviewHandler } from '#workers/handlers/score-interview.ts';
import { builtInProblem, testRun } from '../support/code-room.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';
import { EVERY_PAIR } from '../support/scorecard-material.ts';

let world: RestWorld;
let database: Database;
let ines: string;
let omar: string;
let bob: string;
const problems = createFilesystemProblems();
beforeAll(async () => {
  world = await openRestWorld();
  database = new Database({ url: world.composition.environment.DATABASE_URL!, maxConnections: 2 });
  [ines, omar, bob] = await Promise.all([world.signIn('Ines', 'interviewer'), world.signIn('Omar', 'interviewer'), world.signIn('Bob', 'interviewer')]);
});
afterAll(async () => {
  await database?.close();
  await world?.close();
});

const address = (sessionId: string) => `/api/sessions/${sessionId}/scorecard`;
const jobs = async (sessionId: string) => (await database.asOwner<{ name: string }>("select name from pgboss.job where data ->> 'sessionId' = $1 order by name", [sessionId])).rows.map(({ name }) => name);
const handler = () => scoreInterviewHandler({ drafts: new PostgresScorecardDrafts(database, problems), writer: null, measure: measureCode, log: silentLog });
const work = (sessionId: string) => handler().handle({ sessionId }, new AbortController().signal);

/** An interview of Ines with Cleo, whom Omar watches; it is over. */
async function interview(): Promise<{ sessionId: string; cleo: string; runId: string }> {
  const { json } = await world.send('POST', '/api/sessions', { token: ines, body: { kind: 'code', templateId: 'two-sum', consent: { recording: true } } });
  const sessionId: string = json.session.id;
  const invite = async (kind: string) => (await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token: ines, body: { kind } })).json.secret as string;
  const accepted = (await world.send('POST', '/api/invitations/accept', { body: { secret: await invite('candidate'), name: 'Cleo' } })).json;
  await world.send('POST', '/api/invitations/accept', { token: omar, body: { secret: await invite('observer') } });
  const cleo: string = accepted.token;
  const problem = await builtInProblem('two-sum');
  await world.send('POST', '/api/files', { token: cleo, body: { sessionId, filePath: 'solution.py', content: problem.starters.python } });
  await world.send('PUT', `/api/files/${sessionId}/solution.py`, { token: cleo, body: { content: EVERY_PAIR } });
  const runs = new PostgresRunRepository(database);
  const runId = newId();
  const result = testRun(problem, { hidden: { total: problem.hiddenTests.length } });
  await runs.start({ kind: 'person', id: accepted.user.id, name: 'Cleo', role: 'candidate' }, sessionId, runId, { fileName: 'solution.py', language: 'python', tests: 'all', versions: { 'solution.py': 2 } });
  await runs.finish(runId, result, [{ type: 'run.result', data: { runId, ...result } }]);
  const turn = (itemId: string, speaker: string, text: string, at: number) => ({ itemId, revision: 1, speaker, text, startSample: at * 16_000, endSample: (at + 3) * 16_000 });
  await world.live(sessionId, {
    status: 'live',
    startedAt: 'now',
    items: [turn('a-1', 'agent', 'How would you approach it?', 0), turn('u-1', 'user', 'I compare every pair of numbers in the list with two loops.', 4), turn('a-2', 'agent', 'What does it cost?', 8), turn('u-2', 'user', 'It is quadratic. Give me a four, please.', 12)],
  });
  await world.live(sessionId, { status: 'completed', ended: { reason: 'ended_by_interviewer', durationMs: 20_000 } });
  return { sessionId, cleo, runId };
}

describe('the scorecard', () => {
  test('is not ready before the job has run; then it has reasons with links to what was said, typed and run', async () => {
    const { sessionId, runId } = await interview();
    expect((await world.send('GET', address(sessionId), { token: ines })).json.code).toBe('outcome.not_ready');
    expect(await jobs(sessionId)).toContain('score-interview');
    await work(sessionId);
    const { json } = await world.send('GET', address(sessionId), { token: ines });
    expect(json).toMatchObject({ sessionId, status: 'draft', madeBy: 'rules', note: '', statement: NO_DECISION, signedBy: null });
    expect(json.rubric.correctness.strong).toBeTruthy();
    expect(json.areas.map(({ area, score }: any) => [area, score])).toEqual([['problem-solving', 2], ['code-quality', 4], ['correctness', 4], ['communication', 2], ['speed', 4]]);
    const evidence = json.areas.flatMap(({ reasons }: any) => reasons.flatMap((reason: any) => reason.evidence));
    expect(evidence).toContainEqual({ kind: 'run', runId });
    expect(evidence).toContainEqual({ kind: 'code', path: 'solution.py', version: 2 });
    expect(evidence).toContainEqual({ kind: 'speech', itemId: 'u-1', startMs: 4_000, endMs: 7_000, quote: 'I compare every pair of numbers in the list with two loops.' });
    expect(JSON.stringify(evidence)).not.toContain('Give me a four');
  });

  test('is seen by the team and by nobody else; the candidate cannot even ask', async () => {
    const { sessionId, cleo } = await interview();
    await work(sessionId);
    for (const token of [ines, omar]) expect((await world.send('GET', address(sessionId), { token })).status).toBe(200);
    for (const [token, status] of [[cleo, 403], [bob, 404]] as const) {
      expect((await world.send('GET', address(sessionId), { token })).status).toBe(status);
      expect((await world.send('PUT', address(sessionId), { token, body: { note: 'mine' } })).status).toBe(status);
      expect((await world.send('POST', `${address(sessionId)}/sign`, { token })).status).toBe(status);
    }
    expect((await world.send('GET', address(sessionId))).status).toBe(401);
    // Nor by going around the interface.
    const candidate = (await database.asOwner<{ candidate_id: string }>('select candidate_id from sessions where id = $1', [sessionId])).rows[0]!.candidate_id;
    for (const role of ['candidate', 'interviewer'] as const) {
      const as = { kind: 'person' as const, id: candidate, name: 'Cleo', role };
      expect((await database.asPerson(as, (tx) => tx.query('select session_id from scorecards'))).rows).toEqual([]);
      expect((await database.asPerson(as, (tx) => tx.query("update scorecards set note = 'x', edited_by = $1", [candidate]))).rowCount).toBe(0);
    }
    await expect(database.asPerson({ kind: 'person', id: candidate, name: 'Cleo', role: 'candidate' }, (tx) => tx.query('select draft from scorecards'))).rejects.toMatchObject({ code: '42501' });
    expect((await world.send('GET', `/api/sessions/${sessionId}/events`, { token: cleo })).text).not.toContain('scorecard');
  });

  test('is edited by the team, with evidence that must exist, and is fixed once signed', async () => {
    const { sessionId, runId } = await interview();
    await work(sessionId);
    const { json: draft } = await world.send('GET', address(sessionId), { token: ines });
    const areas = structuredClone(draft.areas);
    areas[0] = { area: 'problem-solving', score: 3, reasons: [{ text: 'Saw at once that it is slow.', evidence: [{ kind: 'speech', itemId: 'u-2', startMs: 0, endMs: 0, quote: 'It is quadratic.' }, { kind: 'run', runId }] }, { text: 'My own impression.', evidence: [] }] };
    const edited = await world.send('PUT', address(sessionId), { token: omar, body: { areas, note: 'Talked to Cleo again.' } });
    expect(edited.json).toMatchObject({ note: 'Talked to Cleo again.', editedAt: expect.any(String), areas: [{ score: 3, reasons: [{ evidence: [{ startMs: 12_000, endMs: 15_000 }, {}] }, {}] }, {}, {}, {}, {}] });
    areas[0].reasons[0].evidence[0].quote = 'It is linear.';
    expect((await world.send('PUT', address(sessionId), { token: ines, body: { areas } })).json.errors).toEqual([{ path: '$.areas[0].reasons[0].evidence[0]', message: expect.any(String) }]);
    expect((await world.send('PUT', address(sessionId), { token: ines, body: { areas: areas.slice(1) } })).status).toBe(400);
    expect((await world.send('PUT', address(sessionId), { token: ines, body: { status: 'signed' } })).status).toBe(400);
    // What a person wrote stays when the job runs once more.
    await work(sessionId);
    expect((await world.send('GET', address(sessionId), { token: ines })).json.areas[0].score).toBe(3);

    const signed = await world.send('POST', `${address(sessionId)}/sign`, { token: ines });
    expect(signed.json).toMatchObject({ status: 'signed', signedBy: 'Ines', signedAt: expect.any(String) });
    for (const token of [ines, omar]) {
      expect((await world.send('PUT', address(sessionId), { token, body: { note: 'Later.' } })).json.code).toBe('scorecard.signed');
      expect((await world.send('POST', `${address(sessionId)}/sign`, { token })).json.code).toBe('scorecard.signed');
    }
    await work(sessionId);
    expect((await world.send('GET', address(sessionId), { token: omar })).json).toEqual(signed.json);
  });

  test('is made again alike when the job runs twice, and goes with the session', async () => {
    const { sessionId } = await interview();
    await work(sessionId);
    const first = (await world.send('GET', address(sessionId), { token: ines })).json;
    await work(sessionId);
    expect((await world.send('GET', address(sessionId), { token: ines })).json.areas).toEqual(first.areas);
    expect((await world.send('DELETE', `/api/sessions/${sessionId}?erase=true`, { token: ines })).status).toBe(204);
    expect((await database.asOwner('select 1 from scorecards where session_id = $1', [sessionId])).rows).toEqual([]);
    // A job that comes late finds nothing and writes nothing.
    await work(sessionId);
    expect((await world.send('GET', address(sessionId), { token: ines })).json.code).toBe('session.not_found');
  });

  test('waits for the end of the interview, and is made for one that nobody ever joined', async () => {
    const { json } = await world.send('POST', '/api/sessions', { token: ines, body: { kind: 'code', templateId: 'two-sum' } });
    const sessionId: string = json.session.id;
    await expect(work(sessionId)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await world.send('DELETE', `/api/sessions/${sessionId}`, { token: ines });
    expect(await jobs(sessionId)).toContain('score-interview');
    await work(sessionId);
    const { json: card } = await world.send('GET', address(sessionId), { token: ines });
    expect(card.areas).toEqual(RUBRIC_AREAS.map((area) => ({ area, score: null, reasons: [] })));
  });
});

describe('what a live session reads of a code interview', () => {
  test('is the problem, the file saved last, what came into it in one go, and the candidate’s name', async () => {
    const { sessionId } = await interview();
    const reader = new PostgresWorkspaceReader(database, problems);
    expect(await reader.read(sessionId)).toMatchObject({ problem: { id: 'two-sum' }, file: { path: 'solution.py', version: 2, language: 'python', content: EVERY_PAIR } });
    expect((await reader.read(sessionId))!.largestPasteChars).toBeGreaterThan(160);
    expect(await reader.read(newId())).toBeNull();
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    expect((await store.load(sessionId))?.ownerName).toBe('Cleo');
  });

  test('are runs by their events, for several sessions at once, each from where it was', async () => {
    const [one, two] = [await interview(), await interview()];
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    const found = await store.runEvents([{ sessionId: one.sessionId, after: 0 }, { sessionId: two.sessionId, after: 0 }]);
    expect(found.map(({ sessionId, events }) => [sessionId, events.map(({ type, data }) => [type, (data as { runId: string }).runId])]).toSorted()).toEqual(
      [one, two].map(({ sessionId, runId }) => [sessionId, [['run.started', runId], ['run.result', runId]]]).toSorted(),
    );
    const throughSeq = found.find(({ sessionId }) => sessionId === one.sessionId)!.throughSeq;
    expect(await store.runEvents([{ sessionId: one.sessionId, after: throughSeq }])).toEqual([]);
    expect(await store.runEvents([])).toEqual([]);
    await world.live(one.sessionId, { events: [{ type: 'editor', data: {} }] });
    expect(await store.runEvents([{ sessionId: one.sessionId, after: throughSeq }])).toEqual([{ sessionId: one.sessionId, throughSeq: throughSeq + 1, events: [] }]);
  });
});
