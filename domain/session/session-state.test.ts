import { describe, expect, test } from 'vitest';
import { SessionScript } from '#tests/support/session-script.ts';
import { agentStateOf } from './live-state.ts';
import { FALSE_INTERRUPTION_MS, INTERRUPTION_MIN_MS, PLAYBACK_REPORT_TIMEOUT_MS, STALL_MS, TURN_POLICIES } from './turn-taking.ts';

const policy = TURN_POLICIES.onboarding;
const QUESTION = 'What do you enjoy doing in your free time? Take all the time you need.';

/** A conversation in which the opening was heard and the person has the floor. */
function afterOpening(): SessionScript {
  const script = new SessionScript().joins();
  script.answers('Hello Ada. What do you like?', 1_000);
  script.hears(1_000);
  script.fresh();
  return script;
}
/** A conversation in which the interviewer is speaking, `heardMs` into a four-second question. */
function whileAsking(heardMs = 1_000): SessionScript {
  const script = new SessionScript().joins();
  script.answers(QUESTION, 4_000);
  script.listens(heardMs);
  script.hears(heardMs);
  script.fresh();
  return script;
}

describe('turns', () => {
  test('[TURN-1] Transcription starts when the end of speech is suspected, before it is certain', () => {
    const script = afterOpening();
    script.begins();
    script.listens(1_500);
    const endSample = script.pauses(null);
    expect(script.did('transcribe')).toMatchObject([{ final: false, endSample }]);
    expect(script.did('turnEnded')).toEqual([]);
  });

  test('[TURN-2] A sentence that reads complete is answered after the short silence', () => {
    const script = afterOpening();
    script.says('I like looking at the stars at night.', { silenceMs: policy.completeSilenceMs + 32 });
    expect(script.sent('transcript.final')).toMatchObject([{ speaker: 'user', text: 'I like looking at the stars at night.' }]);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-2] The turn is not over before that silence', () => {
    const script = afterOpening();
    script.says('I like looking at the stars at night.', { silenceMs: policy.completeSilenceMs - 32 });
    expect(script.did('reply')).toEqual([]);
    expect(script.state.user.is).toBe('pausing');
  });

  test('[TURN-3] Somebody who stops after "and" is given the longer silence', () => {
    const script = afterOpening();
    script.says('I like music and', { silenceMs: policy.incompleteSilenceMs - 64 });
    expect(script.did('reply')).toEqual([]);
    script.listens(128);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-3] A comma that the engine heard at the end costs less than a half sentence', () => {
    const script = afterOpening();
    script.says('I spend most weekends hiking with my sister,', { silenceMs: policy.commaSilenceMs - 32 });
    expect(script.did('reply')).toEqual([]);
    script.listens(64);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-3] Somebody who goes on after a pause continues the same item', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    script.pauses('I like music and');
    script.listens(500);
    script.happens({ type: 'speech.resumed', sample: script.sample });
    script.listens(1_000);
    script.pauses('I like music and dancing with friends.');
    script.listens(policy.completeSilenceMs);
    expect(script.sent('transcript.final')).toMatchObject([{ itemId, text: 'I like music and dancing with friends.' }]);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-4] A long story becomes an item at its pause, and one turn in the end', () => {
    const script = afterOpening();
    script.begins();
    script.listens(policy.segmentCutMs + 500);
    script.pauses('It all began when I was seven and my father');
    expect(script.sent('transcript.final')).toHaveLength(1);
    expect(script.did('closeSegment')).toHaveLength(1);
    script.listens(300);
    script.says('He gave me a telescope.', { silenceMs: policy.completeSilenceMs + 32 });
    expect(script.sent('transcript.final')).toHaveLength(2);
    expect(script.state.turn).toBe(1);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-5] Audio that arrives in a burst is judged by its samples, not by the clock', () => {
    const script = afterOpening();
    script.begins();
    script.sample += 24_000;
    script.happens({ type: 'listened', throughSample: script.sample });
    const endSample = script.sample;
    script.happens({ type: 'speech.paused', endSample });
    script.happens({ type: 'transcribed', itemId: script.did('transcribe')[0]!.itemId, endSample, final: false, text: 'I like chess very much.' });
    expect(script.did('reply')).toEqual([]);
    script.sample += 16_000;
    script.happens({ type: 'listened', throughSample: script.sample });
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-6] When the microphone falls silent in mid-word the turn is closed after the stall time', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    script.waits(STALL_MS + 10);
    expect(script.did('transcribe')).toMatchObject([{ itemId, final: true }]);
    script.happens({ type: 'transcribed', itemId, endSample: script.sample, final: true, text: 'I like' });
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-7] When the engine is too busy for a suspicion, the words are asked for again as a final', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    const endSample = script.pauses(null);
    script.happens({ type: 'transcription.failed', itemId, endSample, final: false });
    expect(script.did('transcribe').at(-1)).toMatchObject({ itemId, endSample, final: true });
    script.happens({ type: 'transcribed', itemId, endSample, final: true, text: 'I like ships.' });
    script.listens(policy.incompleteSilenceMs);
    expect(script.sent('transcript.final')).toMatchObject([{ itemId, text: 'I like ships.' }]);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-7] Words that no engine could understand leave a note in the log', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    script.happens({ type: 'flush', id: 1, throughSample: script.sample });
    script.happens({ type: 'transcription.failed', itemId, endSample: script.sample, final: true });
    expect(script.recorded().events).toMatchObject([{ type: 'transcription.failed', data: { endSample: script.sample } }]);
  });

  test('[TURN-8] A cough in the silence is noted and not answered', () => {
    const script = afterOpening();
    script.says('', { ms: 300 });
    expect(script.recorded().events).toMatchObject([{ type: 'speech.ignored', data: { reason: 'noise' } }]);
    expect(script.recorded().items).toEqual([]);
    expect(script.did('reply')).toEqual([]);
    expect(script.state.user.is).toBe('quiet');
  });

  test('[TURN-9] A typed answer is written down and answered without any microphone', () => {
    const script = afterOpening();
    script.happens({ type: 'typed', text: 'I collect stamps', uplinkSample: 0 });
    expect(script.recorded().items).toMatchObject([{ speaker: 'user', text: 'I collect stamps' }]);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[TURN-9] A conversation typed from end to end keeps its order', () => {
    const script = new SessionScript().joins();
    for (const round of [1, 2, 3]) {
      script.happens({ type: 'reply.text', utterance: script.state.agent!.number, text: `Question ${round}?` });
      script.happens({ type: 'reply.complete', utterance: script.state.agent!.number, closes: false });
      script.happens({ type: 'typed', text: `Answer ${round}`, uplinkSample: 0 });
    }
    const items = script.recorded().items;
    expect(items.map((item) => item.text)).toEqual(['Question 1?', 'Answer 1', 'Question 2?', 'Answer 2', 'Question 3?', 'Answer 3']);
    expect(items.map((item) => item.startSample)).toEqual([...items.map((item) => item.startSample)].sort((a, b) => a - b));
  });

  test('[TURN-9] A command that was typed stands where it was typed, though nothing is heard', () => {
    const script = afterOpening();
    script.happens({ type: 'typed', text: 'Skip this question please.', uplinkSample: 0 });
    const { items, events } = script.recorded();
    expect(events.find(({ type }) => type === 'command.recognized')?.sample).toBe(items.at(-1)!.startSample);
  });

  test('[TURN-10] A dictation is written down and never answered', () => {
    const script = new SessionScript('dictation').joins();
    script.says('Dear Charles, the engine works.', { silenceMs: 2_000 });
    expect(script.sent('transcript.final')).toHaveLength(1);
    expect(script.did('reply')).toEqual([]);
  });
});

