/**
 * What a live session needs from engines. All audio in is PCM16 mono at 16 kHz.
 * Engines are shared by all sessions of a process; each call names its session so that queues stay fair.
 */

/** `final` outranks `speculative` (the end of speech is suspected), which outranks `partial` (captions). */
export type TranscriptionPurpose = 'final' | 'speculative' | 'partial';

export interface TranscriptionRequest {
  sessionId: string;
  purpose: TranscriptionPurpose;
  /** One speech segment, at most `Transcriber.maxSegmentMs` long. */
  samples: Int16Array;
}
export interface Transcription {
  /** Empty when nothing was understood; that is a result, not an error. */
  text: string;
  /** Time the engine worked on it, queueing left out. */
  decodeMs: number;
  /** Milliseconds from the segment's start, when the engine gives word times. */
  words?: { text: string; startMs: number; endMs: number }[];
  /** Milliseconds from the segment's start, when the engine divides its text and says how sure it is of each part. */
  segments?: TranscribedPart[];
  /** What the engine wrote but its adapter keeps back, since nobody can have said it in the time: `text` is empty then. */
  suppressed?: { text: string; reason: 'repetition' | 'too_dense' };
}
/** Figures as Whisper defines them; a server may leave any out. */
export interface TranscribedPart {
  text: string;
  startMs: number;
  endMs: number;
  /** Mean log probability of its tokens. */
  avgLogprob?: number;
  /** That nobody speaks, 0…1. */
  noSpeechProb?: number;
  /** Length of the text over its length compressed: high when it repeats itself. */
  compressionRatio?: number;
}
export interface Transcriber {
  /** Stable engine name for doctor, metrics and events, e.g. `moonshine-tiny`. */
  readonly name: string;
  readonly maxSegmentMs: number;
  /** Answers carry `words`, as far as is known now. Absent: they do not. */
  readonly givesWordTimes?: boolean;
  /**
   * @throws SpoolError `engine.busy` when its bounded queue is full (partials first), `engine.failed`, `engine.timeout`;
   * rejects with the signal's reason when aborted. A newer partial of a session replaces its waiting one, which
   * rejects with `engine.superseded`.
   */
  transcribe(request: TranscriptionRequest, signal?: AbortSignal): Promise<Transcription>;
  /** 0 (idle) … 1 (queue full): partials are spaced out as it rises. */
  load(): number;
}

export interface SpeechRequest {
  sessionId: string;
  text: string;
  voice?: string;
  /** 1 unless said otherwise; see pace.ts. */
  pace?: number;
}
export interface Synthesizer {
  /** e.g. `flite`, `kokoro`, `openai:gpt-4o-mini-tts`. */
  readonly name: string;
  readonly sampleRateHz: number;
  /** Yields PCM16 mono at `sampleRateHz` as soon as it exists. Stops when aborted. @throws SpoolError `engine.*` */
  synthesize(request: SpeechRequest, signal?: AbortSignal): AsyncIterable<Int16Array>;
}

/** 512 samples = 32 ms at 16 kHz, the window Silero was trained on. */
export const VAD_WINDOW_SAMPLES = 512;

export interface VoiceDetector {
  readonly name: string;
  /** A detector with memory of its own for one session. */
  open(sessionId: string): VoiceStream;
}
export interface VoiceStream {
  /** `samples.length` is a multiple of VAD_WINDOW_SAMPLES; answers one boolean per window, in order. */
  detect(samples: Int16Array): Promise<boolean[]>;
  /** Forgets what was heard, e.g. after a hole or a silence that was not fed. */
  reset(): void;
  close(): void;
}
