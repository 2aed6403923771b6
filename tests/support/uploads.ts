/** Recordings as files, made with the installed ffmpeg, and what sends them. */
import { execFile, spawnSync } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SPEECH = path.resolve(import.meta.dirname, '../fixtures/speech');

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0;

/** The path of a spoken fixture, 16 kHz mono. */
export const spokenFile = (id: string): string => path.join(SPEECH, `${id}.wav`);

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=5'];
/** How each kind of file is made of sound at `-i 0`, by its extension. */
const MADE_WITH: Record<string, string[]> = {
  wav: ['-ar', '44100', '-ac', '2'],
  mp3: ['-c:a', 'libmp3lame'],
  m4a: ['-c:a', 'aac'],
  flac: ['-ar', '48000', '-c:a', 'flac'],
  ogg: ['-c:a', 'libvorbis'],
  webm: ['-c:a', 'libopus'],
  mp4: [...PICTURE, '-map', '0:a', '-map', '1:v', '-c:v', 'mpeg4', '-c:a', 'aac', '-shortest'],
  mkv: [...PICTURE, '-map', '0:a', '-map', '1:v', '-c:v', 'mpeg4', '-c:a', 'aac', '-shortest'],
};

/** Makes `<folder>/recording.<extension>` of a sound file. */
export async function makeRecording(folder: string, source: string, extension: string): Promise<string> {
  const file = path.join(folder, `recording.${extension}`);
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', source, ...MADE_WITH[extension]!, file]);
  return file;
}

/** Anything else ffmpeg makes. */
export async function ffmpeg(...args: string[]): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);
}

export interface Sent {
  status: number;
  headers: http.IncomingHttpHeaders;
  code: string | undefined;
}

/** PUTs bytes as they are; with headers a browser would not let one set. */
export function put(url: string, body: Uint8Array, headers: http.OutgoingHttpHeaders = {}, method = 'PUT'): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: headers['transfer-encoding'] ? headers : { 'content-length': body.byteLength, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode!, headers: response.headers, code: text ? (JSON.parse(text) as { code?: string }).code : undefined });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends the head and the first half of a part, and hangs up. Resolves when the server has seen it. */
export function putHalf(url: string, body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'PUT', headers: { 'content-length': body.byteLength }, agent: false });
    request.on('error', reject);
    request.write(body.subarray(0, body.byteLength >> 1), () => {
      request.removeAllListeners('error');
      request.on('error', () => {});
      request.once('close', resolve);
      request.destroy();
    });
  });
}