describe('the interviewer', () => {
  test('[REPLY-1] It opens when the person has joined, and once', () => {
    const script = new SessionScript();
    expect(script.did('reply')).toEqual([]);
    script.joins();
    script.joins();
    expect(script.did('reply')).toMatchObject([{ utterance: 1, text: null, request: null }]);
  });

  test('[REPLY-2] Whoever joins is told what the interviewer is doing, also when nothing has changed', () => {
    const script = afterOpening();
    script.happens({ type: 'left' });
    const from = script.effects.length;
    script.joins();
    expect(script.effects.slice(from)).toContainEqual({ do: 'send', message: { type: 'agent.state', state: 'listening' } });
  });

  test('[REPLY-2] It thinks, speaks, then listens', () => {
    const script = new SessionScript().joins();
    expect(agentStateOf(script.state)).toBe('thinking');
    script.answers('Hello.', 500);
    expect(agentStateOf(script.state)).toBe('speaking');
    script.hears(500);
    expect(script.sent('agent.state').map((message) => message.state)).toEqual(['thinking', 'speaking', 'listening']);
  });

  test('[REPLY-3] It is done when the player reports the last sample', () => {
    const script = new SessionScript().joins();
    const utterance = script.answers('Hello.', 1_000);
    script.waits(300);
    script.hears(999);
    expect(script.sent('agent.done')).toEqual([]);
    script.hears(1_000);
    expect(script.sent('agent.done')).toEqual([{ type: 'agent.done', utterance }]);
  });

  test('[REPLY-3] Without reports a clock at the speed of sound decides', () => {
    const script = new SessionScript().joins();
    script.answers('Hello.', 2_000);
    script.waits(1_990);
    expect(script.sent('agent.done')).toEqual([]);
    script.waits(20);
    expect(script.sent('agent.done')).toHaveLength(1);
  });

  test('[REPLY-3] A report that says nothing was played yet holds the clock back', () => {
    const script = new SessionScript().joins();
    script.answers('Hello.', 1_000);
    for (let passed = 0; passed < 3_000; passed += PLAYBACK_REPORT_TIMEOUT_MS - 100) {
      script.waits(PLAYBACK_REPORT_TIMEOUT_MS - 100);
      script.hears(0);
    }
    expect(script.sent('agent.done')).toEqual([]);
  });

  test('[REPLY-4] Its words lie on the uplink clock where they were heard', () => {
    const script = new SessionScript().joins();
    script.listens(2_000);
    const startSample = script.sample;
    script.answers('Hello.', 1_000);
    script.listens(1_000);
    script.hears(1_000);
    expect(script.sent('transcript.final')).toMatchObject([{ speaker: 'agent', text: 'Hello.', startSample, endSample: startSample + 16_000 }]);
    expect(script.recorded().events).toContainEqual({ type: 'agent.played', sample: startSample, data: { utterance: 1, fromSample: 0, samples: 16_000 } });
  });

  test('[REPLY-4] With no microphone to count time, utterances line up one behind the other', () => {
    const script = new SessionScript().joins();
    script.answers('Hello.', 1_000);
    script.waits(1_100);
    script.happens({ type: 'typed', text: 'Hi', uplinkSample: 0 });
    script.answers('What do you like?', 1_000);
    script.waits(1_100);
    const [first, second] = script.recorded().items.filter((item) => item.speaker === 'agent');
    expect(second!.startSample).toBeGreaterThanOrEqual(first!.endSample);
  });

  test('[REPLY-5] The session ends once its goodbye was heard', () => {
    const script = new SessionScript().joins();
    script.answers('Thank you, goodbye.', 1_000, { closes: true });
    expect(script.did('finish')).toEqual([]);
    script.hears(1_000);
    expect(script.did('finish')).toEqual([{ do: 'finish', reason: 'ended_by_interviewer' }]);
  });

  test('[REPLY-6] When it cannot answer, the session listens on', () => {
    const script = new SessionScript().joins();
    script.happens({ type: 'reply.failed', utterance: 1 });
    expect(agentStateOf(script.state)).toBe('listening');
    script.happens({ type: 'typed', text: 'Are you there?', uplinkSample: 0 });
    expect(script.did('reply')).toHaveLength(2);
  });
});

