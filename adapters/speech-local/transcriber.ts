/** Moonshine as the `Transcriber` of a process: guards → fair queue → the next free inference child. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Transcriber, Transcription, TranscriptionPurpose, TranscriptionRequest } from '#domain/speech/ports.ts';
import { TranscriptionQueue } from '#domain/speech/transcription-queue.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import { InferenceChild } from './inference-child.ts';
import type { TranscribeAnswer } from './inference-messages.ts';
import type { FoundMoonshine } from './model-files.ts';
import { implausibleReason, type ImplausibleReason } from './repetition-guard.ts';
import type { SpeechLog } from './speech-log.ts';

/** Moonshine repeats itself past about 30 s (docs/engines.md); 25 s keeps clear of that. */
export const MAX_SEGMENT_MS = 25_000;
/** Shorter than any syllable: the model has nothing to work on. */
const MIN_SEGMENT_MS = 100;
/** Peak below −60 dBFS: a muted or idle microphone, not a quiet person (whose peaks lie above −40 dBFS). */
const SILENT_PEAK = 33;
/** The slowest machine in mind decodes at real time; beyond that the child is taken for hung. */
const DECODE_TIMEOUT_BASE_MS = 30_000;

export interface TranscriptionMetrics {
  purpose: TranscriptionPurpose;
  queueMs: number;
  decodeMs: number;
  audioMs: number;
  /** Why a text was thrown away, when it was. */
  discarded?: ImplausibleReason;
}

export interface MoonshineOptions {
  model: FoundMoonshine;
  /** Inference children, each with a recognizer of about 250 MB. */
  children: number;
  background?: boolean;
  clock: Clock;
  log: SpeechLog;
  onTranscribed?(metrics: TranscriptionMetrics): void;
}

export interface LocalTranscriber extends Transcriber {
  /** Loads every child and decodes a second of silence, so that the first person waits for neither. */
  warmUp(): Promise<void>;
  /** Process ids of the running children, for measurements and crash tests. */
  pids(): number[];
  /** Resident memory of the children, in bytes. */
  rssBytes(): Promise<number>;
  stop(): Promise<void>;
}

export function createMoonshineTranscriber(options: MoonshineOptions): LocalTranscriber {
  const { clock, log, model } = options;
  const children = Array.from({ length: options.children }, () => new InferenceChild({ spec: { engine: 'moonshine', model: model.files }, clock, log, background: options.background }));
  const free = [...children];

  async function decode(request: TranscriptionRequest): Promise<TranscribeAnswer> {
    const child = free.pop()!;
    try {
      const timeoutMs = DECODE_TIMEOUT_BASE_MS + samplesToMs(request.samples.length);
      return await child.request<TranscribeAnswer>({ op: 'transcribe', samples: request.samples }, { timeoutMs });
    } finally {
      free.push(child);
    }
  }

  const queue = new TranscriptionQueue<Transcription>({
    slots: children.length,
    clock,
    async run(request, queueMs) {
      const answer = await decode(request);
      const audioMs = samplesToMs(request.samples.length);
      const discarded = implausibleReason(answer.text, audioMs);
      if (discarded) log.info({ sessionId: request.sessionId, reason: discarded, audioMs }, 'Implausible transcription was discarded.');
      options.onTranscribed?.({ purpose: request.purpose, queueMs, decodeMs: answer.decodeMs, audioMs, ...(discarded ? { discarded } : {}) });
      if (!discarded) return answer;
      return { text: '', decodeMs: answer.decodeMs, suppressed: { text: answer.text, reason: discarded } };
    },
  });

  return {
    name: model.name,
    maxSegmentMs: MAX_SEGMENT_MS,
    async transcribe(request, signal) {
      const audioMs = samplesToMs(request.samples.length);
      if (audioMs > MAX_SEGMENT_MS) {
        throw new SpoolError('engine.rejected', 'Segment is longer than the engine takes.', {
          personMessage: `A segment of ${Math.round(audioMs / 1000)} s is too long for this engine; cut it at a pause into at most ${MAX_SEGMENT_MS / 1000} s.`,
          fields: { audioMs, maxSegmentMs: MAX_SEGMENT_MS },
        });
      }
      signal?.throwIfAborted();
      if (audioMs < MIN_SEGMENT_MS || isSilent(request.samples)) return { text: '', decodeMs: 0 };
      return queue.submit(request, signal);
    },
    load: () => queue.load(),
    async warmUp() {
      await Promise.all(children.map((child) => child.request({ op: 'transcribe', samples: new Int16Array(16_000) }, { timeoutMs: DECODE_TIMEOUT_BASE_MS })));
    },
    pids: () => children.flatMap((child) => child.pid ?? []),
    rssBytes: async () => (await Promise.all(children.map((child) => child.rssBytes()))).reduce((sum, bytes) => sum + bytes, 0),
    async stop() {
      queue.clear(new SpoolError('engine.failed', 'Speech engines are stopped.'));
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

function isSilent(samples: Int16Array): boolean {
  return samples.every((sample) => Math.abs(sample) < SILENT_PEAK);
}
