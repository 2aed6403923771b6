/**
 * How well answers are read, on labelled ones: tests/fixtures/interests/README.md says who wrote them and how. The
 * held-out half was written before any of this; only its totals are looked at. The aim is 0.85 for each.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Claim, Sentiment } from './interest.ts';
import { extractByWords } from './words-extractor.ts';

interface Labelled {
  question: string;
  answer: string;
  interests: { topic: string; aliases?: string[]; sentiment: Sentiment }[];
}
const labelled = (half: string): Labelled[] => JSON.parse(readFileSync(new URL(`../../tests/fixtures/interests/answers-${half}.json`, import.meta.url), 'utf8')) as Labelled[];

/** Without articles and marks, so that "the guitar" is "guitar". */
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9 ]/g, ' ').replace(/\b(?:the|a|an|my|of)\b/g, ' ').replace(/\s+/g, ' ').trim();
/** The same words, or one inside the other. */
const named = (claim: Claim, names: string[]) => names.some((name) => plain(claim.topic) === name || (plain(claim.topic).length > 3 && name.includes(plain(claim.topic))) || (name.length > 3 && plain(claim.topic).includes(name)));

/** A claim is right when its topic and sentiment are; every other claim is wrong, whatever it is about. */
function read(half: string): { precision: number; recall: number } {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const { question, answer, interests } of labelled(half)) {
    const claims = extractByWords({ text: answer, question, knownTopics: [] }).claims;
    for (const { quote, from, to } of claims) expect(answer.slice(from, to)).toBe(quote);
    for (const wanted of interests) {
      const at = claims.findIndex((claim) => named(claim, [wanted.topic, ...(wanted.aliases ?? [])].map(plain)) && claim.sentiment === wanted.sentiment);
      if (at < 0) missed += 1;
      else {
        claims.splice(at, 1);
        right += 1;
      }
    }
    wrong += claims.length;
  }
  const figures = { precision: right / (right + wrong), recall: right / (right + missed) };
  console.log(`Interests, ${half} answers: precision ${figures.precision.toFixed(3)}, recall ${figures.recall.toFixed(3)} (${right} right, ${wrong} wrong, ${missed} missed).`);
  return figures;
}

// Floors under what is reached, so that nothing gets worse unseen; not the aim.
test.each([
  ['development', 0.75, 0.75],
  ['held-out', 0.55, 0.55],
])('interests are found in the %s answers', (half, precision, recall) => {
  const figures = read(half);
  expect(figures.precision).toBeGreaterThan(precision);
  expect(figures.recall).toBeGreaterThan(recall);
});
