import { describe, expect, test } from 'vitest';
import { createScriptedSynthesizer } from '#adapters/speech-scripted/scripted-synthesizer.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { type DownlinkFrame, decodeDownlinkFrame } from '#domain/stream/frames.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { turnOfTheLoop } from '#tests/support/session-room.ts';
import { ENGINE_SILENCE_MS, ReplySpeaker } from './reply-speaker.ts';

function speaker(synthesizer: Synthesizer | null = createScriptedSynthesizer()) {
  const clock = new ManualClock();
  const frames: DownlinkFrame[] = [];
  const told: string[] = [];
  const ear = { played: 0, keepsUp: true };
  const speaking: ReplySpeaker = new ReplySpeaker({
    sessionId: 's',
    utterance: 7,
    synthesizer,
    clock,
    events: {
      text: (text) => told.push(`text ${text.trim()}`),
      audio: () => {},
      complete: () => told.push('complete'),
      failed: (error, silent) => told.push(`failed ${error.code}${silent ? ', words shown' : ''}`),
      sendFrame: (frame) => frames.push(decodeDownlinkFrame(frame)),
      playedSamples: () => (ear.keepsUp ? Infinity : ear.played),
    },
  });
  const sent = () => frames.reduce((sum, frame) => sum + frame.samples.length, 0);
  const passes = async (ms: number) => {
    await turnOfTheLoop();
    await clock.advance(ms);
    await turnOfTheLoop();
  };
  return { clock, frames, told, ear, speaking, sent, passes };
}
async function* deltas(...texts: (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}
const never = <T>() => new Promise<T>(() => {});

test('[CTRL-6] the pace is asked for each clause, so that a slower one holds at once', async () => {
  const paces: (number | undefined)[] = [];
  const scripted = createScriptedSynthesizer();
  let pace = 1;
  const speaking = new ReplySpeaker({
    sessionId: 's',
    utterance: 1,
    synthesizer: { ...scripted, synthesize: (request, signal) => (paces.push(request.pace), (pace = 0.85), scripted.synthesize(request, signal)) },
    pace: () => pace,
    clock: new ManualClock(),
    events: { text: () => {}, audio: () => {}, complete: () => {}, failed: () => {}, sendFrame: () => {}, playedSamples: () => Infinity },
  });
  await speaking.speak(deltas('One two three. ', 'Four five six. '));
  expect(paces).toEqual([1, 0.85]);
});

describe('an utterance', () => {
  test('is spoken clause by clause, its frames numbered without a hole, the last one marked', async () => {
    const { speaking, told, frames } = speaker();
    await speaking.speak(deltas('Hello Ada, nice to ', 'see you. What do you like?'));
    expect(told.at(-1)).toBe('complete');
    expect(told.join(' ')).toContain('text What do you like?');
    let next = 0;
    for (const [seq, frame] of frames.entries()) {
      expect(frame).toMatchObject({ utterance: 7, seq, firstSample: next, last: seq === frames.length - 1 });
      next += frame.samples.length;
    }
  });

  test('that is stopped lets go of the voice that was prepared for what would have come next', async () => {
    const open = new Set<string>();
    const { speaking, passes } = speaker({
      name: 'remote',
      sampleRateHz: 16_000,
      async *synthesize({ text }) {
        open.add(text);
        try {
          yield new Int16Array(1_600);
        } finally {
          open.delete(text);
        }
      },
    });
    speaking.hold();
    const spoken = speaking.speak(deltas('This is being said. ', 'This comes next. '));
    await passes(0);
    expect([...open]).toEqual(['This is being said.', 'This comes next.']);
    speaking.stop();
    await spoken;
    await passes(0);
    expect([...open]).toEqual([]);
  });

  test('that nobody has words for is complete at once', async () => {
    const { speaking, told, frames } = speaker();
    await speaking.speak(deltas());
    expect([told, frames]).toEqual([['complete'], []]);
  });

  test('without a voice is shown', async () => {
    const { speaking, told, frames } = speaker(null);
    await speaking.speak(deltas('Hello there.'));
    expect([told, frames]).toEqual([['text Hello there.', 'complete'], []]);
  });

  test('whose voice makes no sound is shown', async () => {
    const { speaking, told } = speaker({ name: 'mute', sampleRateHz: 16_000, async *synthesize() {} });
    await speaking.speak(deltas('Hello there.'));
    expect(told).toEqual(['text Hello there.', 'complete']);
  });

  test('whose voice fails in the middle of a clause goes on with the next, and the words are shown', async () => {
    const broken: Synthesizer = {
      name: 'broken',
      sampleRateHz: 16_000,
      async *synthesize({ text }) {
        yield new Int16Array(1_600);
        if (text.startsWith('One')) throw new SpoolError('engine.failed');
      },
    };
    const { speaking, told, frames } = speaker(broken);
    await speaking.speak(deltas('One is broken. Two is well.'));
    expect(told).toEqual(['text One is broken.', 'failed engine.failed, words shown', 'text Two is well.', 'complete']);
    expect(frames.at(-1)?.last).toBe(true);
  });

  test('whose words break off keeps what was said, and the player learns that nothing follows', async () => {
    const { speaking, told, frames } = speaker();
    await speaking.speak(deltas('This was said. And this', new SpoolError('engine.timeout')));
    expect(told).toEqual(['text This was said.', 'failed engine.timeout']);
    expect(frames.at(-1)?.last).toBe(true);
  });

  test('is stopped in the middle of synthesis, at once and for good', async () => {
    const { speaking, told, frames, passes } = speaker({ name: 'slow', sampleRateHz: 16_000, synthesize: () => ({ [Symbol.asyncIterator]: () => ({ next: () => never<IteratorResult<Int16Array>>() }) }) });
    let done = false;
    void speaking.speak(deltas('Hello there.')).then(() => (done = true));
    await passes(100);
    speaking.stop();
    await passes(100);
    expect(done).toBe(true);
    expect([told, frames]).toEqual([[], []]);
  });

  test('is stopped while the interviewer is still thinking', async () => {
    const { speaking, told, passes } = speaker();
    let done = false;
    void speaking.speak({ [Symbol.asyncIterator]: () => ({ next: () => never<IteratorResult<string>>() }) }).then(() => (done = true));
    await passes(100);
    speaking.stop();
    await passes(100);
    expect([done, told]).toEqual([true, []]);
  });
});

describe('the person does not wait for ever', () => {
  test('for an interviewer that never answers', async () => {
    const { speaking, told, passes, clock } = speaker();
    void speaking.speak({ [Symbol.asyncIterator]: () => ({ next: () => never<IteratorResult<string>>() }) });
    await passes(ENGINE_SILENCE_MS);
    expect([told, clock.pending]).toEqual([['failed engine.timeout'], 0]);
  });

  test('for a voice that never sounds: the words are shown', async () => {
    const { speaking, told, passes } = speaker({ name: 'stuck', sampleRateHz: 16_000, synthesize: () => ({ [Symbol.asyncIterator]: () => ({ next: () => never<IteratorResult<Int16Array>>() }) }) });
    void speaking.speak(deltas('Hello there.'));
    await passes(ENGINE_SILENCE_MS);
    expect(told).toEqual(['failed engine.timeout, words shown', 'text Hello there.', 'complete']);
  });
});

describe('playback', () => {
  test('is never more than eight seconds behind what was sent', async () => {
    const { speaking, ear, sent, passes, told, clock } = speaker();
    ear.keepsUp = false;
    const words = 'This sentence takes about four seconds to say, or so they say. ';
    void speaking.speak(deltas(words.repeat(10)));
    for (let second = 0; second < 60; second += 1) {
      await passes(1_000);
      expect(sent() - ear.played).toBeLessThanOrEqual(8.1 * 16_000 + 1);
      ear.played = Math.min(sent(), ear.played + 16_000);
    }
    expect(told.at(-1)).toBe('complete');
    expect(clock.pending).toBe(0);
  });

  test('that is held sends nothing, and goes on when released', async () => {
    const { speaking, sent, passes, told } = speaker();
    speaking.hold();
    void speaking.speak(deltas('Hello there, Ada.'));
    await passes(60_000);
    expect(sent()).toBe(0);
    speaking.release();
    await passes(0);
    expect(told.at(-1)).toBe('complete');
  });

  test('that is held ends when stopped', async () => {
    const { speaking, passes, told, clock } = speaker();
    speaking.hold();
    let done = false;
    void speaking.speak(deltas('Hello there, Ada.')).then(() => (done = true));
    await passes(100);
    speaking.stop();
    await passes(0);
    expect([done, told, clock.pending]).toEqual([true, [], 0]);
  });
});

test('asked to finish the sentence, it ends after the clause under way and lets the interviewer go', async () => {
  const { speaking, told, passes, ear } = speaker();
  let released = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) yield 'This sentence takes about four seconds to say, or so they say. ';
    } finally {
      released = true;
    }
  }
  ear.keepsUp = false;
  const done = speaking.speak(endless());
  await passes(100);
  speaking.finishSentence();
  ear.keepsUp = true;
  await passes(1_000);
  await done;
  await passes(0);
  expect(told.at(-1)).toBe('complete');
  expect(released).toBe(true);
});
