/** Turn-taking in a code interview: fingers count as well as the voice. */
import { describe, expect, test } from 'vitest';
import { SessionScript } from '#tests/support/session-script.ts';
import type { EventRecord, StoredSession } from './ports.ts';
import { restoreState } from './restore-state.ts';
import { TURN_POLICIES } from './turn-taking.ts';

const policy = TURN_POLICIES.code;
const pauseMs = policy.typingPauseMs!;
const helpAfterMs = policy.helpAfterMs!;

function afterOpening(): SessionScript {
  const script = new SessionScript('code').joins();
  script.answers('Hello Ada. How would you say it in your own words?', 1_000);
  script.hears(1_000);
  script.fresh();
  return script;
}
/** Types for so long, a key every half second, with the microphone open. */
function types(script: SessionScript, ms: number): void {
  for (let left = ms; left > 0; left -= 500) {
    script.happens({ type: 'edited' });
    script.listens(Math.min(500, left));
  }
}
const requests = (script: SessionScript) => script.did('reply').map(({ request }) => request);

describe('somebody who types', () => {
  test('[TYPE-1] has not finished the turn, however long they say nothing', () => {
    const script = afterOpening();
    script.says('I keep what I have seen in a dictionary.', { silenceMs: 200 });
    types(script, 20_000);
    expect(script.recorded().events.filter(({ type }) => type === 'turn.ended')).toEqual([]);
    script.listens(pauseMs - 500);
    expect(script.did('reply')).toHaveLength(1);
    expect(script.sent('transcript.final')).toMatchObject([{ text: 'I keep what I have seen in a dictionary.' }]);
  });

  test('[TYPE-1] goes on with the same turn when they speak again', () => {
    const script = afterOpening();
    script.says('First I loop over the list.', { silenceMs: 200 });
    types(script, 5_000);
    script.happens({ type: 'speech.resumed', sample: script.sample });
    script.listens(1_000);
    script.pauses('First I loop over the list. Then I look it up.');
    script.listens(pauseMs + 3_000);
    expect(script.state.turn).toBe(1);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TYPE-1] is answered after the pause although the microphone sends nothing', () => {
    const script = afterOpening();
    script.says('I sort it first.', { silenceMs: 200 });
    types(script, 3_000);
    script.waits(policy.incompleteSilenceMs + 3_000);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TYPE-2] is not spoken to until they pause', () => {
    const script = afterOpening();
    script.happens({ type: 'edited' });
    script.happens({ type: 'ran', runId: 'r1', remark: true });
    types(script, 10_000);
    expect(script.did('reply')).toEqual([]);
    script.listens(pauseMs);
    expect(requests(script)).toEqual(['remark']);
  });

  test('[TYPE-2] keeps an answer that is being thought of from beginning', () => {
    const script = afterOpening();
    script.says('What does it return for an empty list?', { silenceMs: 1_000 });
    expect(script.did('reply')).toHaveLength(1);
    script.happens({ type: 'edited' });
    expect(script.did('holdReply')).toHaveLength(1);
    types(script, 5_000);
    expect(script.did('releaseReply')).toEqual([]);
    script.listens(pauseMs);
    expect(script.did('releaseReply')).toHaveLength(1);
    script.answers('An empty list.', 1_000);
    script.hears(1_000);
    expect(script.sent('agent.done')).toHaveLength(1);
  });

  test('[TYPE-2] does not break off what the interviewer is saying', () => {
    const script = afterOpening();
    script.happens({ type: 'typed', text: 'Can it be empty?', uplinkSample: script.sample });
    script.answers('Yes, it can be empty, and then nothing fits.', 4_000);
    script.hears(500);
    types(script, 3_000);
    expect(script.did('holdReply')).toEqual([]);
    script.hears(4_000);
    expect(script.sent('agent.done')).toHaveLength(1);
  });

  test('[TYPE-2] is not spoken to because somebody coughs', () => {
    const script = afterOpening();
    script.happens({ type: 'typed', text: 'Can it be empty?', uplinkSample: script.sample });
    script.happens({ type: 'edited' });
    script.begins();
    script.listens(300);
    script.happens({ type: 'edited' });
    script.pauses('');
    expect(script.did('releaseReply')).toEqual([]);
    script.listens(pauseMs + 100);
    expect(script.did('releaseReply')).toHaveLength(1);
  });

  test.each([
    ['Run the tests.', 'run-tests', []],
    ['Okay, run my code.', 'run', []],
    ['Next problem, please.', 'next-problem', []],
  ])('[TYPE-3] says "%s" and it is done at once', (text, command, replies) => {
    const script = afterOpening();
    script.happens({ type: 'edited' });
    script.says(text, { silenceMs: 200 });
    types(script, policy.incompleteSilenceMs);
    expect(script.sent('command.recognized')).toMatchObject([{ command, text }]);
    expect(requests(script)).toEqual(replies);
    script.listens(pauseMs + 1_000);
    // The page does it; the interviewer has nothing to say to that.
    expect(requests(script)).toEqual([]);
  });

  test.each([
    ['Give me a hint.', 'hint'],
    ['Read the problem again.', 'read-problem'],
    ['How much time is left?', 'time-left'],
  ])('[TYPE-3] says "%s" and gets it as soon as the keys are quiet', (text, command) => {
    const script = afterOpening();
    script.says(text, { silenceMs: 200 });
    types(script, policy.incompleteSilenceMs);
    expect(script.sent('command.recognized')).toMatchObject([{ command }]);
    script.listens(pauseMs);
    expect(requests(script)).toEqual([command]);
  });

  test('[TYPE-3] is not taken at their word in other kinds of session', () => {
    const script = new SessionScript('onboarding').joins();
    script.answers('What do you enjoy?', 1_000);
    script.hears(1_000);
    script.fresh();
    script.says('Give me a hint.', { silenceMs: 1_000 });
    expect(script.sent('command.recognized')).toEqual([]);
    expect(requests(script)).toEqual([null]);
    script.happens({ type: 'edited' });
    expect(script.state.typedAtMs).toBeNull();
  });
});

