/** A code interview in a live session: the problem, the code and the runs reach the interviewer, and the runs reach the people. */
import { describe, expect, test } from 'vitest';
import { createGuidedInterviewer } from '#domain/interview/guided-interviewer.ts';
import type { ScriptedReply } from '#adapters/interviewer-contract/scripted-interviewer.ts';
import { ScriptedWorkspace, builtInProblem, plainRun, runEvents, testRun } from '#tests/support/code-room.ts';
import { openRoom, turnOfTheLoop } from '#tests/support/session-room.ts';
import { shortResult } from './code-companion.ts';
import { RUN_POLL_MS } from './session-registry.ts';

const problem = await builtInProblem('two-sum');
const EVERY_PAIR = 'def two_sum(numbers, target):\n    for i in range(len(numbers)):\n        for j in range(i + 1, len(numbers)):\n            if numbers[i] + numbers[j] == target:\n                return [i, j]\n    return []\n';

async function interview(options: { replies?: ScriptedReply[]; guided?: boolean } = {}) {
  const workspace = new ScriptedWorkspace(problem);
  const room = openRoom({ code: workspace.interview, replies: options.replies, ...(options.guided ? { engines: { interviewer: createGuidedInterviewer() } } : {}) });
  await room.registry.start();
  const sessionId = room.createSession('code');
  const { peer, session } = await room.join(sessionId);
  await room.passes(60_000);
  const said = () => peer.of('transcript.final').filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);
  const types = async (text: string) => {
    session.receive({ type: 'text', text });
    await room.passes(30_000);
  };
  return { workspace, room, sessionId, peer, session, said, types, asked: room.interviewer.asked };
}