describe('interruptions', () => {
  test('[BARGE-1] A voice over the interviewer stops playback at once', () => {
    const script = whileAsking();
    script.begins();
    expect(script.effects[0]).toEqual({ do: 'send', message: { type: 'agent.state', state: 'paused' } });
    expect(script.did('holdReply')).toHaveLength(1);
  });

  test('[BARGE-2] Words take the floor; the transcript keeps what was heard and marks the rest unheard', () => {
    const script = whileAsking(2_000);
    script.says('Wait, I have a question.');
    const [interrupted] = script.sent('agent.interrupted');
    expect(interrupted).toMatchObject({ utterance: 1, playedSamples: 32_000 });
    const [item] = script.recorded().items;
    expect(item).toMatchObject({ speaker: 'agent', text: interrupted!.heardText });
    expect(`${item!.text} ${item!.unheardText}`).toBe(QUESTION);
    expect(item!.text.length).toBeGreaterThan(QUESTION.length * 0.3);
    expect(item!.text.length).toBeLessThan(QUESTION.length * 0.7);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[BARGE-2] Half a second of words is enough; the end of the sentence is not waited for', () => {
    const script = whileAsking();
    const itemId = script.begins();
    script.listens(INTERRUPTION_MIN_MS + policy.preRollMs);
    script.happens({ type: 'transcribed', itemId, endSample: script.sample, final: false, text: 'Actually I would rather' });
    expect(script.sent('agent.interrupted')).toHaveLength(1);
    expect(script.state.user.is).toBe('talking');
  });

  test.each(['', 'Mhm.', 'Yeah, okay.'])('[BARGE-3] %j does not cost the interviewer its turn', (text) => {
    const script = whileAsking();
    script.says(text, { ms: 350 });
    expect(script.sent('agent.interrupted')).toEqual([]);
    expect(script.did('releaseReply')).toHaveLength(1);
    expect(script.sent('agent.state').map((message) => message.state)).toEqual(['paused', 'speaking']);
    expect(script.did('reply')).toEqual([]);
  });

  test('[BARGE-3] After a cough it is heard to the end, and both stretches are placed', () => {
    const script = whileAsking(1_000);
    script.says('', { ms: 350, silenceMs: 320 });
    script.listens(3_000);
    script.hears(4_000);
    expect(script.sent('agent.done')).toHaveLength(1);
    const stretches = script.recorded().events.filter((event) => event.type === 'agent.played');
    expect(stretches.map((event) => event.data)).toEqual([
      { utterance: 1, fromSample: 0, samples: 16_000 },
      { utterance: 1, fromSample: 16_000, samples: 48_000 },
    ]);
    expect(stretches[1]!.sample!).toBeGreaterThanOrEqual(stretches[0]!.sample! + 16_000);
  });

  test('[BARGE-4] Its own voice coming back is no answer, and stops nothing the next time', () => {
    const script = whileAsking(2_000);
    script.says('What do you enjoy doing in your free time', { ms: 800 });
    expect(script.recorded().events).toContainEqual(expect.objectContaining({ type: 'speech.ignored', data: expect.objectContaining({ reason: 'echo' }) }));
    expect(script.sent('agent.interrupted')).toEqual([]);
    script.fresh();
    script.begins();
    expect(script.did('holdReply')).toEqual([]);
  });

  test('[BARGE-4] Words still interrupt after an echo was heard', () => {
    const script = whileAsking(2_000);
    script.says('What do you enjoy doing in your free time', { ms: 800 });
    script.says('Can we talk about football instead?', { ms: 900 });
    expect(script.sent('agent.interrupted')).toHaveLength(1);
  });

  test('[BARGE-5] Words spoken before the answer is heard withdraw it and belong to the same turn', () => {
    const script = afterOpening();
    script.says('I like music.');
    expect(agentStateOf(script.state)).toBe('thinking');
    script.says('And I play the guitar.');
    expect(script.did('stopReply')).toHaveLength(1);
    expect(script.did('reply')).toHaveLength(2);
    expect(script.recorded().items.map((item) => item.speaker)).toEqual(['user', 'user']);
  });

  test('[BARGE-6] Playback stopped for a sound that never became words goes on by itself', () => {
    const script = whileAsking();
    script.begins();
    script.listens(300);
    script.pauses(null);
    script.listens(FALSE_INTERRUPTION_MS);
    expect(script.did('releaseReply')).toHaveLength(1);
  });

  test('[BARGE-7] Once it has finished, "yeah" is an answer', () => {
    const script = afterOpening();
    script.says('Yeah.');
    expect(script.did('reply')).toHaveLength(1);
  });
});

