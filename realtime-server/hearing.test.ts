import { describe, expect, test } from 'vitest';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { SpoolError } from '#domain/errors.ts';
import { TURN_POLICIES } from '#domain/session/turn-taking.ts';
import type { VoiceDetector } from '#domain/speech/ports.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { quiet, voice } from '#tests/support/session-room.ts';
import { concatSamples } from '#tests/support/speech.ts';
import { DETECTOR_RETRY_MS, type HeardEvent, Hearing } from './hearing.ts';

function ear({ detector = createScriptedVoiceDetector() as VoiceDetector, fromSample = 0 } = {}) {
  const clock = new ManualClock();
  const events: HeardEvent[] = [];
  const failures: unknown[] = [];
  const hearing: Hearing = new Hearing({ sessionId: 's', policy: TURN_POLICIES.onboarding, detector, clock, fromSample, onEvent: (event) => events.push(event), onFailure: (error) => failures.push(error) });
  const speech = () => events.filter((event) => event.type !== 'listened');
  return { clock, events, failures, hearing, speech };
}
/** Fails the first `times` calls. */
function failing(times: number): VoiceDetector {
  const real = createScriptedVoiceDetector();
  let calls = 0;
  return {
    name: 'failing',
    open(sessionId) {
      const stream = real.open(sessionId);
      return {
        reset: () => stream.reset(),
        close: () => stream.close(),
        detect: (samples) => {
          calls += 1;
          return calls <= times ? Promise.reject(new SpoolError('engine.failed')) : stream.detect(samples);
        },
      };
    },
  };
}

describe('the ear', () => {
  test('hears speech begin and pause, wherever the frames are cut', async () => {
    const sound = concatSamples(quiet(1_000), voice(1_000), quiet(1_000));
    const whole = ear();
    whole.hearing.push(sound);
    await whole.hearing.drained();
    expect(whole.speech().map((event) => event.type)).toEqual(['speech.started', 'speech.paused']);
    const pieces = ear();
    for (let at = 0; at < sound.length; at += 377) pieces.hearing.push(sound.subarray(at, at + 377));
    await pieces.hearing.drained();
    expect(pieces.speech()).toEqual(whole.speech());
  });

  test('gives the segment as it was said, the pre-roll included, until it is closed', async () => {
    const sound = concatSamples(quiet(5_000), voice(2_000), quiet(500));
    const { hearing, speech } = ear();
    hearing.push(sound);
    await hearing.drained();
    const started = speech()[0] as { segmentStart: number };
    expect(hearing.segment(started.segmentStart, sound.length)).toEqual(sound.slice(started.segmentStart));
    expect(hearing.segment(0, 1_600)).toBeNull();
    hearing.closeSegment(sound.length);
    hearing.push(quiet(5_000));
    await hearing.drained();
    expect(hearing.segment(started.segmentStart, sound.length)).toBeNull();
  });

  test('asks no engine while nobody speaks', async () => {
    let asked = 0;
    const real = createScriptedVoiceDetector();
    const counting: VoiceDetector = { name: 'counting', open: (id) => ({ ...real.open(id), detect: (samples) => ((asked += 1), real.open(id).detect(samples)) }) };
    const { hearing } = ear({ detector: counting });
    hearing.push(quiet(10_000));
    await hearing.drained();
    expect(asked).toBe(0);
    expect(hearing.backlogSamples).toBeLessThan(512);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('judges what comes in the very moment it had judged everything (%i turns later)', async (turns) => {
    const { hearing, events } = ear();
    let late: Promise<void> = Promise.resolve();
    hearing.push(quiet(1_000));
    for (let turn = 0; turn < turns; turn += 1) late = late.then(() => {});
    await late.then(() => hearing.push(quiet(1_000)));
    await hearing.drained();
    await settle();
    expect(events.at(-1)).toEqual({ type: 'listened', throughSample: Math.floor(32_000 / 512) * 512 });
  });

  test('keeps little of a long silence', async () => {
    const { hearing } = ear();
    for (let second = 0; second < 60; second += 1) {
      hearing.push(quiet(1_000));
      await hearing.drained();
    }
    expect(hearing.segment(hearing.throughSample - 16_000 * 2, hearing.throughSample)).toBeNull();
  });
});

describe('when the voice detector fails', () => {
  test('what was said meanwhile is heard once it is back, word for word where it was, and the person is told once', async () => {
    const sound = concatSamples(quiet(1_000), voice(1_000), quiet(1_000));
    const well = ear();
    well.hearing.push(sound);
    await well.hearing.drained();
    const { clock, hearing, failures, speech } = ear({ detector: failing(2) });
    hearing.push(sound);
    let drained = false;
    void hearing.drained().then(() => (drained = true));
    await clock.advance(0);
    expect(drained).toBe(false);
    await clock.advance(DETECTOR_RETRY_MS * 4);
    expect(drained).toBe(true);
    expect(speech()).toEqual(well.speech());
    expect(failures).toHaveLength(1);
  });

  test('for good, loudness alone tells speech from silence: nobody is talking to a deaf server', async () => {
    const sound = concatSamples(quiet(1_000), voice(1_000), quiet(2_000));
    const { clock, hearing, failures, speech } = ear({ detector: failing(Infinity) });
    hearing.push(sound);
    await clock.advance(60_000);
    expect(speech().map((event) => event.type)).toEqual(['speech.started', 'speech.paused']);
    expect(hearing.backlogSamples).toBeLessThan(512);
    expect(failures).toHaveLength(1);
  });

  test('a closed ear waits for nothing', async () => {
    const { clock, hearing } = ear({ detector: failing(Infinity) });
    hearing.push(voice(1_000));
    await clock.advance(0);
    hearing.close();
    await hearing.drained();
    expect(clock.pending).toBe(0);
  });
});
