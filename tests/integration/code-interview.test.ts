/** A code interview over the real protocol, server and database: what the interviewer knows, hears of, and does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresFileRepository } from '#adapters/postgres/file-repository.ts';
import { PostgresRunRepository } from '#adapters/postgres/run-repository.ts';
import { Database } from '#adapters/postgres/database.ts';
import { newId } from '#domain/ids.ts';
import { builtInProblem, testRun } from '../support/code-room.ts';
import { openRealtimeWorld } from '../support/realtime.ts';
import type { RealtimeServer, RealtimeWorld } from '../support/realtime.ts';
import { EVERY_PAIR } from '../support/scorecard-material.ts';
import { connectRaw } from '../support/stream-client.ts';

let world: RealtimeWorld;
let server: RealtimeServer;
let database: Database;
beforeAll(async () => {
  world = await openRealtimeWorld();
  server = await world.startServer(undefined, { SPOOL_TTS: 'none' });
  database = new Database({ url: world.databaseUrl, maxConnections: 2 });
}, 180_000);
afterAll(async () => {
  await database?.close();
  await world?.close();
});

test('[RUN-1] the task is told, code and runs written elsewhere are known, commands are carried out, and it all is in the log', { timeout: 240_000 }, async () => {
  const problem = await builtInProblem('two-sum');
  const { person } = world;
  const session = await world.sessions.create(person, { id: newId(), kind: 'code', title: 'Code', templateId: problem.id, recordingConsent: true });
  const { connection } = await connectRaw(server.url, await world.ticket(session.id));
  const saidBy = (speaker: string, part: string) => connection.message('transcript.final', (message) => message.speaker === speaker && message.text.includes(part));
  await saidBy('agent', problem.spoken);

  await new PostgresFileRepository(database).create(person, session.id, 'solution.py', EVERY_PAIR, 10);
  connection.json({ type: 'text', text: 'Give me a hint, please.' });
  await connection.message('command.recognized', (message) => message.command === 'hint');
  await saidBy('agent', problem.hints[0]);

  connection.json({ type: 'text', text: 'Run the tests.' });
  await connection.message('command.recognized', (message) => message.command === 'run-tests');
  // The page runs them over REST, in another process.
  const runs = new PostgresRunRepository(database);
  const runId = newId();
  const result = testRun(problem, { failing: { 'no two fit': [0, 1] } });
  await runs.start(person, session.id, runId, { fileName: 'solution.py', language: 'python', tests: 'visible', versions: { 'solution.py': 1 } });
  await runs.finish(runId, result, [{ type: 'run.result', data: { runId, ...result } }]);
  expect(await connection.message('run.result')).toMatchObject({ runId, status: 'failed', results: expect.any(Array) });
  await saidBy('agent', 'it should give an empty list, but it gives 0 and 1');

  connection.json({ type: 'text', text: "I'd like to stop here." });
  await saidBy('agent', 'oodbye');
  await connection.message('session.ended');
  const log = await world.events(session.id);
  expect(log.filter(({ type }) => type === 'hint.given').map(({ data }) => data)).toMatchObject([{ problemId: 'two-sum', step: 1 }]);
  expect(log.filter(({ type }) => type === 'run.result')).toHaveLength(1);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
});
