/**
 * Recordings of strangers, read with ffmpeg. A file may lie about everything, so it is opened by the demuxer its first
 * bytes ask for and by no other, as a file and by no other protocol, with decoders of sound alone, in a process with
 * little memory, no right to write files, and nothing of our environment; started by root, it runs as the file's owner.
 */
import { spawn } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { AudioDecoder } from '#domain/meetings/uploads/ports.ts';
import { MAX_RECORDING_MS, longestRecordingMs } from '#domain/meetings/uploads/limits.ts';
import { UPLINK_SAMPLE_RATE_HZ, bytesToSamples, msToSamples } from '#domain/stream/audio-format.ts';
import { sniffContainer } from './sniff-container.ts';
import type { Container } from './sniff-container.ts';

type Child = ChildProcessByStdio<null, Readable, null>;

/** Headers and a seek; only a broken disk takes longer. */
const PROBE_TIMEOUT_MS = 60_000;
/** Of ffprobe's answer: a few streams. A file may claim to have thousands. */
const MAX_PROBE_BYTES = 256 * 1024;
/** Virtual memory in KiB: ffmpeg's libraries take about 300 MiB of it, and decoding sound little more. */
const MEMORY_KIB = 1_500_000;
/** Processor seconds: 24 h of AAC take about 300 on one core of 2015. */
const CPU_S = 3_600;
/** Whatever a recorder, a phone or a conference writes as sound. Pictures have no decoder here. */
const CODECS = [
  'aac', 'aac_fixed', 'aac_latm', 'mp3float', 'mp3', 'mp2float', 'mp2', 'flac', 'vorbis', 'libvorbis', 'opus', 'libopus', 'alac', 'ac3', 'eac3', 'libspeex', 'speex',
  'amrnb', 'amrwb', 'adpcm_ms', 'adpcm_ima_wav', 'adpcm_ima_qt', 'gsm_ms', 'pcm_u8', 'pcm_alaw', 'pcm_mulaw',
  ...['s16', 's24', 's32', 'f32', 'f64'].flatMap((format) => [`pcm_${format}le`, `pcm_${format}be`]),
];

/** Limits a system does not know (macOS has no -v) are left out; the others hold all the same. */
const LIMITED = `ulimit -v ${MEMORY_KIB} 2>/dev/null; ulimit -t ${CPU_S} 2>/dev/null; ulimit -f 0 2>/dev/null; ulimit -c 0 2>/dev/null; exec nice -n 10 "$0" "$@"`;
/** Of the shell: the command does not exist. */
const NOT_FOUND = 127;

const seconds = z.coerce.number().nonnegative().optional().catch(undefined);
const probeSchema = z.object({
  streams: z.array(z.object({ codec_type: z.string().optional(), duration: seconds })).default([]),
  format: z.object({ duration: seconds }).default({}),
});

export interface FfmpegPrograms {
  ffmpeg: string;
  ffprobe: string;
}

