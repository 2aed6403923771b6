/**
 * What a process says to its inference children and hears from them. Carried by Node's IPC channel with 'advanced'
 * serialization, which copies typed arrays as bytes (docs/decisions tells why this and not frames of our own).
 */
import type { ToldApart } from '#domain/meetings/speakers/ports.ts';

/** What one child is for; it loads exactly one engine and says `ready` or `load_failed`. */
export type EngineSpec =
  | { engine: 'moonshine'; model: MoonshineFiles }
  | { engine: 'silero'; model: string }
  | { engine: 'kokoro'; model: KokoroFiles }
  | { engine: 'diarizer'; model: DiarizerFiles };

/** Moonshine v2 has two graphs, v1 four; both share one vocabulary format. */
export type MoonshineFiles =
  | { layout: 'v2'; encoder: string; mergedDecoder: string; tokens: string }
  | { layout: 'v1'; preprocessor: string; encoder: string; uncachedDecoder: string; cachedDecoder: string; tokens: string };

export interface KokoroFiles {
  model: string;
  voices: string;
  tokens: string;
  dataDir: string;
  /** Comma-separated; multi-language models only. */
  lexicon?: string;
}

/** Of one publisher's pair: where speakers change, and what each voice is like. */
export interface DiarizerFiles {
  segmentation: string;
  embedding: string;
}

export type InferenceRequest =
  | { op: 'transcribe'; samples: Int16Array }
  | { op: 'detect'; stream: number; samples: Int16Array }
  | { op: 'synthesize'; text: string; speaker: number; speed: number }
  | { op: 'tell_apart'; samples: Int16Array }
  | { op: 'memory' };

/** Messages without an answer. */
export type InferenceNotice = { op: 'reset'; stream: number } | { op: 'close'; stream: number } | { op: 'cancel'; id: number };

export type ToChild = { op: 'load'; spec: EngineSpec } | (InferenceRequest & { id: number }) | InferenceNotice;

export interface TranscribeAnswer {
  text: string;
  decodeMs: number;
}
/** As the engine gave it: voices may be one person torn in two. */
export type TellApartAnswer = ToldApart;
export interface SynthesizeAnswer {
  sampleRateHz: number;
}
export interface MemoryAnswer {
  rssBytes: number;
}
export interface LoadAnswer {
  loadMs: number;
  /** Only for engines that speak. */
  sampleRateHz?: number;
  speakers?: number;
}

export type FromChild =
  | ({ op: 'ready' } & LoadAnswer)
  | { op: 'load_failed'; reason: string }
  | { op: 'answer'; id: number; value: unknown }
  | { op: 'chunk'; id: number; samples: Int16Array }
  | { op: 'failed'; id: number; reason: string };
