/**
 * Kokoro inside its inference child. Audio leaves sentence by sentence through `onProgress`, whose return value 0
 * stops the generation: that is how an interruption frees the processor. Needs sherpa-onnx-node ≥ 1.13.8: older ones
 * could abort the process in this very callback (k2-fsa/sherpa-onnx #3780).
 */
import type { KokoroFiles, SynthesizeAnswer } from '../inference-messages.ts';
import type { NativeEngine } from '../inference-process.ts';
import { requireSherpa, toPcm16 } from './sherpa.ts';

/** Pause between sentences as a share of what the model says; 0.2 is the library's own example value. */
const SILENCE_SCALE = 0.2;

export function loadKokoro(files: KokoroFiles): NativeEngine {
  const { OfflineTts, GenerationConfig } = requireSherpa();
  const tts = new OfflineTts({ model: { kokoro: { ...files, ...(files.lexicon ? { lang: 'en-us' } : {}) }, numThreads: 1, provider: 'cpu', debug: false }, maxNumSentences: 1 });
  const cancelled = new Set<number>();
  const running = new Set<number>();
  return {
    loaded: { sampleRateHz: tts.sampleRate, speakers: tts.numSpeakers },
    async handle(message, send): Promise<SynthesizeAnswer | undefined> {
      if (message.op === 'cancel') {
        if (running.has(message.id)) cancelled.add(message.id);
        return undefined;
      }
      if (message.op !== 'synthesize') throw new TypeError('Kokoro speaks only.');
      const { id } = message;
      running.add(id);
      try {
        await tts.generateAsync({
          text: message.text,
          enableExternalBuffer: true,
          generationConfig: new GenerationConfig({ sid: Math.min(message.speaker, tts.numSpeakers - 1), speed: message.speed, silenceScale: SILENCE_SCALE }),
          onProgress({ samples }) {
            if (cancelled.has(id)) return 0;
            send({ op: 'chunk', id, samples: toPcm16(samples) });
            return 1;
          },
        });
        return { sampleRateHz: tts.sampleRate };
      } finally {
        running.delete(id);
        cancelled.delete(id);
      }
    },
  };
}
