import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SummarisedInterest, summaryVector, summaryWeight } from './summary.ts';

const interest = (over: Partial<SummarisedInterest> = {}): SummarisedInterest => ({ topic: 'chess', sentiment: 'positive', confidence: 0.6, status: 'detected', ...over });
const X = Float32Array.of(1, 0);
const Y = Float32Array.of(0, 1);

describe('The weight of an interest', () => {
  it('is its confidence when it was detected, and more when it was confirmed', () => {
    expect(summaryWeight(interest())).toBe(0.6);
    expect(summaryWeight(interest({ status: 'confirmed', confidence: 0.1 }))).toBe(1.5);
  });
  it('pushes away what is disliked, less than it draws near what is liked', () => {
    expect(summaryWeight(interest({ sentiment: 'negative' }))).toBeCloseTo(-0.12);
    expect(summaryWeight(interest({ sentiment: 'mixed' }))).toBeCloseTo(0.24);
  });
});

describe('The summary vector', () => {
  it('lies between what a person likes, nearer to what is surer', () => {
    const [x, y] = summaryVector([interest({ confidence: 0.9 }), interest({ confidence: 0.3 })], [X, Y])!;
    expect(x! / y!).toBeCloseTo(3);
    expect(Math.hypot(x!, y!)).toBeCloseTo(1);
  });
  it('turns away from what a person dislikes', () => {
    expect(summaryVector([interest(), interest({ sentiment: 'negative' })], [X, Y])![1]).toBeLessThan(0);
  });
  it('does not exist without anything liked', () => {
    expect(summaryVector([], [])).toBeNull();
    expect(summaryVector([interest({ sentiment: 'negative' })], [X])).toBeNull();
  });
  it('does not exist when likes cancel out', () => {
    expect(summaryVector([interest(), interest()], [X, Float32Array.of(-1, 0)])).toBeNull();
  });
  it('has unit length or is null, whatever the interests', () => {
    const any = fc.record({ topic: fc.string(), sentiment: fc.constantFrom('positive' as const, 'mixed' as const, 'negative' as const), confidence: fc.double({ min: 0, max: 1, noNaN: true }), status: fc.constantFrom('detected' as const, 'confirmed' as const) });
    fc.assert(
      fc.property(fc.array(fc.tuple(any, fc.double({ min: 0, max: 6.28, noNaN: true }))), (all) => {
        const vector = summaryVector(all.map(([one]) => one), all.map(([, angle]) => Float32Array.of(Math.cos(angle), Math.sin(angle))));
        if (vector) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }),
    );
  });
});
