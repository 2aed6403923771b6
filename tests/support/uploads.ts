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

/** A Matroska file of less than a kilobyte whose sound goes on `laterMs` after it begins; says nothing of its length. */
export function leapingMkv(laterMs: number): Buffer {
  const number = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
  const element = (id: string, ...data: Uint8Array[]) => {
    const body = Buffer.concat(data);
    return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x10 | (body.length >> 24), (body.length >> 16) & 255, (body.length >> 8) & 255, body.length & 255]), body]);
  };
  const rate = Buffer.alloc(8);
  rate.writeDoubleBE(16_000);
  const sound = element('e1', element('b5', rate), element('9f', number(1)), element('6264', number(16)));
  const track = element('ae', element('d7', number(1)), element('73c5', number(1)), element('83', number(2)), element('86', Buffer.from('A_PCM/INT/LIT')), sound);
  const cluster = (ms: number) => element('1f43b675', element('e7', number(ms)), element('a3', Buffer.from([0x81, 0, 0, 0x80]), Buffer.alloc(320, 1)));
  const head = element('1a45dfa3', element('4286', number(1)), element('42f7', number(1)), element('42f2', number(4)), element('42f3', number(8)), element('4282', Buffer.from('matroska')), element('4287', number(4)), element('4285', number(2)));
  return Buffer.concat([head, element('18538067', element('1549a966', element('2ad7b1', number(1_000_000))), element('1654ae6b', track), cluster(0), cluster(laterMs))]);
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
