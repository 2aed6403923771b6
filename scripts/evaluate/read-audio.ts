/** Any recording as the engines take it: 16 kHz mono. WAV is read here; everything else by ffmpeg, where it is installed. */
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { resample } from '#domain/speech/resample.ts';
import { UPLINK_SAMPLE_RATE_HZ, bytesToSamples } from '#domain/stream/audio-format.ts';
import { findProgram } from '../support/system-tools.ts';
import { readPcmWav } from './pcm-wav.ts';

export const AUDIO_EXTENSIONS = ['wav', 'flac', 'mp3', 'm4a', 'ogg', 'webm', 'mp4', 'mkv'];

/** @throws Error that says what to do: ffmpeg is missing, or cannot read the file */
export async function readAudio(file: string, ffmpeg: string | null = findProgram('ffmpeg')): Promise<Int16Array> {
  const wav = /\.wav$/i.test(file) ? readPcmWav(await fs.readFile(file)) : null;
  if (wav) return resample(wav.samples, wav.sampleRateHz, UPLINK_SAMPLE_RATE_HZ);
  if (ffmpeg === null) {
    throw new Error(`Reading ${path.basename(file)} needs ffmpeg, which is not installed. Install it (on Debian and Ubuntu: apt-get install ffmpeg), or convert the recording to a PCM WAV file.`);
  }
  return decode(ffmpeg, file);
}

/** PCM carries no times, so a hole in the stream is filled with silence: what comes behind it stays where it was. */
async function decode(ffmpeg: string, file: string): Promise<Int16Array> {
  const child = spawn(ffmpeg, ['-v', 'error', '-nostdin', '-i', `file:${file}`, '-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', String(UPLINK_SAMPLE_RATE_HZ), '-f', 's16le', 'pipe:1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const pieces: Buffer[] = [];
  let complaint = '';
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = `${complaint}${text}`.slice(-500)));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`ffmpeg cannot read ${path.basename(file)}: ${complaint.trim().split('\n').at(-1) ?? `it ended with ${code}`}`);
  return bytesToSamples(Buffer.concat(pieces));
}
