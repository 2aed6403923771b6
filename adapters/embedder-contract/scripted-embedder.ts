/** An embedder and a placer that know what the test tells them. */
import type { CategoryId } from '#domain/interests/categories.ts';
import { unitVector, VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import type { Embedder, TopicPlacer } from '#domain/interests/ports.ts';

/**
 * `meanings`: words to the number of what they mean; texts that share a number are near each other. A text without any of the
 * words means nothing else. `asked` records the texts; `fail` is thrown as long as it is set.
 */
export function scriptedEmbedder(meanings: Record<string, number>, name = 'scripted-1'): Embedder & { asked: string[][]; fail: Error | undefined } {
  const embedder: ReturnType<typeof scriptedEmbedder> = {
    name,
    asked: [],
    fail: undefined,
    async embed(texts, signal) {
      signal?.throwIfAborted();
      if (embedder.fail) throw embedder.fail;
      embedder.asked.push(texts);
      return texts.map((text) => {
        const vector = new Float32Array(VECTOR_DIMENSIONS);
        for (const [word, meaning] of Object.entries(meanings)) if (text.includes(word)) vector[meaning + 1]! += 1;
        // A little of everybody's own, so that different words are not the same.
        vector[0] = 0.1;
        vector[VECTOR_DIMENSIONS - 1 - (text.length % 100)]! += 0.1;
        return unitVector(vector)!;
      });
    },
  };
  return embedder;
}

/** Places what is listed; `answer` may wait or fail. */
export function scriptedPlacer(places: Record<string, CategoryId>, answer: () => Promise<void> = async () => {}): TopicPlacer & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    async place(topics, signal) {
      signal?.throwIfAborted();
      if (topics.length > 0) asked.push(topics);
      await answer();
      return topics.map((topic) => places[topic]);
    },
  };
}
