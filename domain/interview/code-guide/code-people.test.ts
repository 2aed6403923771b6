import { describe, expect, it } from 'vitest';
import { loadCodePeople, playCode } from '#tests/scenarios/code-person.ts';
import { createGuidedInterviewer } from '../guided-interviewer.ts';
import { codeBank } from '../question-bank/code.ts';
import { normalise } from '../wording.ts';
import { hintHeardIn } from './hints.ts';

const SESSIONS = ['session-1', 'session-2', 'session-3'];
const interviewer = createGuidedInterviewer();
const matches = (text: string, pattern: string) => new RegExp(pattern, 'i').test(text);
/** What a listener can take in; the opening tells the task. */
const MAX_WORDS = 75;

describe.each(loadCodePeople())('$id: $person', (person) => {
  it.each(SESSIONS)('is interviewed as expected (%s)', async (sessionId) => {
    const played = await playCode(person, interviewer, sessionId);
    const { problem, agent, said, replies, asked, hints, minutes, closed, code, turns } = played;
    const { asks = [], neverAsks = [], says = [], neverSays = [], sumUp = {}, minutesAtMost } = person.expect;
    const transcript = turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
    expect(closed, transcript).toBe(true);
    expect(agent[0], transcript).toContain(problem.spoken);
    expect(minutes, transcript).toBeLessThanOrEqual(minutesAtMost ?? 90);
    for (const id of asks) expect(asked, `${id}\n${transcript}`).toContain(id);
    for (const id of neverAsks) expect(asked, `${id}\n${transcript}`).not.toContain(id);
    expect(hints, transcript).toBe(person.expect.hints);
    for (const pattern of says) expect(agent.some((text) => matches(text, pattern)), `${pattern}\n${transcript}`).toBe(true);
    for (const pattern of [...neverSays, 'undefined', '\\{\\w+\\}', 'NaN', '\\[object']) expect(agent.filter((text) => matches(text, pattern)), `${pattern}\n${transcript}`).toEqual([]);
    for (const [index, pattern] of Object.entries(person.expect.replies ?? {})) expect(replies[Number(index)], `${index}: ${pattern}\n${transcript}`).toMatch(new RegExp(pattern, 'i'));
    for (const pattern of sumUp.contains ?? []) expect(agent.at(-1), `${pattern}\n${transcript}`).toMatch(new RegExp(pattern, 'i'));
    for (const pattern of sumUp.omits ?? []) expect(agent.at(-1), `${pattern}\n${transcript}`).not.toMatch(new RegExp(pattern, 'i'));

    // Of every interview, whoever is interviewed.
    expect(agent.slice(1).filter((text) => /\b(?:Hello|Hi) /.test(text)), transcript).toEqual([]);
    expect(agent.at(-1), transcript).toMatch(/\bgoodbye\b/i);
    for (const text of said.slice(1)) expect(text.split(' ').length, `${text}\n${transcript}`).toBeLessThanOrEqual(MAX_WORDS);
    for (const text of said) expect(text.match(/\?/g)?.length ?? 0, `${text}\n${transcript}`).toBeLessThanOrEqual(3);
    for (const question of Object.values(codeBank.questions).flatMap(({ texts }) => texts)) {
      if (!question.includes('{')) expect(agent.filter((text) => text.includes(question)).length, `${question}\n${transcript}`).toBeLessThanOrEqual(2);
    }
    expect(problem.hints.slice(hints).filter((hint) => agent.some((text) => hintHeardIn(text, hint))), transcript).toEqual([]);
    const spoken = normalise(agent.join(' '));
    const lines = Object.values(problem.solutions).flatMap((source) => source.split('\n')).map((line) => line.trim()).filter((line) => line.length > 15 && !code.includes(line) && normalise(line).split(' ').length > 2);
    expect(lines.filter((line) => spoken.includes(normalise(line))), transcript).toEqual([]);
    expect(problem.hiddenTests.filter(({ name }) => name.split(' ').length > 2 && agent.some((text) => text.includes(name))), transcript).toEqual([]);
    // The same session sounds the same.
    expect((await playCode(person, interviewer, sessionId)).agent).toEqual(agent);
  });
});

it('does not sound the same in two sessions', async () => {
  const [strong] = loadCodePeople();
  const openings = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(async (sessionId) => (await playCode(strong!, interviewer, sessionId)).agent[0]));
  expect(new Set(openings).size).toBeGreaterThan(2);
});
