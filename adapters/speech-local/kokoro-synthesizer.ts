/** Kokoro as the `Synthesizer` of a process, when `./spool models` has fetched it. docs/engines.md says what was run. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { NORMAL_PACE } from '#domain/speech/pace.ts';
import { InferenceChild } from './inference-child.ts';
import { FairPool } from './fair-pool.ts';
import type { LocalSynthesizer } from './flite-synthesizer.ts';
import type { KokoroFiles } from './inference-messages.ts';
import { shapeSpeech } from './shape-speech.ts';
import { speakablePieces } from './speakable-text.ts';
import type { SpeechLog } from './speech-log.ts';

/**
 * English voices by speaker number, per archive; archives are told apart by how many speakers they have. From the
 * tables at https://k2-fsa.github.io/sherpa/onnx/tts/pretrained_models/kokoro.html
 */
export const KOKORO_VOICES: Readonly<Record<number, readonly string[]>> = {
  // kokoro-en-v0_19
  11: ['af', 'af_bella', 'af_nicole', 'af_sarah', 'af_sky', 'am_adam', 'am_michael', 'bf_emma', 'bf_isabella', 'bm_george', 'bm_lewis'],
  // kokoro-multi-lang-v1_0
  53: [
    ...['af_alloy', 'af_aoede', 'af_bella', 'af_heart', 'af_jessica', 'af_kore', 'af_nicole', 'af_nova', 'af_river', 'af_sarah', 'af_sky'],
    ...['am_adam', 'am_echo', 'am_eric', 'am_fenrir', 'am_liam', 'am_michael', 'am_onyx', 'am_puck', 'am_santa'],
    ...['bf_alice', 'bf_emma', 'bf_isabella', 'bf_lily', 'bm_daniel', 'bm_fable', 'bm_george', 'bm_lewis'],
  ],
  // kokoro-multi-lang-v1_1
  103: ['af_maple', 'af_sol', 'bf_vale'],
};
/** The first of these that the archive has; its first voice otherwise. */
const PREFERRED_VOICES = ['af_heart', 'af_sarah', 'af_maple'] as const;
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
  const pool = new FairPool<{ text: string; voice: string | undefined; speed: number; signal: AbortSignal | undefined }, Int16Array>({
    slots: 1,
    capacity: MAX_WAITING_PIECES,
    async run({ text, voice, speed, signal }) {
      let chunks: Int16Array[] = [];
      const { speakers = 0 } = await child.ready();
      const speaker = kokoroSpeaker(voice, speakers);
      await child.request(
        { op: 'synthesize', text, speaker, speed },
        { timeoutMs: SPEAK_TIMEOUT_MS, onBegin: () => (chunks = []), onChunk: (samples) => chunks.push(samples), ...(signal ? { signal } : {}) },
      );
      return joinSamples(chunks);
    },
  });

  return {
    name: 'kokoro',
    sampleRateHz: SAMPLE_RATE_HZ,
    async *synthesize({ sessionId, text, voice, pace = NORMAL_PACE }, signal) {
      for (const piece of speakablePieces(text)) {
        signal?.throwIfAborted();
        const samples = await pool.submit(sessionId, { text: piece, voice, speed: pace, signal }, signal);
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

/** Speaker number of a voice name in an archive with so many speakers; a voice it lacks becomes the preferred one. */
export function kokoroSpeaker(voice: string | undefined, speakers: number): number {
  const voices = KOKORO_VOICES[speakers] ?? [];
  const known = [voice, ...PREFERRED_VOICES].map((name) => voices.findIndex((each) => each === name)).find((index) => index >= 0);
  return known ?? 0;
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
