/** Flite as the `Synthesizer` of a process: sentence by sentence on a small pool of threads, sessions taking turns. */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { NORMAL_PACE } from '#domain/speech/pace.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { FairPool } from './fair-pool.ts';
import type { FliteAnswer, FliteJob } from './flite-worker.ts';
import { shapeSpeech } from './shape-speech.ts';
import { speakablePieces } from './speakable-text.ts';
import type { SpeechLog } from './speech-log.ts';

/** The 16 kHz voices inside the package. */
export const FLITE_VOICES = ['slt', 'rms', 'awb'] as const;
const DEFAULT_VOICE = 'slt';
const SAMPLE_RATE_HZ = 16_000;
/** About six minutes of speech: more than any turn of an interviewer. */
export const MAX_TEXT_CHARACTERS = 5_000;
/** Pieces waiting, all sessions together; each takes well under 100 ms. */
const MAX_WAITING_PIECES = 128;
/** The longest piece takes about 0.3 s; what takes this long hangs. */
const SPEAK_TIMEOUT_MS = 15_000;

export interface FliteOptions {
  wasmFile: string;
  threads: number;
  clock: Clock;
  log: SpeechLog;
}

export interface LocalSynthesizer extends Synthesizer {
  warmUp(): Promise<void>;
  stop(): Promise<void>;
}

export function createFliteSynthesizer({ wasmFile, threads, clock, log }: FliteOptions): LocalSynthesizer {
  let compiled: Promise<WebAssembly.Module> | undefined;
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let stopped = false;

  async function takeWorker(): Promise<Worker> {
    const ready = idle.pop();
    if (ready) return ready;
    compiled ??= compileFlite(wasmFile);
    const module = await compiled.catch((error: unknown) => {
      compiled = undefined;
      throw error;
    });
    if (stopped) throw new SpoolError('engine.failed', 'Speech engines are stopped.');
    const worker = new Worker(new URL('./flite-worker.ts', import.meta.url), { workerData: { module }, env: {}, execArgv: [] });
    worker.unref();
    all.add(worker);
    // A thread that dies while idle must neither be used again nor end this process.
    worker.on('error', () => forget(worker)).on('exit', () => forget(worker));
    return worker;
  }

  function forget(worker: Worker): void {
    all.delete(worker);
    const index = idle.indexOf(worker);
    if (index >= 0) idle.splice(index, 1);
  }

  async function speak(job: FliteJob): Promise<Int16Array> {
    const worker = await takeWorker();
    try {
      const answer = await askWorker(worker, job, clock);
      idle.push(worker);
      if ('samples' in answer) return answer.samples;
      throw new SpoolError('engine.failed', 'Flite failed on a sentence.', { fields: { reason: answer.failed } });
    } catch (error) {
      if (!idle.includes(worker)) {
        forget(worker);
        void worker.terminate();
        if (!stopped) log.warn({ engine: 'flite' }, 'Speech thread ended; the next sentence starts another.');
      }
      throw error;
    }
  }

  const pool = new FairPool<FliteJob, Int16Array>({ slots: threads, capacity: MAX_WAITING_PIECES, run: speak });

  return {
    name: 'flite',
    sampleRateHz: SAMPLE_RATE_HZ,
    async *synthesize({ sessionId, text, voice, pace = NORMAL_PACE }, signal) {
      if (text.length > MAX_TEXT_CHARACTERS) {
        throw new SpoolError('engine.rejected', 'Text is longer than the engine takes.', {
          personMessage: `This text is too long to be spoken at once; split it into parts of at most ${MAX_TEXT_CHARACTERS} characters.`,
          fields: { characters: text.length },
        });
      }
      // A voice of another engine (after a switch to this one) must not silence the interviewer.
      const spokenBy = FLITE_VOICES.find((name) => name === voice) ?? DEFAULT_VOICE;
      for (const piece of speakablePieces(text)) {
        signal?.throwIfAborted();
        const samples = await pool.submit(sessionId, { voice: spokenBy, text: piece, stretch: 1 / pace }, signal);
        const shaped = shapeSpeech(samples, SAMPLE_RATE_HZ, /[.!?]$/.test(piece));
        if (shaped.length > 0) yield shaped;
      }
    },
    async warmUp() {
      await Promise.all(Array.from({ length: threads }, () => pool.submit('warm-up', { voice: DEFAULT_VOICE, text: 'Hello, how are you?', stretch: 1 })));
    },
    async stop() {
      stopped = true;
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

async function compileFlite(wasmFile: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(await readFile(wasmFile));
  } catch (cause) {
    throw new SpoolError('engine.failed', 'Flite could not be loaded.', { cause, fields: { engine: 'flite' } });
  }
}

function askWorker(worker: Worker, job: FliteJob, clock: Clock): Promise<FliteAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      cancelTimer();
      worker.off('message', onMessage).off('error', onGone).off('exit', onGone).unref();
    };
    const onMessage = (answer: FliteAnswer): void => (settle(), resolve(answer));
    const onGone = (cause: unknown): void => (settle(), reject(new SpoolError('engine.failed', 'Speech thread ended.', { cause })));
    const cancelTimer = clock.schedule(SPEAK_TIMEOUT_MS, () => (settle(), reject(new SpoolError('engine.timeout', 'Flite did not answer in time.'))));
    worker.on('message', onMessage).on('error', onGone).on('exit', onGone).ref();
    worker.postMessage(job);
  });
}
