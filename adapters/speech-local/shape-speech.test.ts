import { describe, expect, it } from 'vitest';
import { levelDbfs } from '#domain/speech/energy-gate.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import { atLevel, concatSamples, noise, silence } from '#tests/support/speech.ts';
import { CLAUSE_PAUSE_MS, LEADING_SILENCE_MS, SENTENCE_PAUSE_MS, shapeSpeech } from './shape-speech.ts';

const voice = (levelDb: number): Int16Array => noise(500, levelDb, 4);
const lengthMs = (samples: Int16Array): number => samples.length / 16;

describe('shaping of synthesized speech', () => {
  it('keeps next to no silence before the speech and a short pause after a clause', () => {
    const shaped = shapeSpeech(concatSamples(silence(250), voice(-20), silence(300)), 16_000, false);
    expect(lengthMs(shaped)).toBe(LEADING_SILENCE_MS + 500 + CLAUSE_PAUSE_MS);
    expect(shaped.subarray(0, msToSamples(LEADING_SILENCE_MS)).every((sample) => sample === 0)).toBe(true);
  });

  it('pauses longer after a sentence, adding silence when the voice left none', () => {
    const shaped = shapeSpeech(voice(-20), 16_000, true);
    expect(lengthMs(shaped)).toBe(500 + SENTENCE_PAUSE_MS);
  });

  it('raises a quiet voice and never beyond full scale', () => {
    const shaped = shapeSpeech(voice(-38), 16_000, false);
    expect(levelDbfs(shaped, 0, msToSamples(500))).toBeCloseTo(-20, 0);
    const spiky = atLevel(voice(-20), -40);
    spiky[100] = 30_000;
    expect(Math.max(...shapeSpeech(spiky, 16_000, false))).toBeLessThanOrEqual(30_000);
  });

  it('leaves a loud voice as it is', () => {
    const loud = voice(-15);
    expect(shapeSpeech(loud, 16_000, false).subarray(0, loud.length)).toEqual(loud);
  });

  it('makes nothing out of silence', () => {
    expect(shapeSpeech(silence(500), 16_000, true)).toHaveLength(0);
    expect(shapeSpeech(new Int16Array(0), 16_000, true)).toHaveLength(0);
  });
});
