/**
 * The most telling sentences of a meeting, as they were said: near the centre of their topic and of the whole (centroid
 * summarisation: Radev, Jing, Styś, Tam, "Centroid-based summarization of multiple documents", 2004), none saying what
 * another says (maximal marginal relevance: Carbonell, Goldstein, 1998).
 */
import type { SaidSentence } from './said-sentences.ts';
import { type Weights, cosine, countTerms } from './terms.ts';
import type { TopicRange } from './topics.ts';

const MIN_WORDS = 7;
/** Longer ones lose: a summary of monologues is none. */
const LONG_WORDS = 35;
/** One sentence of the summary stands for about so many. */
const SENTENCES_EACH = 12;
const MOST = 8;
const DECISION_BONUS = 0.15;
const OPENING_BONUS = 0.05;
/** More alike than this is the same thing said twice. */
const SAME = 0.5;

/** In the order they were said; more of a longer meeting, at most eight. */
export function tellingSentences(sentences: readonly SaidSentence[], topics: readonly TopicRange[], isDecision: (sentence: SaidSentence) => boolean): SaidSentence[] {
  const terms = sentences.map((each) => each.terms.map(({ term }) => term));
  const spread = countTerms(terms.flatMap((each) => [...new Set(each)]));
  const rarity = (term: string) => Math.log(1 + sentences.length / spread.get(term)!);
  const weigh = (counts: Weights): Weights => new Map([...counts].map(([term, count]) => [term, count * rarity(term)]));
  const vectors = terms.map((each) => weigh(countTerms(each)));
  const whole = weigh(countTerms(terms.flat()));

  const scored = topics.flatMap(({ from, to }, topic) => {
    const centre = weigh(countTerms(terms.slice(from, to).flat()));
    return sentences.slice(from, to).flatMap((sentence, offset) => {
      const vector = vectors[from + offset]!;
      const words = sentence.text.split(' ').length;
      if (sentence.text.endsWith('?') || words < MIN_WORDS || vector.size < 3) return [];
      const near = 0.6 * cosine(vector, centre) + 0.4 * cosine(vector, whole);
      const score = near * Math.min(1, LONG_WORDS / words) + (isDecision(sentence) ? DECISION_BONUS : 0) + (offset < 3 ? OPENING_BONUS : 0);
      return { sentence, vector, topic, score };
    });
  });

  const ranked = scored.toSorted((a, b) => b.score - a.score || a.sentence.index - b.sentence.index);
  const most = Math.min(MOST, Math.max(1, Math.ceil(sentences.length / SENTENCES_EACH)));
  const chosen: typeof ranked = [];
  const take = (each: (typeof ranked)[number]) => {
    if (chosen.length < most && !chosen.includes(each) && chosen.every((other) => cosine(other.vector, each.vector) < SAME)) chosen.push(each);
  };
  // Of every topic its best first, so that none is left out while there is room.
  for (const each of ranked) if (!chosen.some(({ topic }) => topic === each.topic)) take(each);
  for (const each of ranked) take(each);
  // Nothing but short sentences: then one of those.
  if (chosen.length === 0) return sentences.filter(({ text }) => !text.endsWith('?')).toSorted((a, b) => b.text.length - a.text.length).slice(0, 1);
  return chosen.map(({ sentence }) => sentence).toSorted((a, b) => a.index - b.index);
}
