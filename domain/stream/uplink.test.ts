import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_FRAME_SAMPLES, UPLINK_SAMPLE_RATE_HZ } from './audio-format.ts';
import { FRAME_HEADER_BYTES, decodeUplinkFrame, encodeUplinkFrame } from './frames.ts';
import { GAP_REPEAT_MS, MAX_AHEAD_SAMPLES, MAX_SPEED, Uplink } from './uplink.ts';

/** What the microphone heard: each sample is its own index, so that a misplaced one shows. */
const heard = (firstSample: number, length: number) => Int16Array.from({ length }, (_, index) => (firstSample + index) % 32_768);
const frame = (firstSample: number, length: number) => ({ seq: 0, firstSample, samples: heard(firstSample, length) });

describe('samples are kept once', () => {
  test('[AUD-1] a frame sent again changes nothing', () => {
    const uplink = new Uplink(0, 0);
    expect(uplink.accept(frame(0, 640), 0, 0)).toEqual({ kind: 'accept', samples: heard(0, 640) });
    expect(uplink.accept(frame(0, 640), 0, 0)).toEqual({ kind: 'duplicate' });
    expect(uplink.nextSample).toBe(640);
  });

  test('[AUD-1] of a partial overlap only the new tail is taken', () => {
    const uplink = new Uplink(0, 0);
    uplink.accept(frame(0, 640), 0, 0);
    expect(uplink.accept(frame(320, 640), 0, 0)).toEqual({ kind: 'accept', samples: heard(640, 320) });
  });

  test('[AUD-1] whatever is repeated, overlaps or is missing, what is kept is a prefix of what was heard', () => {
    const anyFrame = fc.record({ firstSample: fc.nat({ max: 5_000 }), length: fc.integer({ min: 1, max: 700 }) });
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 60 }), (frames) => {
        const uplink = new Uplink(0, 0);
        const kept: number[] = [];
        for (const { firstSample, length } of frames) {
          const decision = uplink.accept(frame(firstSample, length), 0, 0);
          if (decision.kind === 'accept') kept.push(...decision.samples);
          if (decision.kind === 'gap') expect(decision.fromSample).toBe(kept.length);
        }
        expect(kept).toEqual([...heard(0, kept.length)]);
        expect(uplink.nextSample).toBe(kept.length);
      }),
    );
  });
});

describe('holes', () => {
  test('[AUD-2] a hole is reported with the first missing sample, and nothing behind it is taken', () => {
    const uplink = new Uplink(0, 0);
    uplink.accept(frame(0, 640), 0, 0);
    expect(uplink.accept(frame(1_280, 640), 0, 0)).toEqual({ kind: 'gap', fromSample: 640, report: true });
    expect(uplink.nextSample).toBe(640);
  });

  test('[AUD-2] the same hole is reported again only after a second', () => {
    const uplink = new Uplink(0, 0);
    const reports = [0, 40, GAP_REPEAT_MS - 1, GAP_REPEAT_MS, GAP_REPEAT_MS + 40].map((nowMs) => uplink.accept(frame(1_280, 640), 0, nowMs));
    expect(reports.map((decision) => decision.kind === 'gap' && decision.report)).toEqual([true, false, false, true, false]);
  });

  test('[AUD-2] a new hole is reported at once', () => {
    const uplink = new Uplink(0, 0);
    uplink.accept(frame(640, 640), 0, 0);
    uplink.accept(frame(0, 640), 0, 10);
    expect(uplink.accept(frame(1_280, 640), 0, 20)).toMatchObject({ fromSample: 640, report: true });
  });
});

describe('speed', () => {
  const second = UPLINK_SAMPLE_RATE_HZ;

  test('[AUD-3] a minute at once is taken, and not a sample more while none of it is stored', () => {
    const uplink = new Uplink(0, 0);
    for (let sample = 0; sample < MAX_AHEAD_SAMPLES; sample += MAX_FRAME_SAMPLES) expect(uplink.accept(frame(sample, MAX_FRAME_SAMPLES), 0, 0).kind).toBe('accept');
    expect(uplink.accept(frame(MAX_AHEAD_SAMPLES, 1), 0, 60_000).kind).toBe('too_fast');
  });

  test('[AUD-3] ten times real time is taken for as long as it lasts', () => {
    const uplink = new Uplink(0, 0);
    for (let step = 0; step < 3_000; step += 1) {
      const samples = (MAX_SPEED * second) / 100;
      expect(uplink.accept(frame(step * samples, samples), step * samples, step * 10).kind).toBe('accept');
    }
  });

  test('[AUD-3] twenty times real time is refused once the burst is used up', () => {
    const uplink = new Uplink(0, 0);
    const kinds = Array.from({ length: 1_000 }, (_, step) => uplink.accept(frame(uplink.nextSample, second / 5), uplink.nextSample, step * 10).kind);
    expect(kinds).toContain('too_fast');
  });
});

describe('frames on the wire', () => {
  test('a frame survives the way through bytes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffffffff }), fc.nat(), fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: MAX_FRAME_SAMPLES }), (seq, firstSample, samples) => {
        const sent = { seq, firstSample, samples: Int16Array.from(samples) };
        expect(decodeUplinkFrame(encodeUplinkFrame(sent))).toEqual(sent);
      }),
    );
  });

  test('no bytes whatever make the parser throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeUplinkFrame(bytes)));
  });

  test.each([
    ['an odd byte', FRAME_HEADER_BYTES + 3, 'frame.malformed'],
    ['no samples', FRAME_HEADER_BYTES, 'frame.malformed'],
    ['less than a header', 7, 'frame.malformed'],
    ['more than 200 ms', FRAME_HEADER_BYTES + (MAX_FRAME_SAMPLES + 1) * 2, 'frame.too_large'],
  ])('a frame with %s is refused', (_, length, problem) => {
    const bytes = new Uint8Array(length);
    bytes[0] = 1;
    expect(decodeUplinkFrame(bytes)).toEqual({ problem });
  });
});
