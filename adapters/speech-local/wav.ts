/** Reading and writing of plain PCM16 mono WAV files. */

export interface Wav {
  sampleRateHz: number;
  samples: Int16Array;
}

/** Walks the chunks of a RIFF file; the samples are a copy. @throws RangeError when it is not PCM16 mono. */
export function samplesOfWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (offset: number): string => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new RangeError('Not a WAV file.');
  let sampleRateHz = 0;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    if (tag(offset) === 'fmt ') {
      const [format, channels, bits] = [view.getUint16(body, true), view.getUint16(body + 2, true), view.getUint16(body + 14, true)];
      if (format !== 1 || channels !== 1 || bits !== 16) throw new RangeError('Not a PCM16 mono WAV file.');
      sampleRateHz = view.getUint32(body + 4, true);
    } else if (tag(offset) === 'data') {
      const end = Math.min(body + size, bytes.length);
      // Not `slice`: a Buffer's would share its memory pool.
      const data = Uint8Array.from(bytes.subarray(body, end - ((end - body) % 2)));
      return { sampleRateHz, samples: new Int16Array(data.buffer) };
    }
    offset = body + size + (size % 2);
  }
  throw new RangeError('The WAV file has no data.');
}

export function wavOfSamples(samples: Int16Array, sampleRateHz: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.byteLength);
  const view = new DataView(bytes.buffer);
  const write = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), offset);
  write(0, 'RIFF');
  view.setUint32(4, 36 + samples.byteLength, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, samples.byteLength, true);
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 44);
  return bytes;
}
