import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWav } from '#domain/stream/wav.ts';
import { findProgram } from '../support/system-tools.ts';
import { readPcmWav } from './pcm-wav.ts';
import { readAudio } from './read-audio.ts';

const ffmpeg = findProgram('ffmpeg');
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-read-audio-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A WAV file of any encoding. */
function wav({ encoding = 1, channels = 1, bits, data }: { encoding?: number; channels?: number; bits: number; data: number[] }): Uint8Array {
  const bytes = encodeWav({ sampleRateHz: 8000, samples: new Int16Array(0) });
  const view = new DataView(bytes.buffer);
  view.setUint16(20, encoding, true);
  view.setUint16(22, channels, true);
  view.setUint16(34, bits, true);
  view.setUint32(40, data.length, true);
  return Uint8Array.from([...bytes, ...data]);
}

describe('a WAV file', () => {
  it('is read at any width', () => {
    expect(readPcmWav(wav({ bits: 8, data: [128, 255, 0] }))!.samples).toEqual(Int16Array.of(0, 127 * 256, -32_768));
    expect(readPcmWav(wav({ bits: 16, data: [1, 0, 0, 128] }))!.samples).toEqual(Int16Array.of(1, -32_768));
    expect(readPcmWav(wav({ bits: 24, data: [0, 1, 0, 255, 255, 255] }))!.samples).toEqual(Int16Array.of(1, -0));
    expect(readPcmWav(wav({ bits: 32, data: [0, 0, 5, 0] }))!.samples).toEqual(Int16Array.of(5));
    expect(readPcmWav(wav({ encoding: 3, bits: 32, data: [...new Uint8Array(Float32Array.of(0.5, 2).buffer)] }))!.samples).toEqual(Int16Array.of(16_384, 32_767));
  });
  it('with several channels becomes their mean', () => {
    expect(readPcmWav(wav({ bits: 16, channels: 2, data: [10, 0, 30, 0, 0, 0, 8, 0] }))).toEqual({ sampleRateHz: 8000, samples: Int16Array.of(20, 4) });
  });
  it('that was cut off gives what is there', () => {
    expect(readPcmWav(wav({ bits: 16, data: [7, 0, 9] }))!.samples).toEqual(Int16Array.of(7));
  });
  it('of another encoding, or none at all, is left to ffmpeg', () => {
    expect(readPcmWav(wav({ encoding: 6, bits: 8, data: [0] }))).toBeNull();
    expect(readPcmWav(new Uint8Array(100))).toBeNull();
  });
  it('comes out at 16 kHz', async () => {
    const file = path.join(folder, 'a.WAV');
    fs.writeFileSync(file, encodeWav({ sampleRateHz: 48_000, samples: new Int16Array(48_000) }));
    expect(await readAudio(file, null)).toHaveLength(16_000);
  });
});

describe('any other recording', () => {
  it('needs ffmpeg, and says how to get it', async () => {
    await expect(readAudio(path.join(folder, 'talk.mp3'), null)).rejects.toThrow('Reading talk.mp3 needs ffmpeg, which is not installed. Install it (on Debian and Ubuntu: apt-get install ffmpeg)');
  });
  it.skipIf(ffmpeg === null)('is decoded by ffmpeg to 16 kHz mono', async () => {
    const file = path.join(folder, 'talk: one.flac');
    spawnSync(ffmpeg!, ['-v', 'error', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100:duration=0.5', '-ac', '2', `file:${file}`]);
    const samples = await readAudio(file, ffmpeg);
    expect(Math.abs(samples.length - 8000)).toBeLessThan(20);
    expect(Math.max(...samples)).toBeGreaterThan(1000);
  });
  it.skipIf(ffmpeg === null)('that is none is refused with what ffmpeg says', async () => {
    const file = path.join(folder, 'talk.ogg');
    fs.writeFileSync(file, 'not a recording');
    await expect(readAudio(file, ffmpeg)).rejects.toThrow('ffmpeg cannot read talk.ogg: ');
  });
});
