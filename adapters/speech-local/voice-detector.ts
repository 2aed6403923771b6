/** Silero as the `VoiceDetector` of a process, in an inference child of its own so that decoding never delays it. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { VAD_WINDOW_SAMPLES, type VoiceDetector } from '#domain/speech/ports.ts';
import { InferenceChild } from './inference-child.ts';
import type { SpeechLog } from './speech-log.ts';

/** 30 s of audio cost about 0.1 s; what takes longer than this hangs. */
const DETECT_TIMEOUT_MS = 30_000;

export interface SileroOptions {
  model: string;
  clock: Clock;
  log: SpeechLog;
  background?: boolean;
}

export interface LocalVoiceDetector extends VoiceDetector {
  warmUp(): Promise<void>;
  pids(): number[];
  /** Resident memory of the child, in bytes. */
  rssBytes(): Promise<number>;
  stop(): Promise<void>;
}

export function createSileroVoiceDetector({ model, clock, log, background }: SileroOptions): LocalVoiceDetector {
  const child = new InferenceChild({ spec: { engine: 'silero', model }, clock, log, background });
  let lastStream = 0;

  const open = (): ReturnType<VoiceDetector['open']> => {
    lastStream += 1;
    const stream = lastStream;
    let closed = false;
    return {
      async detect(samples) {
        if (closed) throw new SpoolError('engine.failed', 'The voice stream is closed.');
        if (samples.length % VAD_WINDOW_SAMPLES !== 0) throw new RangeError(`Voice detection takes whole windows of ${VAD_WINDOW_SAMPLES} samples.`);
        if (samples.length === 0) return [];
        // After a restart the child knows no streams: it makes one for the first window it sees.
        const heard = await child.request<Uint8Array>({ op: 'detect', stream, samples }, { timeoutMs: DETECT_TIMEOUT_MS });
        return Array.from(heard, (window) => window === 1);
      },
      reset: () => child.notify({ op: 'reset', stream }),
      close() {
        if (closed) return;
        closed = true;
        child.notify({ op: 'close', stream });
      },
    };
  };

  return {
    name: 'silero',
    open,
    async warmUp() {
      const stream = open();
      await stream.detect(new Int16Array(VAD_WINDOW_SAMPLES * 4));
      stream.close();
    },
    pids: () => (child.pid ? [child.pid] : []),
    rssBytes: () => child.rssBytes(),
    stop: () => child.stop(),
  };
}
