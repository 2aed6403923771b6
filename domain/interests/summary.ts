/** One vector for all a person likes, for later recommendations. */
import type { Interest } from './interest.ts';
import { unitVector } from './meaning.ts';

export type SummarisedInterest = Pick<Interest, 'topic' | 'sentiment' | 'confidence' | 'status'>;

/**
 * Rocchio's relevance feedback keeps what is liked and moves a little away from what is not; the usual 0.75 to 0.15 (Manning,
 * Raghavan, Schütze 2008, "Introduction to Information Retrieval", 9.1.1) is 1 to 0.2. Mixed is half of each.
 */
const BY_SENTIMENT = { positive: 1, mixed: 0.4, negative: -0.2 } as const;
/** What the person confirmed is not doubted, and they took the trouble. A detected interest counts with its confidence. */
const CONFIRMED = 1.5;

export function summaryWeight({ sentiment, confidence, status }: SummarisedInterest): number {
  return BY_SENTIMENT[sentiment] * (status === 'confirmed' ? CONFIRMED : confidence);
}

/**
 * The weighted mean of the topics' vectors (in the same order, all of one model), at unit length. Null when nothing is
 * liked: a direction made of dislikes alone points nowhere in particular.
 */
export function summaryVector(interests: readonly SummarisedInterest[], vectors: readonly Float32Array[]): Float32Array | null {
  if (!interests.some(({ sentiment }) => sentiment !== 'negative')) return null;
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const [index, interest] of interests.entries()) {
    const weight = summaryWeight(interest);
    for (const [at, value] of vectors[index]!.entries()) sum[at]! += weight * value;
  }
  return unitVector(sum);
}
