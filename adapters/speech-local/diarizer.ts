/** pyannote's segmentation and TitaNet as the `Diarizer` of a process, in an inference child of its own. */
import { systemClock, type Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { joinSplitVoices } from '#domain/meetings/speakers/join-split-voices.ts';
import { MAX_DIARIZED_SAMPLES, NOBODY_TOLD_APART, type Diarizer } from '#domain/meetings/speakers/ports.ts';
import { InferenceChild } from './inference-child.ts';
import type { TellApartAnswer } from './inference-messages.ts';
import { findDiarizer } from './model-files.ts';
import { silentSpeechLog, type SpeechLog } from './speech-log.ts';

/** Several times what a chunk should take on a slow machine at low priority, with another chunk before it. */
const TELL_APART_TIMEOUT_MS = 180_000;
/** Less than the shortest turn that would be kept, and nothing to make an embedding of. */
const MIN_SAMPLES = 16_000;

export interface LocalDiarizerOptions {
  /** Absolute; the models lie in `<dataDir>/models/`. */
  dataDir: string;
  clock?: Clock;
  log?: SpeechLog;
  /** Leaves the processor to whoever talks. */
  background?: boolean;
}
export interface LocalDiarizer extends Diarizer {
  /** Loads both models. @throws SpoolError `engine.failed` */
  warmUp(): Promise<void>;
  pids(): number[];
  /** Resident memory of the child, in bytes. */
  rssBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** Null while its models are not there (`./spool models` fetches them). They are loaded with the first chunk. */
export function createLocalDiarizer({ dataDir, clock = systemClock, log = silentSpeechLog, background = false }: LocalDiarizerOptions): LocalDiarizer | null {
  const found = findDiarizer(dataDir);
  if (!found) return null;
  const child = new InferenceChild({ spec: { engine: 'diarizer', model: found.files }, clock, log, background });
  return {
    name: found.name,
    async tellApart({ samples }, signal) {
      signal?.throwIfAborted();
      if (samples.length > MAX_DIARIZED_SAMPLES) {
        throw new SpoolError('engine.rejected', 'Audio is longer than what is told apart at once.', { fields: { samples: samples.length, maxSamples: MAX_DIARIZED_SAMPLES } });
      }
      if (samples.length < MIN_SAMPLES) return NOBODY_TOLD_APART;
      return joinSplitVoices(await child.request<TellApartAnswer>({ op: 'tell_apart', samples }, { timeoutMs: TELL_APART_TIMEOUT_MS, ...(signal ? { signal } : {}) }));
    },
    async warmUp() {
      await child.ready();
    },
    pids: () => (child.pid ? [child.pid] : []),
    rssBytes: () => child.rssBytes(),
    stop: () => child.stop(),
  };
}
