import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample, resampled, StreamingResampler } from './resample.ts';

const AMPLITUDE = 12_000;
function tone(frequencyHz: number, rateHz: number, seconds = 0.5): Int16Array {
  return Int16Array.from({ length: Math.round(rateHz * seconds) }, (_, i) => Math.round(AMPLITUDE * Math.sin((2 * Math.PI * frequencyHz * i) / rateHz)));
}
const middle = (samples: Int16Array) => samples.subarray(Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4));
const powerOf = (samples: ArrayLike<number>) => Array.from(samples).reduce((sum, value) => sum + value * value, 0) / samples.length;
const decibels = (a: number, b: number) => 10 * Math.log10(a / b);

const RATES = [[24_000, 16_000], [16_000, 24_000], [22_050, 16_000], [8_000, 16_000], [48_000, 16_000], [16_000, 48_000], [44_100, 16_000]] as const;

describe('speech at another rate', () => {
  it.each(RATES)('%i Hz to %i Hz keeps a 1 kHz and a 3 kHz tone with more than 60 dB to the error', (fromHz, toHz) => {
    for (const frequencyHz of [1000, 3000]) {
      const got = middle(resample(tone(frequencyHz, fromHz), fromHz, toHz));
      const want = middle(tone(frequencyHz, toHz));
      const error = got.map((value, i) => value - want[i]!);
      expect(decibels(powerOf(want), powerOf(error))).toBeGreaterThan(60);
    }
  });
  it('lets no tone above the new limit fold back', () => {
    const folded = middle(resample(tone(10_000, 24_000), 24_000, 16_000));
    expect(decibels(AMPLITUDE ** 2 / 2, Math.max(powerOf(folded), 1e-9))).toBeGreaterThan(60);
  });
  it.each(RATES)('%i Hz to %i Hz keeps the length', (fromHz, toHz) => {
    for (const length of [0, 1, 7, 1000, 12_345]) expect(resample(new Int16Array(length), fromHz, toHz)).toHaveLength(Math.ceil((length * toHz) / fromHz));
  });
  it('keeps a constant, full scale included, without overflow', () => {
    expect(new Set(middle(resample(new Int16Array(4000).fill(32_767), 24_000, 16_000)))).toEqual(new Set([32_767]));
  });
  it('gives the same samples however the stream was cut', () => {
    fc.assert(
      fc.property(fc.int16Array({ maxLength: 400 }), fc.array(fc.nat({ max: 90 }), { minLength: 1 }), fc.constantFrom(...RATES), (samples, cuts, [fromHz, toHz]) => {
        const resampler = new StreamingResampler(fromHz, toHz);
        const out: number[] = [];
        for (let at = 0, i = 0; at < samples.length; i++) {
          const size = cuts[i % cuts.length]! + 1;
          out.push(...resampler.push(samples.subarray(at, at + size)));
          at += size;
        }
        out.push(...resampler.end());
        expect(out).toEqual([...resample(samples, fromHz, toHz)]);
      }),
      { numRuns: 200 },
    );
  });
  it('streams pieces and leaves equal rates alone', async () => {
    async function* pieces() {
      yield Int16Array.of(1, 2, 3);
      yield Int16Array.of(4);
    }
    const same: number[] = [];
    for await (const piece of resampled(pieces(), 16_000, 16_000)) same.push(...piece);
    expect(same).toEqual([1, 2, 3, 4]);
    let doubled = 0;
    for await (const piece of resampled(pieces(), 8_000, 16_000)) doubled += piece.length;
    expect(doubled).toBe(8);
  });
  it('refuses rates that are none', () => {
    expect(() => resample(new Int16Array(1), 0, 16_000)).toThrow(RangeError);
  });
});