describe('the interviewer of a live code session', () => {
  test('opens with the problem, told for the ear', async () => {
    const { said, room } = await interview({ guided: true });
    expect(said()[0]).toContain(problem.spoken);
    expect(said()[0]).toMatch(/Ada.*20 minutes.*own words\?|Ada.*20 minutes.*understand it\?/s);
    await room.registry.stop();
  });

  test('sees the code with what changed since it last looked, and what it measures', async () => {
    const { asked, workspace, types, room } = await interview();
    expect(asked[0]!.code).toMatchObject({ problem: { id: 'two-sum' }, file: null, untouched: true });
    expect(JSON.stringify(asked[0]!.code)).not.toContain(problem.hiddenTests[0]!.name);
    expect(asked[0]!.code!.problem).not.toHaveProperty('solutions');
    workspace.save(EVERY_PAIR);
    await types('I compare all pairs.');
    expect(asked[1]!.code).toMatchObject({ file: { path: 'solution.py', version: 1, language: 'python' }, untouched: false, measures: { loopDepth: 2, recursion: false } });
    workspace.save(EVERY_PAIR.replace('return []', 'return None'));
    await types('I changed the end.');
    expect(asked[2]!.code!.diff).toBe("                 return [i, j]\n-    return []\n+    return None");
    await room.registry.stop();
  });

  test('answers without a fresh look when the workspace cannot be read in time', async () => {
    const { asked, workspace, types, said, room } = await interview();
    workspace.failure = 'hangs';
    await types('Hello?');
    workspace.failure = new Error('away');
    await types('Hello?');
    expect(asked).toHaveLength(3);
    expect(asked[2]!.code).toMatchObject({ problem: { id: 'two-sum' } });
    expect(said()).toHaveLength(3);
    await room.registry.stop();
  });

  test('[RUN-1] hears of a run that another process wrote down, and the people do within a moment', async () => {
    const { room, sessionId, peer, said, asked, workspace } = await interview({ guided: true });
    workspace.save(EVERY_PAIR);
    const result = testRun(problem, { failing: { 'no two fit': [0, 1] } });
    room.store.append(sessionId, ...runEvents('r1', result));
    await room.passes(RUN_POLL_MS + 50);
    expect(peer.of('run.result')).toMatchObject([{ runId: 'r1', status: 'failed', success: false }]);
    await room.passes(30_000);
    expect(said().at(-1)).toContain('With numbers 10, 20 and 35 and target 40, it should give an empty list, but it gives 0 and 1');
    expect(asked).toEqual([]);
    expect(room.store.eventTypes(sessionId).filter((type) => type === 'run.result')).toHaveLength(1);
    await room.registry.stop();
  });

  test('[RUN-2] says nothing about a run that fails as before, and something when it changes', async () => {
    const { room, sessionId, said } = await interview({ guided: true });
    const run = async (id: string, result = testRun(problem, { failing: { 'no two fit': [0, 1] } })) => {
      const before = said().length;
      room.store.append(sessionId, ...runEvents(id, result));
      await room.passes(20_000);
      return said().length - before;
    };
    expect([await run('r1'), await run('r2'), await run('r3'), await run('r4'), await run('r5', testRun(problem))]).toEqual([1, 0, 1, 0, 1]);
    expect(said().at(-1)).toMatch(/^All 4 tests pass\./);
    await room.registry.stop();
  });

  test('[TYPE-5] knows a moved cursor from typing', async () => {
    const { room, session, said } = await interview({ guided: true });
    const before = said().length;
    session.receive({ type: 'text', text: 'Is the list sorted?' });
    session.receive({ type: 'editor', path: 'solution.py', version: 1, changes: [{ agoMs: 0, anchor: 3, head: 3 }, { agoMs: 0, text: 'saved elsewhere' }] });
    await room.passes(1_000);
    expect(room.store.eventTypes(session.sessionId)).toContain('agent.said');
    await room.passes(20_000);
    session.receive({ type: 'text', text: 'And may it be empty?' });
    for (let key = 0; key < 10; key += 1) {
      session.receive({ type: 'editor', path: 'solution.py', version: 1, changes: [{ agoMs: 0, from: key, to: key, insert: 'x', length: key, event: 'type' }] });
      await room.passes(500);
    }
    expect(said()).toHaveLength(before + 1);
    await room.passes(20_000);
    expect(said()).toHaveLength(before + 2);
    await room.registry.stop();
  });

  test('a hint that was heard is written down with its step, and the next request gets the next one', async () => {
    const { room, sessionId, types, said, workspace } = await interview({ guided: true });
    await types('Give me a hint.');
    workspace.save('def two_sum(numbers, target):\n    partner = target - numbers[0]\n    return []\n');
    await types('I see, the partner. Another hint, please.');
    const given = room.store.row(sessionId).stored.events.filter(({ type }) => type === 'hint.given').map(({ data }) => (data as { step: number }).step);
    expect(given).toEqual([1, 2]);
    expect(said().join(' ')).toContain(problem.hints[1]);
    expect(said().join(' ')).not.toContain(problem.hints[2]);
    await room.registry.stop();
  });

  test('what a process knew of runs and hints, the next one knows', async () => {
    const { room, sessionId, types, session, asked } = await interview({ replies: [{ steps: ['Hello. '] }, { steps: [problem.hints[0]] }, { steps: ['I see. '] }] });
    room.store.append(sessionId, ...runEvents('r1', testRun(problem)));
    await types('A hint, please.');
    session.lose();
    await room.store.releaseLeasesOf('host:1/');
    const next = room.newRegistry();
    const { session: other } = await room.join(sessionId, next);
    other.receive({ type: 'text', text: 'I am back.' });
    await room.passes(10_000);
    expect(asked.at(-1)!.code).toMatchObject({ hintsGiven: 1, runs: [{ runId: 'r1', status: 'passed' }] });
    await next.stop();
    await room.registry.stop();
  });

  test('nobody polls for sessions without code, and for none once it is over', async () => {
    const { room, session } = await interview();
    let polls = 0;
    room.store.before = async (method) => void (polls += method === 'runEvents' ? 1 : 0);
    await room.passes(1_000);
    expect(polls).toBeGreaterThan(4);
    session.receive({ type: 'control', action: 'end' });
    await room.passes(3_000);
    await turnOfTheLoop();
    polls = 0;
    await room.passes(1_000);
    expect(polls).toBe(0);
    await room.registry.stop();
  });
});

test('a result on the stream is bounded, whatever a program printed', () => {
  const result = { ...plainRun('python'), stdout: 'x'.repeat(1_000_000), results: [{ name: 'a', passed: false, actual: 'y'.repeat(500_000), expected: 1, stdout: '', error: null, timeMs: 1 }] };
  expect(JSON.stringify(shortResult(result)).length).toBeLessThan(40_000);
  expect(shortResult(result)).toMatchObject({ truncated: true, results: [{ name: 'a', passed: false }] });
});
