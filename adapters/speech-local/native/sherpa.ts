/**
 * The parts of `sherpa-onnx-node` in use, typed by hand: the package has JSDoc only, and lacks `mergedDecoder`.
 * Loaded by inference children alone (GPL code is linked into its binary, and a native crash must take no session).
 */
import { createRequire } from 'node:module';

export interface OfflineRecognizer {
  createStream(): OfflineStream;
  decode(stream: OfflineStream): void;
  getResult(stream: OfflineStream): { text: string };
}
export interface OfflineStream {
  acceptWaveform(wave: { sampleRate: number; samples: Float32Array }): void;
}
export interface SileroVad {
  acceptWaveform(samples: Float32Array): void;
  isDetected(): boolean;
  isEmpty(): boolean;
  pop(): void;
  reset(): void;
}
export interface OfflineTts {
  readonly numSpeakers: number;
  readonly sampleRate: number;
  generateAsync(request: {
    text: string;
    enableExternalBuffer: boolean;
    generationConfig: unknown;
    onProgress(info: { samples: Float32Array; progress: number }): number;
  }): Promise<{ samples: Float32Array; sampleRate: number }>;
}
export interface EmbeddingStream {
  acceptWaveform(wave: { sampleRate: number; samples: Float32Array }): void;
  inputFinished(): void;
}
export interface SpeakerEmbeddingExtractor {
  readonly dim: number;
  createStream(): EmbeddingStream;
  isReady(stream: EmbeddingStream): boolean;
  compute(stream: EmbeddingStream): Float32Array;
}
export interface OfflineSpeakerDiarization {
  /** Times in seconds. */
  process(samples: Float32Array): { start: number; end: number; speaker: number }[];
}
interface Sherpa {
  OfflineSpeakerDiarization: new (config: unknown) => OfflineSpeakerDiarization;
  SpeakerEmbeddingExtractor: new (config: unknown) => SpeakerEmbeddingExtractor;
  OfflineRecognizer: new (config: unknown) => OfflineRecognizer;
  Vad: new (config: unknown, bufferSeconds: number) => SileroVad;
  OfflineTts: new (config: unknown) => OfflineTts;
  GenerationConfig: new (config: { sid: number; speed: number; silenceScale: number }) => unknown;
}

export function requireSherpa(): Sherpa {
  return createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa;
}

/** PCM16 as floats in −1…1, the format of every native engine. */
export function toFloats(samples: Int16Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(samples.length);
  for (let index = 0; index < samples.length; index++) floats[index] = samples[index]! / 32_768;
  return floats;
}

export function toPcm16(floats: Float32Array): Int16Array {
  const samples = new Int16Array(floats.length);
  for (let index = 0; index < floats.length; index++) samples[index] = Math.max(-32_768, Math.min(32_767, Math.round(floats[index]! * 32_767)));
  return samples;
}
