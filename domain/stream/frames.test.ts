import { expect, test } from 'vitest';
import { bytesToSamples, samplesToBytes } from './audio-format.ts';
import { decodeDownlinkFrame, decodeUplinkFrame, encodeDownlinkFrame, encodeUplinkFrame } from './frames.ts';
import { encodeWav, parseWav } from './wav.ts';

const samples = Int16Array.from([1, -2, 3, -32_768, 32_767]);
/** As a network library hands out a message: a Buffer in the middle of what else arrived, at any address. */
function among(bytes: Uint8Array, before: number): Buffer {
  const arrived = Buffer.alloc(before + bytes.length + 7, 0xee);
  arrived.set(bytes, before);
  return arrived.subarray(before, before + bytes.length);
}

test.each([0, 1, 2, 61])('a frame is read right with %i bytes of other messages before it in the same memory', (before) => {
  expect(decodeUplinkFrame(among(encodeUplinkFrame({ seq: 7, firstSample: 640, samples }), before))).toEqual({ seq: 7, firstSample: 640, samples });
  const frame = { utterance: 3, seq: 9, firstSample: 320, last: true, samples };
  expect(decodeDownlinkFrame(among(encodeDownlinkFrame(frame), before))).toEqual(frame);
  expect(bytesToSamples(among(samplesToBytes(samples), before))).toEqual(samples);
  expect(parseWav(among(encodeWav({ samples, sampleRateHz: 16_000 }), before))).toEqual({ sampleRateHz: 16_000, samples });
});
