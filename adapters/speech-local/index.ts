/** The local engines of a process: created at once, started on first use, warmed by `ready()`, ended by `stop()`. */
import { systemClock, type Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Synthesizer, Transcriber, VoiceDetector } from '#domain/speech/ports.ts';
import { createFliteSynthesizer, type LocalSynthesizer } from './flite-synthesizer.ts';
import { createKokoroSynthesizer } from './kokoro-synthesizer.ts';
import { findFlite, findKokoro, findMoonshine, findSilero } from './model-files.ts';
import { silentSpeechLog, type SpeechLog } from './speech-log.ts';
import { createMoonshineTranscriber, type TranscriptionMetrics } from './transcriber.ts';
import { createSileroVoiceDetector } from './voice-detector.ts';

export { createLocalDiarizer, type LocalDiarizer } from './diarizer.ts';
export { probeLocalSpeech, type EngineProbe } from './probe.ts';

export interface LocalSpeechOptions {
  /** Absolute; `<dataDir>/models/` may hold better models. */
  dataDir: string;
  cpuCount: number;
  log?: SpeechLog;
  clock?: Clock;
  /** Forces a voice engine; Kokoro when it was downloaded, else Flite. */
  tts?: 'flite' | 'kokoro';
  /** Nobody waits for it word by word: it leaves the processor to whoever talks. */
  background?: boolean;
  /** Transcription processes; by default one per processor, at most two. */
  transcriptionChildren?: number;
  onTranscribed?(metrics: TranscriptionMetrics): void;
}

export interface LocalSpeech {
  transcriber: Transcriber;
  synthesizer: Synthesizer;
  voiceDetector: VoiceDetector;
  /** Loads and exercises every engine, so that the first person does not wait. @throws SpoolError `engine.failed` */
  ready(): Promise<void>;
  /** Ends children and threads within two seconds. */
  stop(): Promise<void>;
}

/** @throws SpoolError `engine.missing` when a package's files are not there. */
export function createLocalSpeech(options: LocalSpeechOptions): LocalSpeech {
  const { dataDir, cpuCount, background, log = silentSpeechLog, clock = systemClock } = options;
  const model = present(findMoonshine(dataDir), 'moonshine');
  const silero = present(findSilero(), 'silero');
  const transcriber = createMoonshineTranscriber({
    model,
    children: options.transcriptionChildren ?? Math.max(1, Math.min(2, cpuCount)),
    clock,
    log,
    background,
    ...(options.onTranscribed ? { onTranscribed: options.onTranscribed } : {}),
  });
  const voiceDetector = createSileroVoiceDetector({ model: silero, clock, log, background });
  const synthesizer = chooseSynthesizer(options, log, clock);
  const engines = [transcriber, voiceDetector, synthesizer];
  return {
    transcriber,
    synthesizer,
    voiceDetector,
    async ready() {
      await Promise.all(engines.map((engine) => engine.warmUp()));
    },
    async stop() {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

function chooseSynthesizer({ dataDir, cpuCount, tts }: LocalSpeechOptions, log: SpeechLog, clock: Clock): LocalSynthesizer {
  const kokoro = tts === 'flite' ? undefined : findKokoro(dataDir);
  if (kokoro) return createKokoroSynthesizer({ files: kokoro, clock, log });
  if (tts === 'kokoro') present(undefined, 'kokoro');
  return createFliteSynthesizer({ wasmFile: present(findFlite(), 'flite'), threads: Math.max(1, Math.min(2, cpuCount)), clock, log });
}

function present<Found>(found: Found | undefined, engine: string): Found {
  if (found !== undefined) return found;
  throw new SpoolError('engine.missing', 'Files of a speech engine are missing.', { fields: { engine } });
}
