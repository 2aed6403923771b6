/** Where a topic lies among those the taxonomy lists, by what it means. Pure: an `Embedder` makes the vectors. */
import type { CategoryId } from './categories.ts';
import { singular } from './inflection.ts';
import { TOPICS, wordsOf } from './taxonomy.ts';
import type { Topic } from './taxonomy.ts';

export const VECTOR_DIMENSIONS = 512;
/** Listed topics that have a say. This and the next two were chosen on labelled answers, see docs/decisions/embeddings.md. */
const NEIGHBOURS = 10;
/** A vote weighs its cosine to this power, so that a near topic outvotes several that are merely not far. */
const VOTE_POWER = 6;
/** The winner's part of all votes; below it the vote says nothing. */
const LEAST_SHARE = 0.35;

export interface ListedText {
  text: string;
  category: CategoryId;
  /** Several texts name one topic; only the nearest of them votes. */
  topic: number;
}
/** `vectors` holds one after the other, in the order of `texts`. */
export interface ListedVectors {
  texts: readonly ListedText[];
  vectors: Float32Array;
}

/** Names and aliases of all topics. Of a word's forms ("draw, draws, drawing") the first is enough. */
export function listedTexts(topics: readonly Topic[] = TOPICS): ListedText[] {
  return topics.flatMap(({ name, aliases, category }, topic) => {
    const byStems = new Map<string, string>();
    for (const text of [name, ...aliases]) {
      const stems = wordsOf(text).map(stem).join(' ');
      if (!byStems.has(stems)) byStems.set(stems, text);
    }
    return [...byStems.values()].map((text) => ({ text, category, topic }));
  });
}
function stem(word: string): string {
  return singular(word).replace(/(?:ing|ed|es|s|e)$/, '').replace(/(.)\1$/, '$1');
}

/**
 * The category of the nearest listed topics, by weighted vote; undefined when they disagree too much. The vector has unit
 * length. Distance-weighted nearest neighbours after Dudani 1976, "The Distance-Weighted k-Nearest-Neighbor Rule".
 */
export function placeByMeaning(vector: Float32Array, { texts, vectors }: ListedVectors): CategoryId | undefined {
  const nearest = new Map<number, { cosine: number; category: CategoryId }>();
  for (const [at, { topic, category }] of texts.entries()) {
    const cosine = dot(vector, vectors, at * VECTOR_DIMENSIONS);
    const known = nearest.get(topic);
    if (!known || cosine > known.cosine) nearest.set(topic, { cosine, category });
  }
  const votes = new Map<CategoryId, number>();
  let all = 0;
  for (const { cosine, category } of [...nearest.values()].toSorted((a, b) => b.cosine - a.cosine).slice(0, NEIGHBOURS)) {
    const weight = Math.max(0, cosine) ** VOTE_POWER;
    votes.set(category, (votes.get(category) ?? 0) + weight);
    all += weight;
  }
  const [winner, weight] = [...votes].toSorted((a, b) => b[1] - a[1])[0] ?? [undefined, 0];
  return weight > 0 && weight / all >= LEAST_SHARE ? winner : undefined;
}
function dot(vector: Float32Array, vectors: Float32Array, from: number): number {
  let sum = 0;
  for (let at = 0; at < VECTOR_DIMENSIONS; at++) sum += vector[at]! * vectors[from + at]!;
  return sum;
}

/** The same direction at unit length, or null for one without a direction. */
export function unitVector(vector: ArrayLike<number>): Float32Array | null {
  const length = Math.hypot(...Array.from(vector));
  return length > 1e-9 && Number.isFinite(length) ? Float32Array.from(vector, (value) => value / length) : null;
}