describe('commands', () => {
  test('[CTRL-1] Pause stops the interviewer where it is, and resume lets it go on', () => {
    const script = whileAsking(1_000);
    script.happens({ type: 'control', action: 'pause', throughSample: script.sample });
    expect(script.sent('session.status')).toEqual([{ type: 'session.status', status: 'paused' }]);
    expect(agentStateOf(script.state)).toBe('paused');
    script.waits(60_000);
    expect(script.sent('agent.done')).toEqual([]);
    script.happens({ type: 'control', action: 'resume', throughSample: script.sample });
    expect(script.did('releaseReply')).toHaveLength(1);
    script.waits(3_100);
    expect(script.sent('agent.done')).toHaveLength(1);
  });

  test('[CTRL-1] What was said before a pause is answered after it', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    script.happens({ type: 'control', action: 'pause', throughSample: script.sample });
    script.happens({ type: 'transcribed', itemId, endSample: script.sample, final: true, text: 'I like trains.' });
    script.waits(10_000);
    expect(script.did('reply')).toEqual([]);
    script.happens({ type: 'control', action: 'resume', throughSample: script.sample });
    script.waits(STALL_MS + 10);
    expect(script.did('reply')).toHaveLength(1);
  });

  test('[CTRL-2] Skip withdraws the question and asks for another; undo brings the skipped one back', () => {
    const script = whileAsking();
    script.happens({ type: 'control', action: 'skip', throughSample: script.sample });
    expect(script.sent('agent.interrupted')).toHaveLength(1);
    expect(script.did('reply')).toMatchObject([{ request: 'skip' }]);
    script.happens({ type: 'control', action: 'undo', throughSample: script.sample });
    expect(script.did('reply').at(-1)).toMatchObject({ text: QUESTION });
  });

  test('[CTRL-3] Repeat says the last words again', () => {
    const script = whileAsking();
    script.hears(4_000);
    script.happens({ type: 'control', action: 'repeat', throughSample: script.sample });
    expect(script.did('reply')).toMatchObject([{ text: QUESTION }]);
  });

  test.each([
    ['Could you repeat that please?', 'repeat', { text: 'Hello Ada. What do you like?' }],
    ['Skip this question please.', 'skip', { request: 'skip' }],
  ])('[CTRL-4] %j is carried out and shown', (text, command, reply) => {
    const script = afterOpening();
    script.says(text);
    expect(script.sent('command.recognized')).toEqual([{ type: 'command.recognized', command, text }]);
    expect(script.did('reply')).toMatchObject([reply]);
    expect(script.recorded().items).toMatchObject([{ speaker: 'user', text }]);
  });

  test('[CTRL-1] Who asks for what is so already is answered all the same, and nothing else happens', () => {
    const script = afterOpening();
    const ask = (action: 'pause' | 'resume') => script.happens({ type: 'control', action, throughSample: script.sample });
    for (const action of ['resume', 'pause', 'pause', 'resume'] as const) ask(action);
    expect(script.sent('session.status').map(({ status }) => status)).toEqual(['live', 'paused', 'paused', 'live']);
    expect(script.did('record').flatMap(({ events }) => events ?? []).filter(({ type }) => type === 'session.status')).toHaveLength(2);
  });

  test("[CTRL-4] Let's pause, said aloud, pauses", () => {
    const script = afterOpening();
    script.says("Let's pause for a moment.");
    expect(script.sent('session.status')).toEqual([{ type: 'session.status', status: 'paused' }]);
    expect(script.did('reply')).toEqual([]);
  });

  test('[CTRL-4] A typed command is one as well, and a near miss is an answer', () => {
    const script = afterOpening();
    script.happens({ type: 'typed', text: 'skip this question', uplinkSample: 0 });
    expect(script.did('reply')).toMatchObject([{ request: 'skip' }]);
    const other = afterOpening();
    other.says('My brother told me to stop playing the drums.');
    expect(other.sent('command.recognized')).toEqual([]);
    expect(other.did('reply')).toMatchObject([{ request: null, text: null }]);
  });

  test('[CTRL-5] Asked aloud to stop, the interviewer says goodbye, and undo takes it back', () => {
    const script = afterOpening();
    script.says("I'd like to stop here.");
    expect(script.sent('command.recognized')).toMatchObject([{ command: 'end' }]);
    script.answers('Goodbye Ada.', 2_000, { closes: true });
    script.happens({ type: 'control', action: 'undo', throughSample: script.sample });
    expect(script.did('finish')).toEqual([]);
    expect(script.did('reply').at(-1)).toMatchObject({ text: 'Hello Ada. What do you like?' });
  });

  test('[FLUSH-1] A flush is answered after the final text of what was said, and leaves the turn open', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    const throughSample = script.sample;
    script.happens({ type: 'flush', id: 'a', throughSample });
    expect(script.sent('flushed')).toEqual([]);
    script.happens({ type: 'transcribed', itemId, endSample: throughSample, final: true, text: 'I like' });
    const order = script.did('send').map(({ message }) => message.type).filter((type) => type === 'transcript.final' || type === 'flushed');
    expect(order).toEqual(['transcript.final', 'flushed']);
    expect(script.sent('flushed')).toEqual([{ type: 'flushed', id: 'a', throughSample }]);
    expect(script.did('reply')).toEqual([]);
    expect(script.state.user.is).toBe('waiting');
  });

  test('[FLUSH-1] A flush in silence is answered at once', () => {
    const script = afterOpening();
    script.happens({ type: 'flush', id: 7, throughSample: 100 });
    expect(script.sent('flushed')).toEqual([{ type: 'flushed', id: 7, throughSample: 100 }]);
  });
});

