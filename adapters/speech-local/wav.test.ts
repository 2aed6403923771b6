import { describe, expect, it } from 'vitest';
import { samplesOfWav, wavOfSamples } from './wav.ts';

describe('WAV files', () => {
  const samples = Int16Array.of(0, 1, -1, 32_767, -32_768);

  it('are read back as they were written, even out of the middle of a shared buffer', () => {
    const file = wavOfSamples(samples, 16_000);
    const pool = Buffer.alloc(1_000, 7);
    pool.set(file, 33);
    expect(samplesOfWav(pool.subarray(33, 33 + file.length))).toEqual({ sampleRateHz: 16_000, samples });
  });

  it('that are cut short give the samples they have', () => {
    expect(samplesOfWav(wavOfSamples(samples, 16_000).subarray(0, 44 + 5)).samples).toEqual(samples.subarray(0, 2));
  });

  it('of another kind are refused', () => {
    expect(() => samplesOfWav(new Uint8Array(100))).toThrow('Not a WAV file.');
    const stereo = wavOfSamples(samples, 16_000);
    stereo[22] = 2;
    expect(() => samplesOfWav(stereo)).toThrow('PCM16 mono');
  });
});
