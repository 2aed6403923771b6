import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import { BYTES_PER_SAMPLE } from '../stream/audio-format.ts';
import { authorize } from './authorize.ts';
import { findSession, isOpen } from './context.ts';
import type { SessionContext } from './context.ts';
import type { AudioLog } from './ports.ts';
import type { Session } from './session.ts';
import { MAX_WAV_SAMPLES, WAV_HEADER_BYTES, wavHeader } from './wav.ts';

export const AUDIO_TRACKS = ['user', 'agent', 'mix'] as const;
export type AudioTrack = (typeof AUDIO_TRACKS)[number];
export const getAudioInput = z.strictObject({ track: z.enum(AUDIO_TRACKS).default('user') });

/** Samples read, and held in memory, at a time: 4 s, 128 kB. */
const PIECE_SAMPLES = 64_000;

export interface Recording {
  session: Session;
  sizeBytes: number;
  etag: string;
  /** Bytes [start, end) of the WAV file, in pieces. */
  read(start: number, end: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** One track as a WAV file that is made while it is read. @throws SpoolError `session.not_found` | `recording.not_consented` | `recording.not_found` */
export async function getAudio({
  ctx,
  input,
}: {
  ctx: SessionContext & { audio: AudioLog };
  input: { sessionId: string; track: AudioTrack };
}): Promise<Recording> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  if (!session.consent.recording) throw new SpoolError('recording.not_consented');

  const track = await openTrack(ctx.audio, session, input.track);
  const sampleCount = Math.min(track.sampleCount, MAX_WAV_SAMPLES);
  if (sampleCount === 0) throw new SpoolError('recording.not_found');
  const tag = `"${input.track}-${sampleCount}"`;
  return {
    session,
    sizeBytes: WAV_HEADER_BYTES + sampleCount * BYTES_PER_SAMPLE,
    etag: isOpen(session) || session.status === 'processing' ? `W/${tag}` : tag,
    read: (start, end) => readWav(wavHeader(sampleCount), track.read, start, end),
  };
}

/** Bytes [start, end) of header and samples; a range may begin or end in the middle of a sample. */
async function* readWav(
  header: Uint8Array<ArrayBuffer>,
  readSamples: (from: number, to: number) => Promise<Int16Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (start < WAV_HEADER_BYTES) yield header.slice(start, Math.min(end, WAV_HEADER_BYTES));
  let at = Math.max(start, WAV_HEADER_BYTES) - WAV_HEADER_BYTES;
  const endOfData = end - WAV_HEADER_BYTES;
  while (at < endOfData) {
    const fromSample = Math.floor(at / BYTES_PER_SAMPLE);
    const toSample = Math.min(fromSample + PIECE_SAMPLES, Math.ceil(endOfData / BYTES_PER_SAMPLE));
    const samples = await readSamples(fromSample, toSample);
    if (samples.length < toSample - fromSample) throw new SpoolError('recording.not_found', 'The recording became shorter while it was read.');
    const bytes = new Uint8Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength);
    const piece = bytes.slice(at - fromSample * BYTES_PER_SAMPLE, endOfData - fromSample * BYTES_PER_SAMPLE);
    yield piece;
    at += piece.byteLength;
  }
}

interface OpenTrack {
  sampleCount: number;
  read(fromSample: number, toSample: number): Promise<Int16Array>;
}

async function openTrack(audio: AudioLog, session: Session, track: AudioTrack): Promise<OpenTrack> {
  if (track !== 'user') throw new SpoolError('recording.not_found');
  return { sampleCount: await audio.durableThrough(session.id), read: (from, to) => audio.read(session.id, from, to) };
}
