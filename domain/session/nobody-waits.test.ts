/** Corners of a conversation in which somebody could be left waiting for ever, each found by trying. */
import { describe, expect, test } from 'vitest';
import { SessionScript } from '#tests/support/session-script.ts';
import type { EventRecord, StoredSession } from './ports.ts';
import { restoreState } from './restore-state.ts';
import { agentStateOf } from './live-state.ts';
import { TURN_POLICIES } from './turn-taking.ts';

const policy = TURN_POLICIES.onboarding;
const LONG_MS = policy.segmentCutMs + 1_000;

function afterOpening(): SessionScript {
  const script = new SessionScript().joins();
  script.answers('Hello Ada. What do you like?', 1_000);
  script.hears(1_000);
  script.fresh();
  return script;
}
function whileAsking(): SessionScript {
  const script = new SessionScript().joins();
  script.answers('What do you enjoy doing in your free time? Take all the time you need.', 8_000);
  script.listens(1_000);
  script.hears(1_000);
  script.fresh();
  return script;
}
/** The text of the item last asked for as a final. */
function finalComes(script: SessionScript, text: string): void {
  const asked = script.did('transcribe').findLast((effect) => effect.final)!;
  script.happens({ type: 'transcribed', itemId: asked.itemId, endSample: asked.endSample, final: true, text });
}
/** A sound that turns out to hold no words. */
function coughs(script: SessionScript): void {
  script.begins();
  script.listens(300);
  script.pauses('');
}

describe('a turn that is not over yet', () => {
  test('[TURN-8] is answered though a cough follows the long item it consists of', () => {
    const script = afterOpening();
    script.begins();
    script.listens(LONG_MS);
    script.pauses('I have been playing the guitar since I was a child and');
    script.listens(300);
    coughs(script);
    script.listens(policy.incompleteSilenceMs + 100);
    expect(script.did('reply')).toHaveLength(1);
    expect(script.recorded().events.filter((event) => event.type === 'turn.ended')).toHaveLength(1);
  });

  test('[FLUSH-1] is answered though a cough follows the flush', () => {
    const script = afterOpening();
    script.begins();
    script.listens(1_000);
    script.happens({ type: 'flush', id: 1, throughSample: script.sample });
    finalComes(script, 'I like ships.');
    script.listens(200);
    coughs(script);
    script.listens(policy.incompleteSilenceMs + 100);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-3] is answered though speech without any pause was cut and its rest held no words', () => {
    const script = afterOpening();
    script.begins();
    script.listens(2_000);
    script.happens({ type: 'speech.cut', sample: script.sample - 500 });
    finalComes(script, 'I like ships.');
    script.listens(200);
    script.pauses('');
    script.listens(policy.incompleteSilenceMs + 100);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-8] is none when the flushed sound held no words', () => {
    const script = afterOpening();
    script.begins();
    script.listens(300);
    script.happens({ type: 'flush', id: 1, throughSample: script.sample });
    finalComes(script, '');
    script.listens(5_000);
    expect(script.did('reply')).toEqual([]);
    expect(script.recorded().events.map((event) => event.type)).not.toContain('turn.ended');
    expect(script.state.user.is).toBe('quiet');
  });

  test('[TURN-9] is answered once when the person types while it is open', () => {
    const script = afterOpening();
    script.begins();
    script.listens(LONG_MS);
    script.pauses('I have been playing the guitar since I was a child and');
    script.happens({ type: 'typed', text: 'I like ships', uplinkSample: script.sample });
    script.listens(policy.incompleteSilenceMs + 100);
    script.answers('Which ships?', 1_000);
    script.hears(1_000);
    script.listens(3_000);
    expect(script.did('reply')).toHaveLength(1);
  });
});

describe('the interviewer', () => {
  test('[BARGE-6] goes on after a long sound whose text came late and empty', () => {
    const script = whileAsking();
    script.begins();
    script.listens(3_000);
    const endSample = script.pauses(null);
    const asked = script.did('transcribe')[0]!;
    script.happens({ type: 'transcription.failed', itemId: asked.itemId, endSample, final: false });
    finalComes(script, '');
    script.listens(4_000);
    expect(script.did('releaseReply')).toHaveLength(1);
    expect(agentStateOf(script.state)).toBe('speaking');
  });

  test('[BARGE-6] does not go on between the last word of an interruption and its text', () => {
    const script = whileAsking();
    script.begins();
    script.listens(3_000);
    script.pauses(null);
    script.listens(100);
    expect(script.did('releaseReply')).toEqual([]);
  });

  test('[BARGE-8] still answers when what withdrew its answer turns out to hold no words', () => {
    const script = afterOpening();
    script.says('I like looking at the stars at night.');
    expect(script.did('reply')).toHaveLength(1);
    const itemId = script.begins();
    script.listens(1_000);
    script.happens({ type: 'transcribed', itemId, endSample: script.sample, final: false, text: 'Thank you.' });
    expect(script.state.agent).toBeNull();
    script.pauses('');
    script.listens(500);
    expect(script.did('reply')).toHaveLength(2);
  });

  test('[BARGE-8] says the rest when what took the floor turns out to hold no words', () => {
    const script = whileAsking();
    const itemId = script.begins();
    script.listens(1_000);
    script.happens({ type: 'transcribed', itemId, endSample: script.sample, final: false, text: 'Thank you for' });
    expect(script.sent('agent.interrupted')).toHaveLength(1);
    script.pauses('');
    script.listens(500);
    const [again] = script.did('reply');
    expect(again?.text).toContain('Take all the time you need.');
  });
});

describe('numbers of utterances', () => {
  test('rise across processes, also past those nothing was said in', () => {
    const script = new SessionScript().joins();
    for (let skips = 0; skips < 5; skips += 1) script.happens({ type: 'control', action: 'skip', throughSample: 0 });
    const used = Math.max(...script.did('reply').map((reply) => reply.utterance));
    const createdAt = '2026-01-01T00:00:00.000Z';
    const stored: StoredSession = {
      session: { id: '00000000-0000-4000-8000-000000000000', kind: 'onboarding', status: 'live', title: '', templateId: null, consent: { recording: true }, createdAt, startedAt: createdAt, endedAt: null, durationMs: 0, endReason: null, sample: false },
      ownerId: 'a',
      ownerName: 'Ada',
      items: [],
      events: script.recorded().events.map((event: EventRecord, index) => ({ seq: index + 1, atMs: 0, ...event })),
      interests: [],
      decisions: [],
      endRequested: false,
    };
    expect(restoreState(stored, 0).state.nextUtterance).toBe(used + 1);
  });
});
