/**
 * Binary frames, both directions. 16-byte little-endian header, then PCM16 mono:
 * uplink   u8 type=1 · u8 flags=0 · u16 reserved  · u32 seq · u64 firstSample
 * downlink u8 type=2 · u8 flags   · u16 utterance · u32 seq · u64 firstSample (within the utterance)
 */
import { BYTES_PER_SAMPLE, MAX_FRAME_SAMPLES, bytesToSamples, samplesToBytes } from './audio-format.ts';

export const FRAME_HEADER_BYTES = 16;
export const MAX_FRAME_BYTES = FRAME_HEADER_BYTES + MAX_FRAME_SAMPLES * BYTES_PER_SAMPLE;
const FRAME_TYPE_UPLINK = 1;
export const FRAME_TYPE_DOWNLINK = 2;
const FLAG_LAST_OF_UTTERANCE = 1;

export interface UplinkFrame {
  seq: number;
  /** Index of the frame's first sample on the session's uplink clock. */
  firstSample: number;
  samples: Int16Array;
}
export interface DownlinkFrame {
  utterance: number;
  seq: number;
  /** Index of the frame's first sample within its utterance, at the downlink rate. */
  firstSample: number;
  last: boolean;
  samples: Int16Array;
}
export type FrameProblem = 'frame.malformed' | 'frame.too_large';

export function encodeUplinkFrame(frame: UplinkFrame): Uint8Array {
  return encode(FRAME_TYPE_UPLINK, 0, 0, frame);
}
export function encodeDownlinkFrame(frame: DownlinkFrame): Uint8Array {
  return encode(FRAME_TYPE_DOWNLINK, frame.last ? FLAG_LAST_OF_UTTERANCE : 0, frame.utterance & 0xffff, frame);
}

/** Parses bytes from the network. Never throws: a problem comes back as its error code. */
export function decodeUplinkFrame(bytes: Uint8Array): UplinkFrame | { problem: FrameProblem } {
  if (bytes.byteLength > MAX_FRAME_BYTES) return { problem: 'frame.too_large' };
  const body = bytes.byteLength - FRAME_HEADER_BYTES;
  if (body < BYTES_PER_SAMPLE || body % BYTES_PER_SAMPLE !== 0) return { problem: 'frame.malformed' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== FRAME_TYPE_UPLINK || view.getUint8(1) !== 0) return { problem: 'frame.malformed' };
  const firstSample = Number(view.getBigUint64(8, true));
  if (!Number.isSafeInteger(firstSample)) return { problem: 'frame.malformed' };
  return { seq: view.getUint32(4, true), firstSample, samples: bytesToSamples(bytes.subarray(FRAME_HEADER_BYTES)) };
}

export function decodeDownlinkFrame(bytes: Uint8Array): DownlinkFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    utterance: view.getUint16(2, true),
    seq: view.getUint32(4, true),
    firstSample: Number(view.getBigUint64(8, true)),
    last: (view.getUint8(1) & FLAG_LAST_OF_UTTERANCE) !== 0,
    samples: bytesToSamples(bytes.subarray(FRAME_HEADER_BYTES)),
  };
}

function encode(type: number, flags: number, utterance: number, frame: { seq: number; firstSample: number; samples: Int16Array }): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + frame.samples.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, type);
  view.setUint8(1, flags);
  view.setUint16(2, utterance, true);
  view.setUint32(4, frame.seq >>> 0, true);
  view.setBigUint64(8, BigInt(frame.firstSample), true);
  bytes.set(samplesToBytes(frame.samples), FRAME_HEADER_BYTES);
  return bytes;
}
