/** Real senders of real streams, and the real process that takes them in. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { rtmpAvailability } from '#adapters/nginx-rtmp/availability.ts';
import { findRtmpTools } from '#adapters/nginx-rtmp/rtmp-tools.ts';
import { bytesToSamples } from '#domain/stream/audio-format.ts';

/** Why streams cannot be tried here; null: they can. */
export function noRtmp(): string | null {
  const found = findRtmpTools();
  return 'missing' in found ? `needs ${found.missing.join(', ')}` : null;
}

export interface Sender {
  process: ChildProcess;
  /** Its exit code, or null when it was killed. */
  ended: Promise<number | null>;
}

/** What is in the file, as a sender would encode it. */
export function makeRecording(file: string, wav: string): void {
  execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', '-i', wav, '-ar', '44100', '-ac', '2', '-c:a', 'aac', '-b:a', '96k', '-f', 'flv', file]);
}

/** What the recording says when it is simply decoded. */
export function decodeRecording(file: string): Int16Array {
  return bytesToSamples(execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-i', file, '-vn', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', '16000', '-f', 's16le', 'pipe:1'], { maxBuffer: 1e9 }));
}

/** `speed`: a multiple of real time; 0: as fast as it goes. */
export function sendStream(address: string, file: string, speed = 0): Sender {
  const process = spawn('ffmpeg', ['-nostdin', '-loglevel', 'quiet', ...(speed > 0 ? ['-readrate', String(speed)] : []), '-i', file, '-c', 'copy', '-f', 'flv', address], { stdio: 'ignore' });
  return { process, ended: new Promise((resolve) => process.once('exit', resolve)) };
}

export interface IngestProcess {
  process: ChildProcess;
  log(): string;
  nginxPid(): number;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Resolves when streams can come in. */
export async function startIngest(dataDir: string, variables: Record<string, string>): Promise<IngestProcess> {
  const child = spawn(process.execPath, ['workers/meeting-ingest/main.ts'], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: process.env.HOME, SPOOL_DATA_DIR: dataDir, ...variables },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr!.on('data', (data: Buffer) => (log += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The ingest process ended with ${code}:\n${log}`)));
  });
  await vi.waitFor(() => expect(rtmpAvailability(dataDir, Date.now())).toMatchObject({ available: true }), { timeout: 60_000 });
  const signal = async (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
    return ended;
  };
  return {
    process: child,
    log: () => log,
    nginxPid: () => Number(readFileSync(path.join(dataDir, 'ingest/nginx/nginx.pid'), 'utf8')),
    stop: () => signal('SIGTERM'),
    async kill() {
      await signal('SIGKILL');
    },
  };
}

/** What an ingest process that was killed leaves running on purpose. */
export function endNginx(dataDir: string): void {
  const file = path.join(dataDir, 'ingest/nginx/nginx.pid');
  if (!existsSync(file)) return;
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
  } catch {
    // It has ended.
  }
}
