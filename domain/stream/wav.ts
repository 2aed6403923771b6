/** WAV files of PCM16 mono: a 44-byte header in front of the samples, and back. */
import { BYTES_PER_SAMPLE, UPLINK_SAMPLE_RATE_HZ, samplesToBytes } from './audio-format.ts';

export const WAV_HEADER_BYTES = 44;
/** RIFF sizes are 32 bits wide; at 16 kHz that is 37 hours. */
export const MAX_WAV_SAMPLES = Math.floor((0xffff_ffff - WAV_HEADER_BYTES) / BYTES_PER_SAMPLE);

export interface Wav {
  sampleRateHz: number;
  samples: Int16Array;
}

/** The header of a file with `sampleCount` samples (at most MAX_WAV_SAMPLES). */
export function wavHeader(sampleCount: number, sampleRateHz = UPLINK_SAMPLE_RATE_HZ): Uint8Array<ArrayBuffer> {
  const dataBytes = sampleCount * BYTES_PER_SAMPLE;
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const text = (offset: number, value: string) => bytes.set(new TextEncoder().encode(value), offset);
  text(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // size of the format chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * BYTES_PER_SAMPLE, true);
  view.setUint16(32, BYTES_PER_SAMPLE, true);
  view.setUint16(34, BYTES_PER_SAMPLE * 8, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}

export function encodeWav({ samples, sampleRateHz }: Wav): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + samples.byteLength);
  bytes.set(wavHeader(samples.length, sampleRateHz));
  bytes.set(samplesToBytes(samples), WAV_HEADER_BYTES);
  return bytes;
}

/**
 * Walks the chunks of a RIFF file; the samples are a copy. A data chunk that claims more than there is (a recorder that
 * was cut off) yields what is there. @throws RangeError when it is not PCM16 mono.
 */
export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (offset: number) => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new RangeError('Not a WAV file.');
  let sampleRateHz: number | undefined;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    if (tag(offset) === 'fmt ' && body + 16 <= bytes.length) {
      const [format, channels, bits] = [view.getUint16(body, true), view.getUint16(body + 2, true), view.getUint16(body + 14, true)];
      if (format !== 1 || channels !== 1 || bits !== 16) throw new RangeError('Not a PCM16 mono WAV file.');
      sampleRateHz = view.getUint32(body + 4, true);
    } else if (tag(offset) === 'data' && sampleRateHz !== undefined) {
      const available = Math.min(size, bytes.length - body);
      // Not `slice`: a Buffer's would share its memory pool.
      const data = Uint8Array.from(bytes.subarray(body, body + available - (available % BYTES_PER_SAMPLE)));
      return { sampleRateHz, samples: new Int16Array(data.buffer) };
    }
    offset = body + size + (size % 2);
  }
  throw new RangeError('The WAV file has no samples.');
}
