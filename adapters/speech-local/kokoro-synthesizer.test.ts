import { describe, expect, it } from 'vitest';
import { KOKORO_VOICES, kokoroSpeaker } from './kokoro-synthesizer.ts';

describe('a Kokoro voice', () => {
  it('has the number its archive gives it', () => {
    expect(kokoroSpeaker('am_adam', 11)).toBe(5);
    expect(kokoroSpeaker('am_adam', 53)).toBe(11);
    expect(kokoroSpeaker('bm_lewis', 53)).toBe(27);
    expect(KOKORO_VOICES[53]).toHaveLength(28);
  });

  it('that the archive lacks, or that belongs to another engine, becomes an English one it has', () => {
    expect(kokoroSpeaker(undefined, 11)).toBe(KOKORO_VOICES[11]!.indexOf('af_sarah'));
    expect(kokoroSpeaker('slt', 53)).toBe(KOKORO_VOICES[53]!.indexOf('af_heart'));
    expect(kokoroSpeaker('slt', 103)).toBe(0);
    expect(kokoroSpeaker('slt', 7)).toBe(0);
  });
});
