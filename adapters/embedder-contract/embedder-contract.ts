/** What every embedder and every placer of topics must do, real or scripted. */
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '#domain/interests/categories.ts';
import { VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import type { Embedder, TopicPlacer } from '#domain/interests/ports.ts';

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);

/** `embedder` is asked for at the start of every test. */
export function embedderContract(name: string, embedder: () => Embedder): void {
  describe(`${name} keeps the promises of an embedder`, () => {
    it('has the name of its model', () => {
      expect(embedder().name).toMatch(/^[a-z0-9][a-z0-9:._-]*$/);
    });

    it('gives one vector of unit length for each text', async () => {
      const vectors = await embedder().embed(['chess', 'restoring old radios', 'chess']);
      expect(vectors).toHaveLength(3);
      for (const vector of vectors) {
        expect(vector).toHaveLength(VECTOR_DIMENSIONS);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      }
      expect(vectors[2]).toEqual(vectors[0]);
    });

    it('says the same of a text, alone or among others', async () => {
      const [alone] = await embedder().embed(['astronomy']);
      const among = await embedder().embed(['cooking', 'astronomy', 'a much longer text about something else altogether']);
      expect(cosine(alone!, among[1]!)).toBeCloseTo(1, 5);
    });

    it('puts near each other what means nearly the same', async () => {
      const [stars, astronomy, cooking, recipes] = await embedder().embed(['looking at the stars', 'astronomy', 'cooking', 'italian recipes']);
      expect(cosine(stars!, astronomy!)).toBeGreaterThan(cosine(stars!, cooking!));
      expect(cosine(recipes!, cooking!)).toBeGreaterThan(cosine(recipes!, astronomy!));
    });

    it('takes any text, also none, half a character or very many', async () => {
      const odd = ['', ' ', '\0', '\uD83D', '日本語', '😀', '__proto__', 'x'.repeat(20_000), 'so '.repeat(5_000)];
      const vectors = await embedder().embed(odd);
      for (const [at, vector] of vectors.entries()) expect(Math.hypot(...vector), odd[at]!.slice(0, 9)).toBeCloseTo(1, 5);
    });

    it('has nothing to say about nothing', async () => {
      expect(await embedder().embed([])).toEqual([]);
    });

    it('gives everybody who asks at once their own', async () => {
      const texts = ['chess', 'cooking', 'astronomy', 'italian recipes'];
      const together = await Promise.all(texts.map(async (text) => (await embedder().embed([text]))[0]!));
      const once = await embedder().embed(texts);
      for (const [at, vector] of together.entries()) expect(cosine(vector, once[at]!)).toBeCloseTo(1, 5);
    });

    it('takes no request whose caller has already given up', async () => {
      await expect(embedder().embed(['chess'], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    });
  });
}

export function placerContract(name: string, placer: () => TopicPlacer): void {
  describe(`${name} keeps the promises of a placer`, () => {
    it('says of each topic, in order, where it belongs or that it is not sure', async () => {
      const places = await placer().place(['building a telescope to see the planets', 'qwxz']);
      expect(places).toHaveLength(2);
      expect(places[0]).toBe('science');
      expect([undefined, ...CATEGORIES.map(({ id }) => id)]).toContain(places[1]);
    });

    it('has nothing to say about nothing', async () => {
      expect(await placer().place([])).toEqual([]);
    });

    it('takes no request whose caller has already given up', async () => {
      await expect(placer().place(['chess'], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    });
  });
}