describe('somebody who does nothing', () => {
  test('[TYPE-4] is offered help once, and again only much later', () => {
    const script = afterOpening();
    script.waits(helpAfterMs - 100);
    expect(script.did('reply')).toEqual([]);
    script.waits(200);
    expect(requests(script)).toEqual(['help']);
    script.answers('Take your time.', 500);
    script.hears(500);
    script.waits(policy.helpAgainMs - 1_000);
    expect(requests(script)).toEqual(['help']);
    script.waits(2_000);
    expect(requests(script)).toEqual(['help', 'help']);
  });

  test('[TYPE-4] is left alone while they type, speak or run', () => {
    const script = afterOpening();
    for (let minute = 0; minute < 4; minute += 1) {
      script.waits(helpAfterMs - 1_000);
      if (minute === 1) script.happens({ type: 'ran', runId: 'r', remark: false });
      else if (minute === 2) {
        script.begins();
        script.listens(300);
        script.pauses('');
        script.listens(500);
      } else script.happens({ type: 'edited' });
    }
    expect(script.did('reply')).toEqual([]);
  });

  test('[TYPE-4] is not offered help by a process that starts anew just after another offered it', () => {
    const script = afterOpening();
    script.waits(helpAfterMs + 10);
    const { items, events } = script.recorded();
    const opening: EventRecord[] = [{ type: 'agent.began', data: { utterance: 1, turn: 0 } }, { type: 'agent.said', data: { utterance: 1, turn: 0, text: 'Hello.', closes: false } }, { type: 'agent.done', data: { utterance: 1 } }];
    const stored = { session: { kind: 'code', status: 'live' }, items, events: [...opening, ...events].map((event, index) => ({ seq: index + 1, atMs: 0, ...event })) } as unknown as StoredSession;
    const { state } = restoreState(stored, script.nowMs);
    const next = new SessionScript('code', state);
    next.nowMs = script.nowMs;
    next.joins();
    next.waits(helpAfterMs + 1_000);
    expect(next.did('reply')).toEqual([]);
  });

  test('[TYPE-4] is not disturbed while paused, away, or where help is not offered', () => {
    for (const script of [afterOpening(), afterOpening()]) {
      script.happens(script === undefined ? { type: 'tick' } : { type: 'control', action: 'pause', throughSample: script.sample });
      script.waits(10 * helpAfterMs);
      expect(script.did('reply')).toEqual([]);
    }
    const away = afterOpening();
    away.happens({ type: 'left' });
    away.waits(10 * helpAfterMs);
    expect(away.did('reply')).toEqual([]);
  });
});

describe('a run', () => {
  test('[RUN-2] is remarked on when the floor is free', () => {
    const script = afterOpening();
    script.begins();
    script.happens({ type: 'ran', runId: 'r1', remark: true });
    script.listens(500);
    expect(script.did('reply')).toEqual([]);
    script.pauses('');
    script.listens(300);
    expect(requests(script)).toEqual(['remark']);
  });

  test('[RUN-2] is remarked on after what the interviewer is saying', () => {
    const script = afterOpening();
    script.happens({ type: 'typed', text: 'Can it be empty?', uplinkSample: script.sample });
    script.answers('Yes, it can.', 2_000);
    script.happens({ type: 'ran', runId: 'r1', remark: true });
    script.hears(1_000);
    expect(script.did('reply')).toHaveLength(1);
    script.hears(2_000);
    expect(requests(script)).toEqual([null, 'remark']);
  });

  test('[RUN-2] that tells nothing new is passed over', () => {
    const script = afterOpening();
    script.happens({ type: 'ran', runId: 'r1', remark: false });
    script.listens(5_000);
    expect(script.did('reply')).toEqual([]);
  });

  test('[RUN-3] is not remarked on when the person says something first: the answer is enough', () => {
    const script = afterOpening();
    script.begins();
    script.listens(500);
    script.happens({ type: 'ran', runId: 'r1', remark: true });
    script.listens(500);
    script.pauses('Ah, I see what is wrong.');
    script.listens(5_000);
    expect(requests(script)).toEqual([null]);
  });

  test('[RUN-3] is still remarked on after a cough that withheld the remark', () => {
    const script = afterOpening();
    script.happens({ type: 'ran', runId: 'r1', remark: true });
    expect(requests(script)).toEqual(['remark']);
    script.begins();
    script.listens(300);
    script.pauses('');
    script.answers('All four tests pass.', 1_000);
    script.hears(1_000);
    expect(script.sent('agent.done')).toHaveLength(1);
  });

  test('[RUN-3] whose remark nobody heard is not come back to', () => {
    const script = afterOpening();
    script.happens({ type: 'ran', runId: 'r1', remark: true });
    script.happens({ type: 'left' });
    script.joins();
    script.listens(1_000);
    expect(requests(script)).toEqual(['remark']);
  });
});
