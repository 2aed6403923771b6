import { describe, expect, it } from 'vitest';
import { loadScenarios, play } from '#tests/scenarios/scenario.ts';
import { createGuidedInterviewer } from './guided-interviewer.ts';
import { askablesOf } from './memory.ts';
import { progressOf } from './progress.ts';
import { onboardingBank } from './question-bank/onboarding.ts';
import { EASING_OFF } from './question-bank/reactions.ts';

const SESSIONS = ['session-1', 'session-2', 'session-3'];
const interviewer = createGuidedInterviewer();
const matches = (text: string, pattern: string) => new RegExp(pattern, 'i').test(text);
const { leads } = onboardingBank.sumUp;

describe.each(loadScenarios())('$id: $person', (scenario) => {
  it.each(SESSIONS)('is interviewed as expected (%s)', async (sessionId) => {
    const { agent, answers, minutes, closed, conversation } = await play(scenario, interviewer, sessionId);
    const { areas = [], takenUp = [], easesOff, says = [], neverSays = [], sumUp = {}, closes } = scenario.expect;
    const transcript = conversation.turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
    expect(closed, transcript).toBe(true);
    expect(minutes, transcript).toBeLessThanOrEqual(closes.minutesAtMost);
    expect(minutes, transcript).toBeGreaterThanOrEqual(closes.minutesAtLeast ?? 0);
    expect(answers, transcript).toBeLessThanOrEqual(closes.answersAtMost ?? Infinity);
    const touched = progressOf(conversation).areas.filter((area) => area.touched).map(({ id }) => id);
    for (const area of areas) expect(touched, transcript).toContain(area);
    for (const pattern of takenUp) expect(agent.some((text) => matches(text, pattern)), `${pattern}\n${transcript}`).toBe(true);
    for (const pattern of says) expect(agent.some((text) => matches(text, pattern)), `${pattern}\n${transcript}`).toBe(true);
    for (const pattern of [...neverSays, 'undefined', '\\{\\w+\\}']) expect(agent.filter((text) => matches(text, pattern)), `${pattern}\n${transcript}`).toEqual([]);
    if (easesOff) expect(agent.some((text) => EASING_OFF.some((words) => text.includes(words))), transcript).toBe(true);
    if (sumUp.contains || sumUp.omits) {
      const newest = agent.findLast((text) => leads.some((lead) => text.includes(lead))) ?? '';
      const summary = newest.slice(Math.max(0, ...leads.map((lead) => newest.indexOf(lead))));
      for (const pattern of sumUp.contains ?? []) expect(matches(summary, pattern), `${pattern}\n${transcript}`).toBe(true);
      for (const pattern of sumUp.omits ?? []) expect(matches(summary, pattern), `${pattern}\n${transcript}`).toBe(false);
    }
    expect(agent.slice(1).filter((text) => /\b(?:Hello|Hi) /.test(text)), transcript).toEqual([]);
    const repeated = askablesOf(onboardingBank).filter(({ question }) => agent.filter((text) => text.includes(question.text)).length > 1);
    expect(repeated, transcript).toEqual([]);
    // The same session sounds the same.
    expect((await play(scenario, interviewer, sessionId)).agent).toEqual(agent);
  });
});
