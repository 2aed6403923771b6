/** Kokoro as the `Synthesizer` of a process, when `./spool models` has fetched it. docs/engines.md says what was run. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { InferenceChild } from './inference-child.ts';
import { FairPool } from './fair-pool.ts';
import type { LocalSynthesizer } from './flite-synthesizer.ts';
import type { KokoroFiles } from './inference-messages.ts';
import { shapeSpeech } from './shape-speech.ts';
import { speakablePieces } from './speakable-text.ts';
import type { SpeechLog } from './speech-log.ts';

/** Speaker numbers of the English archive (kokoro-en-v0_19), in the order of its voices file. */
export const KOKORO_VOICES = ['af', 'af_bella', 'af_nicole', 'af_sarah', 'af_sky', 'am_adam', 'am_michael', 'bf_emma', 'bf_isabella', 'bm_george', 'bm_lewis'] as const;
const DEFAULT_SPEAKER = KOKORO_VOICES.indexOf('af_sarah');
const SAMPLE_RATE_HZ = 24_000;
const MAX_WAITING_PIECES = 64;
/** A small machine may need several times real time for the 25 s of the longest piece. */
const SPEAK_TIMEOUT_MS = 120_000;

export interface KokoroOptions {
  files: KokoroFiles;
  clock: Clock;
  log: SpeechLog;
}

export function createKokoroSynthesizer({ files, clock, log }: KokoroOptions): LocalSynthesizer {
  const child = new InferenceChild({ spec: { engine: 'kokoro', model: files }, clock, log });

  // The child speaks one piece at a time; an aborted one is told to stop, so that the next need not wait for its end.
  const pool = new FairPool<{ text: string; speaker: number; signal: AbortSignal | undefined }, Int16Array>({
    slots: 1,
    capacity: MAX_WAITING_PIECES,
    async run({ text, speaker, signal }) {
      const chunks: Int16Array[] = [];
      await child.request(
        { op: 'synthesize', text, speaker, speed: 1 },
        { timeoutMs: SPEAK_TIMEOUT_MS, onChunk: (samples) => chunks.push(samples), ...(signal ? { signal } : {}) },
      );
      return joinSamples(chunks);
    },
  });

  return {
    name: 'kokoro',
    sampleRateHz: SAMPLE_RATE_HZ,
    async *synthesize({ sessionId, text, voice }, signal) {
      for (const piece of speakablePieces(text)) {
        signal?.throwIfAborted();
        const samples = await pool.submit(sessionId, { text: piece, speaker: speakerOf(voice), signal }, signal);
        const shaped = shapeSpeech(samples, SAMPLE_RATE_HZ, /[.!?]$/.test(piece));
        if (shaped.length > 0) yield shaped;
      }
    },
    async warmUp() {
      const { sampleRateHz } = await child.ready();
      if (sampleRateHz !== SAMPLE_RATE_HZ) throw new SpoolError('engine.failed', 'This Kokoro model has an unknown sample rate.', { fields: { sampleRateHz } });
    },
    stop: () => child.stop(),
  };
}

/** A name of the English archive, or a speaker number for the others (they have 53 and 103 voices). */
function speakerOf(voice: string | undefined): number {
  if (voice !== undefined && /^\d{1,3}$/.test(voice)) return Number(voice);
  const named = KOKORO_VOICES.findIndex((name) => name === voice);
  return named >= 0 ? named : DEFAULT_SPEAKER;
}

function joinSamples(chunks: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}