export function createFfmpegDecoder({ clock, programs = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' } }: { clock: Clock; programs?: FfmpegPrograms }): AudioDecoder {
  return {
    async probe(file, signal) {
      const container = await containerIn(file);
      const source = await openSource(file);
      // Without a look at the packets: what the header says is enough, and nothing is decoded for it.
      const child = start(programs.ffprobe, source, signal, (name) => ['-v', 'error', '-nofind_stream_info', ...input(container, name), '-show_entries', 'stream=codec_type,duration:format=duration', '-of', 'json']);
      const stop = () => child.kill('SIGKILL');
      const cancel = clock.schedule(PROBE_TIMEOUT_MS, stop);
      signal.addEventListener('abort', stop, { once: true });
      try {
        const ended = endOf(child);
        const text = await textOf(child);
        const { code } = await ended;
        signal.throwIfAborted();
        if (code === NOT_FOUND) throw new SpoolError('ffmpeg.missing');
        const parsed = code === 0 ? probeSchema.safeParse(parseJson(text)) : null;
        if (!parsed?.success) throw new SpoolError('upload.unreadable', 'ffprobe cannot read an uploaded file.');
        return lengthOf(parsed.data);
      } finally {
        cancel();
        signal.removeEventListener('abort', stop);
      }
    },

    async *decode(file, signal) {
      const container = await containerIn(file);
      const source = await openSource(file);
      const longestMs = longestRecordingMs(source.sizeBytes);
      const child = start(programs.ffmpeg, source, signal, (name) => [
        ...['-nostdin', '-hide_banner', '-loglevel', 'fatal', '-filter_threads', '1', '-codec_whitelist', CODECS.join(',')],
        ...input(container, name),
        // Times in which the file has no sound stay as silence, so that words lie where they lie in the video.
        ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-af', `aresample=${UPLINK_SAMPLE_RATE_HZ}:async=1:first_pts=0`, '-ac', '1', '-ar', String(UPLINK_SAMPLE_RATE_HZ)],
        ...['-t', String(longestMs / 1000), '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1'],
      ]);
      const ended = endOf(child);
      const stop = () => child.kill('SIGKILL');
      signal.addEventListener('abort', stop, { once: true });
      try {
        let samples = 0;
        for await (const piece of wholeSamples(child.stdout)) {
          samples += piece.length;
          yield piece;
        }
        const { code, killed } = await ended;
        signal.throwIfAborted();
        if (code === NOT_FOUND) throw new SpoolError('ffmpeg.missing');
        // By the system, for want of memory, or by whoever stops this machine: another time it may do better.
        if (killed) throw new SpoolError('unavailable', 'ffmpeg was killed.');
        if (code !== 0) throw new SpoolError('upload.damaged', 'ffmpeg gave up in the middle of an uploaded file.');
        if (longestMs < MAX_RECORDING_MS && samples >= msToSamples(longestMs)) throw new SpoolError('upload.damaged', 'An uploaded file claims to be longer than its size can hold.');
      } finally {
        signal.removeEventListener('abort', stop);
        stop();
        await ended.catch(() => {});
      }
    },
  };
}

async function containerIn(file: string): Promise<Container> {
  const container = await sniffContainer(file);
  if (!container) throw new SpoolError('upload.unreadable', 'An uploaded file begins like none that we take.');
  return container;
}

/** `-format_whitelist` holds for what a container might open inside of itself. */
function input(container: Container, file: string): string[] {
  return ['-threads', '1', '-protocol_whitelist', 'file', '-format_whitelist', container, '-f', container, '-i', `file:${file}`];
}

interface Source {
  /** Under which the program finds the file: its own, or, where its owner could not climb to it, that of an open one. */
  name: string;
  sizeBytes: number;
  handle: FileHandle | null;
  owner: { uid: number; gid: number } | Record<never, never>;
}

async function openSource(file: string): Promise<Source> {
  const { size: sizeBytes, uid, gid } = await stat(file);
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || uid === 0) return { name: file, sizeBytes, handle: null, owner: {} };
  return { name: '/proc/self/fd/0', sizeBytes, handle: await open(file, 'r'), owner: { uid, gid } };
}

/** The source is the child's from then on. @throws the signal's reason when aborted */
function start(program: string, { name, handle, owner }: Source, signal: AbortSignal, argsFor: (name: string) => string[]): Child {
  try {
    signal.throwIfAborted();
    const args = ['-c', LIMITED, program, ...argsFor(name)];
    return spawn('/bin/sh', args, { stdio: [handle ? handle.fd : 'ignore', 'pipe', 'ignore'], env: { PATH: PATH_OF_PROGRAMS, LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv, cwd: '/', ...owner }) as Child;
  } finally {
    handle?.close().catch(() => {});
  }
}
/** Where package managers put ffmpeg; the house reads the environment in one place only, and that is not here. */
const PATH_OF_PROGRAMS = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/snap/bin';

function endOf(child: Child): Promise<{ code: number | null; killed: boolean }> {
  const ended = new Promise<{ code: number | null; killed: boolean }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve({ code, killed: killedBy === 'SIGKILL' || killedBy === 'SIGTERM' }));
  });
  // Asked for only once its output has been read; a failure before that would end this process.
  ended.catch(() => {});
  return ended;
}

async function textOf(child: Child): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_PROBE_BYTES) child.kill('SIGKILL');
    else chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function lengthOf({ streams, format }: z.infer<typeof probeSchema>): { durationMs: number | null; exact: boolean } {
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  if (!audio) throw new SpoolError('upload.no_audio');
  const lengthS = audio.duration ?? format.duration;
  if (lengthS === undefined) return { durationMs: null, exact: false };
  if (lengthS * 1000 > MAX_RECORDING_MS) throw new SpoolError('upload.too_long');
  return { durationMs: Math.round(lengthS * 1000), exact: audio.duration !== undefined };
}

/** A pipe breaks anywhere: half a sample waits for its other half. */
async function* wholeSamples(stdout: Readable): AsyncGenerator<Int16Array> {
  let half: Buffer = Buffer.alloc(0);
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    const bytes = half.byteLength > 0 ? Buffer.concat([half, chunk]) : chunk;
    const whole = bytes.byteLength & ~1;
    half = Buffer.from(bytes.subarray(whole));
    if (whole > 0) yield bytesToSamples(bytes.subarray(0, whole));
  }
}
