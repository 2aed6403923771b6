import { describe, expect, test } from 'vitest';
import { SessionScript } from '#tests/support/session-script.ts';
import { NORMAL_PACE, slower } from '../speech/pace.ts';
import { restoreState } from './restore-state.ts';
import type { EventRecord, StoredSession } from './ports.ts';

const QUESTION = 'Hello Ada. What do you like?';
/** The interviewer has asked its first question and was heard. */
function asked(): SessionScript {
  const script = new SessionScript().joins();
  script.answers(QUESTION, 2_000);
  script.listens(2_500);
  script.effects = [];
  return script;
}
const paces = (script: SessionScript) => script.recorded().events.filter(({ type }) => type === 'agent.pace').map(({ data }) => (data as { pace: number }).pace);
const undo = (script: SessionScript) => script.happens({ type: 'control', action: 'undo', throughSample: script.sample });

test('paces go down in steps to one at which words still hold together', () => {
  const steps = [NORMAL_PACE];
  while (slower(steps.at(-1)!) !== steps.at(-1)) steps.push(slower(steps.at(-1)!));
  expect(steps).toEqual([1, 0.85, 0.72, 0.6]);
});

describe('a person who cannot follow', () => {
  test('[CTRL-6] Asked to speak more slowly, it does, says so, and the page is told', () => {
    const script = asked();
    script.says('Could you speak slower?');
    expect(script.sent('command.recognized')).toEqual([{ type: 'command.recognized', command: 'slower', text: 'Could you speak slower?' }]);
    expect(script.state.pace).toBe(0.85);
    // The interviewer answers in its own words.
    expect(script.did('reply')).toMatchObject([{ text: null, request: null }]);
    expect(script.sent('agent.state').at(-1)).toMatchObject({ pace: 0.85 });
  });

  test('[CTRL-6] Each time a step, down to the slowest', () => {
    const script = asked();
    for (let time = 0; time < 5; time += 1) script.happens({ type: 'typed', text: 'slower please', uplinkSample: script.sample });
    expect(paces(script)).toEqual([0.85, 0.72, 0.6]);
  });

  test('[CTRL-6] Undo takes the last step back, once, and says the last words again', () => {
    const script = asked();
    for (let time = 0; time < 2; time += 1) {
      script.says('Please speak more slowly.');
      script.answers('Of course. What do you like?', 2_000);
      script.listens(2_500);
    }
    undo(script);
    expect(script.state.pace).toBe(0.85);
    expect(script.did('reply').at(-1)).toMatchObject({ text: 'Of course. What do you like?' });
    undo(script);
    expect(script.state.pace).toBe(0.85);
  });

  test('[CTRL-6] Undo while it speaks lets it speak on', () => {
    const script = asked();
    script.says('Please speak more slowly.');
    script.answers('Of course. What do you like?', 4_000);
    undo(script);
    expect(script.state.pace).toBe(NORMAL_PACE);
    expect(script.sent('agent.interrupted')).toEqual([]);
    expect(script.sent('agent.state').at(-1)).toEqual({ type: 'agent.state', state: 'speaking' });
  });

  test('[CTRL-6] After a later skip, undo brings the question back and leaves the pace', () => {
    const script = asked();
    script.says('Please speak more slowly.');
    script.answers('Of course. What do you like?', 2_000);
    script.listens(2_500);
    script.says('Skip this question please.');
    undo(script);
    expect(script.state.pace).toBe(0.85);
    expect(script.did('reply').at(-1)).toMatchObject({ text: 'Of course. What do you like?' });
  });

  test('[CTRL-6] A restart keeps the pace', () => {
    const script = asked();
    script.says('Please speak more slowly.');
    const events = script.recorded().events;
    const { state } = restoreState(stored(events), 0);
    expect(state.pace).toBe(0.85);
    expect(restoreState(stored([]), 0).state.pace).toBe(NORMAL_PACE);
  });

  test('[CTRL-7] An undo with nothing to take back is answered', () => {
    const script = asked();
    script.says('Forget what I said about the horses.');
    expect(script.sent('command.recognized')).toEqual([]);
    expect(script.did('reply')).toMatchObject([{ text: null, request: null }]);
  });
});

function stored(events: EventRecord[]): StoredSession {
  const session = { id: '00000000-0000-4000-8000-000000000000', kind: 'onboarding', status: 'live' } as StoredSession['session'];
  return { session, ownerId: 'a', ownerName: 'Ada', items: [], events: events.map((event, index) => ({ seq: index + 1, atMs: index, ...event })), interests: [], decisions: [], endRequested: false };
}
