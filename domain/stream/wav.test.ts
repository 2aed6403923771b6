import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAV_HEADER_BYTES, encodeWav, parseWav, wavHeader } from './wav.ts';

describe('a WAV file', () => {
  it('gives back the samples and the rate it was made of', () => {
    fc.assert(fc.property(fc.int16Array({ maxLength: 500 }), fc.integer({ min: 1, max: 192_000 }), (samples, sampleRateHz) => {
      expect(parseWav(encodeWav({ samples, sampleRateHz }))).toEqual({ samples: Int16Array.from(samples), sampleRateHz });
    }));
  });

  it('has a header of 44 bytes that names both sizes', () => {
    const header = new DataView(wavHeader(1_000).buffer);
    expect([header.byteLength, header.getUint32(4, true), header.getUint32(40, true)]).toEqual([WAV_HEADER_BYTES, 36 + 2_000, 2_000]);
  });

  it('is read past chunks a reader does not know, of odd length too', () => {
    const wav = encodeWav({ samples: Int16Array.from([7, -7]), sampleRateHz: 16_000 });
    const extra = new TextEncoder().encode('LIST\u0003\0\0\0abc\0');
    expect(parseWav(new Uint8Array([...wav.subarray(0, 36), ...extra, ...wav.subarray(36)])).samples).toEqual(Int16Array.from([7, -7]));
  });

  it('that was cut off yields the whole samples that are there', () => {
    const wav = encodeWav({ samples: Int16Array.from([1, 2, 3]), sampleRateHz: 16_000 });
    expect(parseWav(wav.subarray(0, -1)).samples).toEqual(Int16Array.from([1, 2]));
  });

  it('of another kind is refused, whatever its bytes', () => {
    const stereo = wavHeader(0);
    stereo[22] = 2;
    expect(() => parseWav(stereo)).toThrow('Not a PCM16 mono WAV file.');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        parseWav(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }));
  });
});
