/** A whole recording through the local engines, cut where a meeting would be cut, with its speakers where their models are. */
import { createLocalDiarizer, createLocalSpeech } from '#adapters/speech-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import type { HeardSegment } from '#domain/evaluation/evaluate-transcript.ts';
import { TURN_POLICIES } from '#domain/session/turn-taking.ts';
import { VAD_WINDOW_SAMPLES, type Transcriber, type VoiceDetector } from '#domain/speech/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples, samplesToMs } from '#domain/stream/audio-format.ts';
import { Hearing } from '#realtime-server/hearing.ts';
import { SegmentTranscriber } from '#realtime-server/segment-transcriber.ts';
import { nameSpeakers } from './name-speakers.ts';

/** 16 kHz mono in, what was said out, in order. */
export type TranscribeFile = (samples: Int16Array) => Promise<{ segments: HeardSegment[] }>;

export interface FileTranscriber {
  /** e.g. `moonshine-tiny`. */
  engine: string;
  /** Whether segments have speakers. */
  tellsSpeakers: boolean;
  transcribeFile: TranscribeFile;
  stop(): Promise<void>;
}

const policy = TURN_POLICIES.meeting;
/** So much is judged before it is asked whether a pause is long enough: 128 ms. */
const STEP_SAMPLES = 4 * VAD_WINDOW_SAMPLES;
/** Room behind the last voice, as in a live session. */
const TAIL_SAMPLES = 0.3 * UPLINK_SAMPLE_RATE_HZ;
const SESSION_ID = 'evaluation';

/** The engines that come with Spool, or the better ones in `<dataDir>/models`. @throws SpoolError `engine.*` */
export async function openFileTranscriber({ dataDir, cpuCount }: { dataDir: string; cpuCount: number }): Promise<FileTranscriber> {
  const speech = createLocalSpeech({ dataDir, cpuCount });
  const diarizer = createLocalDiarizer({ dataDir });
  const { transcriber, voiceDetector } = speech;
  return {
    engine: diarizer ? `${transcriber.name}, ${diarizer.name}` : transcriber.name,
    tellsSpeakers: diarizer !== null,
    async transcribeFile(samples) {
      const segments = await write(samples, await cut(samples, voiceDetector), transcriber, cpuCount);
      return { segments: diarizer ? await nameSpeakers(samples, segments, diarizer) : segments };
    },
    stop: async () => void (await Promise.all([speech.stop(), diarizer?.stop()])),
  };
}

interface Piece {
  startSample: number;
  /** Behind the last voice, or where a segment without pause was cut. */
  endSample: number;
  /** What the engine gets: with the pre-roll and a little silence. */
  fromSample: number;
  toSample: number;
}

async function cut(samples: Int16Array, detector: VoiceDetector): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let open: { startSample: number; fromSample: number; pausedAt: number | null } | null = null;
  let failure: unknown = null;
  const close = (endSample: number, toSample: number) => {
    if (open) pieces.push({ startSample: open.startSample, fromSample: open.fromSample, endSample, toSample: Math.min(toSample, samples.length) });
    open = null;
  };
  const hearing = new Hearing({
    sessionId: SESSION_ID,
    policy,
    detector,
    clock: systemClock,
    fromSample: 0,
    onFailure: (error) => (failure ??= error),
    onEvent: (event) => {
      if (event.type === 'speech.started') open = { startSample: event.sample, fromSample: event.segmentStart, pausedAt: null };
      else if (event.type === 'speech.paused' && open) open.pausedAt = event.endSample;
      else if (event.type === 'speech.resumed' && open) open.pausedAt = null;
      else if (event.type === 'speech.cut') {
        close(event.sample, event.sample);
        open = { startSample: event.sample, fromSample: event.sample, pausedAt: null };
      } else if (event.type === 'listened' && open !== null && open.pausedAt !== null) {
        const { pausedAt, startSample } = open;
        const long = pausedAt - startSample >= msToSamples(policy.segmentCutMs);
        if (!long && event.throughSample - pausedAt < msToSamples(policy.completeSilenceMs)) return;
        close(pausedAt, pausedAt + TAIL_SAMPLES);
        hearing.closeSegment(pausedAt);
      }
    },
  });
  try {
    // The silence behind the end closes what is still open there.
    const padded = Math.ceil((samples.length + msToSamples(2 * policy.completeSilenceMs)) / STEP_SAMPLES) * STEP_SAMPLES;
    for (let start = 0; start < padded; start += STEP_SAMPLES) {
      const step = new Int16Array(STEP_SAMPLES);
      step.set(samples.subarray(start, start + STEP_SAMPLES));
      hearing.push(step);
      await hearing.drained();
      // Loudness standing in for a detector would be another measurement.
      if (failure !== null) throw failure;
    }
  } finally {
    hearing.close();
  }
  return pieces;
}

/** As many pieces at once as there are engines to work on them. @throws what the engine threw, after its attempts */
async function write(samples: Int16Array, pieces: readonly Piece[], transcriber: Transcriber, cpuCount: number): Promise<HeardSegment[]> {
  const texts = pieces.map(() => '');
  const stopping = new AbortController();
  let failure: unknown = null;
  const segments = new SegmentTranscriber({
    sessionId: SESSION_ID,
    transcriber,
    clock: systemClock,
    preRollSamples: msToSamples(policy.preRollMs),
    signal: stopping.signal,
    kept: (start, end) => samples.slice(start, end),
    stored: async (start, end) => samples.slice(start, end),
    heardThroughSample: () => samples.length,
    onText: (index, _endSample, _final, text) => (texts[Number(index)] = text),
    onFailure: (_index, _endSample, _final, error) => {
      failure ??= error;
      stopping.abort(error);
    },
  });
  let next = 0;
  const work = async () => {
    for (let index = next++; index < pieces.length && failure === null; index = next++) {
      const { fromSample, toSample } = pieces[index]!;
      await segments.transcribe(String(index), fromSample, toSample, 'final');
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(2, cpuCount)) }, work));
  if (failure !== null) throw failure;
  return pieces.map(({ startSample, endSample }, index) => ({ startMs: samplesToMs(startSample), endMs: samplesToMs(endSample), text: texts[index]! })).filter(({ text }) => text !== '');
}