describe('coming back and ending', () => {
  test('[RES-2] An answer cut off by a lost connection is repeated when the person is back', () => {
    const script = whileAsking();
    script.happens({ type: 'left' });
    script.waits(5_000);
    expect(script.did('reply')).toEqual([]);
    script.joins();
    expect(script.did('reply')).toMatchObject([{ text: QUESTION }]);
  });

  test('[RES-3] An answer that was still being thought about is given when the person is back', () => {
    const script = afterOpening();
    script.says('I like music very much.');
    script.happens({ type: 'left' });
    script.joins();
    expect(script.did('reply')).toHaveLength(2);
    expect(script.did('reply')[1]).toMatchObject({ text: null });
  });

  test('[END-1] The last words get their final text before the session is finished', () => {
    const script = afterOpening();
    const itemId = script.begins();
    script.listens(1_000);
    script.happens({ type: 'end', reason: 'ended_by_person', throughSample: script.sample });
    expect(script.did('finish')).toEqual([]);
    script.happens({ type: 'transcribed', itemId, endSample: script.sample, final: true, text: 'That was all.' });
    expect(script.recorded().items).toMatchObject([{ itemId, text: 'That was all.' }]);
    expect(script.did('finish')).toEqual([{ do: 'finish', reason: 'ended_by_person' }]);
  });

  test('[END-2] The end interrupts the interviewer and keeps what was heard', () => {
    const script = whileAsking(2_000);
    script.happens({ type: 'end', reason: 'ended_by_request', throughSample: script.sample });
    expect(script.recorded().items).toMatchObject([{ speaker: 'agent', unheardText: expect.any(String) }]);
    expect(script.did('finish')).toEqual([{ do: 'finish', reason: 'ended_by_request' }]);
  });

  test('[END-3] After the end nothing changes any more', () => {
    const script = afterOpening();
    script.happens({ type: 'end', reason: 'ended_by_person', throughSample: 0 });
    script.fresh();
    script.happens({ type: 'typed', text: 'One more thing', uplinkSample: 0 });
    script.happens({ type: 'speech.started', sample: 100, segmentStart: 0 });
    script.joins();
    expect(script.effects).toEqual([]);
  });

  test('[DRAIN-1] Asked to leave, the sentence is finished and nothing new is begun', () => {
    const script = whileAsking();
    script.happens({ type: 'drain' });
    expect(script.did('finishSentence')).toHaveLength(1);
    expect(script.did('drained')).toEqual([]);
    script.hears(4_000);
    expect(script.did('drained').length).toBeGreaterThan(0);
    script.happens({ type: 'typed', text: 'Hello?', uplinkSample: 0 });
    expect(script.did('reply')).toEqual([]);
  });

  test('[DRAIN-1] An answer not begun is left to whoever takes over', () => {
    const script = afterOpening();
    script.says('I like music very much.');
    script.happens({ type: 'drain' });
    expect(script.did('drained').length).toBeGreaterThan(0);
    expect(script.state.owed).toEqual({ kind: 'answer' });
  });
});
