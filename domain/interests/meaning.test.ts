import { describe, expect, it } from 'vitest';
import type { CategoryId } from './categories.ts';
import { type ListedVectors, listedTexts, placeByMeaning, unitVector, VECTOR_DIMENSIONS } from './meaning.ts';
import type { Topic } from './taxonomy.ts';

/** Unit vectors in the plane of the first two axes. */
const at = (degrees: number): Float32Array => {
  const vector = new Float32Array(VECTOR_DIMENSIONS);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return vector;
};
function listed(...topics: [CategoryId, ...number[]][]): ListedVectors {
  const texts = topics.flatMap(([category, ...angles], topic) => angles.map((angle) => ({ text: `${category} at ${angle}`, category, topic })));
  const vectors = new Float32Array(texts.length * VECTOR_DIMENSIONS);
  for (const [index, angle] of topics.flatMap(([, ...angles]) => angles).entries()) vectors.set(at(angle), index * VECTOR_DIMENSIONS);
  return { texts, vectors };
}

describe('Placing by meaning', () => {
  it('gives a topic the category of those around it', () => {
    expect(placeByMeaning(at(5), listed(['science', 0], ['cooking', 60], ['games', 80]))).toBe('science');
  });
  it('lets a topic vote once, however many names it has', () => {
    expect(placeByMeaning(at(0), listed(['cooking', 20, 21, 22, 23, 24], ['science', 15], ['science', 18]))).toBe('science');
  });
  it('counts the nearest of a topic’s names', () => {
    expect(placeByMeaning(at(0), listed(['science', 5, 50], ['cooking', 15]))).toBe('science');
  });
  it('lets a near one outvote two that are merely not far', () => {
    expect(placeByMeaning(at(0), listed(['science', 5], ['cooking', 55], ['cooking', 55]))).toBe('science');
  });
  it('says nothing when the neighbours disagree', () => {
    expect(placeByMeaning(at(0), listed(['science', 30], ['cooking', 30], ['games', 30]))).toBeUndefined();
  });
  it('says nothing about what is near nothing', () => {
    expect(placeByMeaning(at(180), listed(['science', 0], ['cooking', 20]))).toBeUndefined();
    expect(placeByMeaning(at(0), { texts: [], vectors: new Float32Array() })).toBeUndefined();
  });
});

describe('Listed texts', () => {
  const topic = (name: string, ...aliases: string[]): Topic => ({ name, category: 'arts', aliases });
  it('are names and aliases, of a word’s forms the first', () => {
    expect(listedTexts([topic('drawing', 'draw', 'draws', 'pencil drawings'), topic('photos', 'photo')])).toEqual([
      { text: 'drawing', category: 'arts', topic: 0 },
      { text: 'pencil drawings', category: 'arts', topic: 0 },
      { text: 'photos', category: 'arts', topic: 1 },
    ]);
  });
});

describe('A unit vector', () => {
  it('keeps the direction, and does not exist without one', () => {
    expect(unitVector([3, 4])).toEqual(Float32Array.of(0.6, 0.8));
    expect(unitVector([0, 0])).toBeNull();
    expect(unitVector([Number.NaN, 1])).toBeNull();
  });
});
