import { describe, expect, test } from 'vitest';
import { VAD_WINDOW_SAMPLES } from '../speech/ports.ts';
import { msToSamples, samplesToMs } from '../stream/audio-format.ts';
import { Segmenter, type SpeechEvent } from './segmenter.ts';
import { TURN_POLICIES } from './turn-taking.ts';

const policy = TURN_POLICIES.onboarding;
const WINDOW_MS = samplesToMs(VAD_WINDOW_SAMPLES);

/** Voice (`#`) and silence (`.`), one window each, as the detector would judge them. */
class Ear {
  readonly segmenter = new Segmenter(policy);
  readonly events: SpeechEvent[] = [];
  sample = 0;

  hears(pattern: string, power = 1): this {
    for (const mark of pattern) {
      this.events.push(...this.segmenter.window(this.sample, mark === '#', mark === '#' ? power : 0));
      this.sample += VAD_WINDOW_SAMPLES;
    }
    return this;
  }
  voice(ms: number, power?: number): this {
    return this.hears('#'.repeat(Math.ceil(ms / WINDOW_MS)), power);
  }
  silence(ms: number): this {
    return this.hears('.'.repeat(Math.ceil(ms / WINDOW_MS)));
  }
  get types(): string[] {
    return this.events.map((event) => event.type);
  }
}

test('[SEG-1] speech starts once it has lasted, at its true beginning, with the pre-roll before it', () => {
  const ear = new Ear().silence(1_000);
  const began = ear.sample;
  ear.voice(policy.minSpeechMs);
  expect(ear.events).toEqual([{ type: 'speech.started', sample: began, segmentStart: began - msToSamples(policy.preRollMs) }]);
});

test('[SEG-1] the pre-roll does not reach into what was transcribed before', () => {
  const ear = new Ear().voice(500).silence(policy.suspicionMs);
  const floor = ear.sample;
  ear.segmenter.close(floor);
  ear.silence(64).voice(200);
  expect(ear.events.at(-1)).toMatchObject({ type: 'speech.started', segmentStart: floor });
});

test('[SEG-1] at the very beginning of a session the segment starts at sample 0', () => {
  expect(new Ear().voice(200).events).toEqual([{ type: 'speech.started', sample: 0, segmentStart: 0 }]);
});

describe('[SEG-2] clicks', () => {
  test('[SEG-2] a click is no speech', () => {
    expect(new Ear().hears('..#......#.....##....').types).toEqual([]);
  });
  test('[SEG-2] a click in a pause does not end it', () => {
    const ear = new Ear().voice(500).silence(policy.suspicionMs).hears('..#...##....');
    expect(ear.types).toEqual(['speech.started', 'speech.paused']);
  });
});

test('a pause is reported with the end of the last voice', () => {
  const ear = new Ear().voice(500);
  const endSample = ear.sample;
  ear.silence(policy.suspicionMs);
  expect(ear.events.at(-1)).toEqual({ type: 'speech.paused', endSample });
});

test('gaps between syllables are no pause', () => {
  expect(new Ear().hears('######..#####...####.######').types).toEqual(['speech.started']);
});

test('speech that goes on after a pause is the same segment', () => {
  const ear = new Ear().voice(500).silence(policy.suspicionMs + 300);
  const resumed = ear.sample;
  ear.voice(policy.minSpeechMs).silence(policy.suspicionMs);
  expect(ear.types).toEqual(['speech.started', 'speech.paused', 'speech.resumed', 'speech.paused']);
  expect(ear.events[2]).toEqual({ type: 'speech.resumed', sample: resumed });
});

test('[SEG-3] speech without a pause is cut at its quietest point, below the limit, and goes on', () => {
  const ear = new Ear().voice(policy.segmentMaxMs - 2_000, 10);
  const quiet = ear.sample;
  ear.voice(WINDOW_MS, 1).voice(2_000, 10);
  expect(ear.events[1]).toEqual({ type: 'speech.cut', sample: quiet + VAD_WINDOW_SAMPLES / 2 });
  expect(ear.segmenter.active).toBe(true);
  ear.voice(policy.segmentMaxMs, 10);
  expect(ear.types.filter((type) => type === 'speech.cut')).toHaveLength(2);
});

test('[SEG-3] a pause does not let a segment grow beyond the limit', () => {
  const ear = new Ear();
  for (let spoken = 0; spoken < policy.segmentMaxMs * 2; spoken += 1_000) ear.voice(1_000).silence(policy.suspicionMs + 64);
  const starts = [0, ...ear.events.flatMap((event) => (event.type === 'speech.cut' ? [event.sample] : []))];
  const lengths = starts.slice(1).map((start, index) => samplesToMs(start - starts[index]!));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(policy.segmentMaxMs);
});
