/** WAV files as recorders write them: PCM of any width, any number of channels. Other encodings are left to ffmpeg. */

export interface MonoAudio {
  sampleRateHz: number;
  samples: Int16Array;
}

const PCM = 1;
const FLOAT = 3;
/** The real format stands in the first two bytes of the sub-format, 24 bytes into the chunk. */
const EXTENSIBLE = 0xfffe;

/** Channels are averaged. Null when the file is no WAV file with PCM or 32-bit float samples. */
export function readPcmWav(bytes: Uint8Array): MonoAudio | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (offset: number) => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return null;
  let format: { channels: number; sampleRateHz: number; read: (offset: number) => number; bytes: number } | null = null;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    if (tag(offset) === 'fmt ' && body + 16 <= bytes.length) {
      const declared = view.getUint16(body, true);
      const encoding = declared === EXTENSIBLE && size >= 40 ? view.getUint16(body + 24, true) : declared;
      const bits = view.getUint16(body + 14, true);
      const read = readerOf(view, encoding, bits);
      const channels = view.getUint16(body + 2, true);
      if (!read || channels === 0) return null;
      format = { channels, sampleRateHz: view.getUint32(body + 4, true), read, bytes: bits / 8 };
    } else if (tag(offset) === 'data' && format) {
      // A recorder that was cut off claims more than there is.
      return mono(body, Math.min(size, bytes.length - body), format);
    }
    offset = body + size + (size % 2);
  }
  return null;
}

function mono(body: number, sizeBytes: number, { channels, sampleRateHz, read, bytes }: { channels: number; sampleRateHz: number; read: (offset: number) => number; bytes: number }): MonoAudio {
  const frameBytes = channels * bytes;
  const samples = new Int16Array(Math.floor(sizeBytes / frameBytes));
  for (let index = 0; index < samples.length; index += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += read(body + index * frameBytes + channel * bytes);
    samples[index] = Math.max(-32_768, Math.min(32_767, Math.round(sum / channels)));
  }
  return { sampleRateHz, samples };
}

/** Reads one sample in the range of 16 bits. */
function readerOf(view: DataView, encoding: number, bits: number): ((offset: number) => number) | null {
  if (encoding === FLOAT && bits === 32) return (offset) => view.getFloat32(offset, true) * 32_768;
  if (encoding !== PCM) return null;
  switch (bits) {
    case 8:
      return (offset) => (view.getUint8(offset) - 128) * 256;
    case 16:
      return (offset) => view.getInt16(offset, true);
    case 24:
      return (offset) => view.getInt16(offset + 1, true) + view.getUint8(offset) / 256;
    case 32:
      return (offset) => view.getInt32(offset, true) / 65_536;
    default:
      return null;
  }
}
