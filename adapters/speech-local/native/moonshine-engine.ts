/** Moonshine inside an inference child: one recognizer, one thread, one segment at a time. */
import type { MoonshineFiles, TranscribeAnswer } from '../inference-messages.ts';
import type { NativeEngine } from '../inference-process.ts';
import { requireSherpa, toFloats } from './sherpa.ts';

export function loadMoonshine(files: MoonshineFiles): NativeEngine {
  const { layout: _layout, tokens, ...moonshine } = files;
  const recognizer = new (requireSherpa().OfflineRecognizer)({
    featConfig: { sampleRate: 16_000, featureDim: 80 },
    // One thread per child beat two here, and leaves the other cores to other sessions.
    modelConfig: { moonshine, tokens, numThreads: 1, provider: 'cpu', debug: 0 },
  });
  return {
    loaded: {},
    handle(message): TranscribeAnswer {
      if (message.op !== 'transcribe') throw new TypeError('Moonshine transcribes only.');
      const startedMs = performance.now();
      const stream = recognizer.createStream();
      stream.acceptWaveform({ sampleRate: 16_000, samples: toFloats(message.samples) });
      recognizer.decode(stream);
      const { text } = recognizer.getResult(stream);
      return { text: text.trim(), decodeMs: performance.now() - startedMs };
    },
  };
}
