import { z } from 'zod';
import type { PersonActor } from '../actor.ts';
import { SpoolError } from '../errors.ts';
import { BYTES_PER_SAMPLE } from '../stream/audio-format.ts';
import { MAX_WAV_SAMPLES, WAV_HEADER_BYTES, wavHeader } from '../stream/wav.ts';
import { authorize } from './authorize.ts';
import { findSession, found } from './context.ts';
import type { SessionContext } from './context.ts';
import type { AudioLog } from './ports.ts';
import { RECORDING_TRACKS, planTracks, renderTrack, trackLength } from './recording-tracks.ts';
import type { RecordingTrack } from './recording-tracks.ts';
import { isFinished } from './session-status.ts';
import type { Session, SessionEvent } from './session.ts';

export const getAudioInput = z.strictObject({ track: z.enum(RECORDING_TRACKS).default('user') });
export type AudioContext = SessionContext & { audio: AudioLog };

/** Samples read, and held in memory, at a time: 4 s, 128 kB. */
const PIECE_SAMPLES = 64_000;
const EVENTS_PER_READ = 5_000;
const NOT_KEPT = 'The sound of this session is not kept any more. Its words are still here.';

export interface Recording {
  session: Session;
  sizeBytes: number;
  etag: string;
  /** Where storage serves this file itself, for a while; null where it does not. The title is not in it: addresses get around. */
  address(): Promise<string | null>;
  /** Bytes [start, end) of the WAV file, in pieces. */
  read(start: number, end: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** One track as a WAV file that is made while it is read. @throws SpoolError `session.not_found` | `recording.not_consented` | `recording.not_found` */
export async function getAudio({
  ctx,
  input,
}: {
  ctx: AudioContext;
  input: { sessionId: string; track: RecordingTrack };
}): Promise<Recording> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  if (!session.consent.recording) throw new SpoolError('recording.not_consented');

  const track = await openTrack(ctx, person, session.id, input.track);
  if (track.userLength === 0 && (await isGone(ctx, person, session))) throw new SpoolError('recording.not_found', 'The recording is gone.', { personMessage: NOT_KEPT });
  const sampleCount = Math.min(track.sampleCount, MAX_WAV_SAMPLES);
  if (sampleCount === 0) throw new SpoolError('recording.not_found');
  const tag = `"${input.track}-${sampleCount}-${track.revision}"`;
  return {
    session,
    sizeBytes: WAV_HEADER_BYTES + sampleCount * BYTES_PER_SAMPLE,
    etag: isFinished(session.status) ? tag : `W/${tag}`,
    address: async () => (input.track === 'user' && (await ctx.audio.recordingAddress?.(session.id, { disposition: 'inline; filename="recording.wav"' }))) || null,
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

/** Erasing removes sound together with its session. Where only the sound is missing, it was kept for as long as the operator keeps any. */
async function isGone(ctx: AudioContext, person: PersonActor, session: Session): Promise<boolean> {
  if (!isFinished(session.status) || session.durationMs === 0) return false;
  // Who only typed was never recorded; the interviewer may have been.
  const [first] = planTracks(await allEvents(ctx, person, session.id));
  return first === undefined || (await ctx.audio.readUtterance(session.id, first.utterance)) === null;
}

interface OpenTrack {
  userLength: number;
  sampleCount: number;
  /** Changes whenever samples already counted may have changed. */
  revision: string;
  read(fromSample: number, toSample: number): Promise<Int16Array>;
}

async function openTrack(ctx: AudioContext, person: PersonActor, sessionId: string, track: RecordingTrack): Promise<OpenTrack> {
  const userLength = await ctx.audio.durableThrough(sessionId);
  const readUser = (from: number, to: number) => ctx.audio.read(sessionId, from, to);
  if (track === 'user') return { userLength, sampleCount: userLength, revision: '0', read: readUser };

  const placements = planTracks(await allEvents(ctx, person, sessionId));
  const readUtterance = lastOnly((utterance) => ctx.audio.readUtterance(sessionId, utterance));
  return {
    userLength,
    sampleCount: trackLength(track, userLength, placements),
    revision: String(placements.length),
    read: (fromSample, toSample) => renderTrack({ track, userLength, placements, readUser, readUtterance, fromSample, toSample }),
  };
}

async function allEvents(ctx: AudioContext, person: PersonActor, sessionId: string): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  for (;;) {
    const page = found(await ctx.sessions.events(person, sessionId, events.at(-1)?.seq ?? 0, EVENTS_PER_READ));
    events.push(...page);
    if (page.length < EVENTS_PER_READ) return events;
  }
}

/** An utterance often reaches over several pieces; the one read last is kept. */
function lastOnly(read: (utterance: number) => Promise<Int16Array | null>): (utterance: number) => Promise<Int16Array | null> {
  let kept: { utterance: number; samples: Int16Array | null } | undefined;
  return async (utterance) => {
    if (kept?.utterance !== utterance) kept = { utterance, samples: await read(utterance) };
    return kept.samples;
  };
}
