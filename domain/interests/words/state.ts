/** What is kept while one answer is read, and how a claim is added to it. */
import type { Sentiment } from '../interest.ts';
import { findTopics, isOrdinary } from '../taxonomy.ts';
import type { Stance } from './attitudes.ts';
import type { Clause } from './clauses.ts';
import { WEAK_TOPICS } from './phrases.ts';
import type { NamedTopic } from './phrases.ts';
import type { Question } from './questions.ts';

export interface Found {
  named: NamedTopic;
  sentiment: Sentiment;
  /** `bare`: a topic without a verb, liked because the question asked for it. */
  stance: Stance | 'bare';
  confidence: number;
  /** Offsets in the answer. */
  from: number;
  to: number;
  /** Joined to the clause before by "but", "and", "although". */
  sameBreath: boolean;
  clause: number;
}
export interface Reading {
  found: Found[];
  retracted: { topic: string; from: number; to: number }[];
}

/** From one mention. A wish or liking in so many words is rarely wrong; a bare noun phrase may be anything. */
const CONFIDENCE: Record<Stance | 'bare', number> = { like: 0.9, wish: 0.85, do: 0.7, weak: 0.6, dislike: 0.88, stopped: 0.85, past: 0.75, skill: 0.5, bare: 0.65 };

export interface State {
  text: string;
  question: Question;
  clauses: Clause[];
  found: Found[];
  retracted: Reading['retracted'];
  /** What was spoken of last, for "it" and "them". */
  last: NamedTopic[];
  /** How a bare phrase is meant after what was said so far. */
  mood: Sentiment | null;
  known: string[];
  /** An attitude whose object has not been named yet: "it's …" may follow. */
  expects: Sentiment | null;
  /** The first word of the clause after the last phrase read. */
  readTo: number;
}

export interface Where {
  at: number;
  stance: Stance | 'bare';
  sentiment: Sentiment;
  confidence?: number;
  listedOnly?: boolean;
  /** The clause begins with the way of speaking: "something with animals". */
  opens?: boolean;
}

export function add(state: State, where: Where, named: NamedTopic, start: number, end: number): void {
  const clause = state.clauses[where.at]!;
  const range = quoteOf(clause, start, end);
  state.found.push({
    named,
    sentiment: where.sentiment,
    stance: where.stance,
    confidence: (where.confidence ?? CONFIDENCE[where.stance]) * (where.sentiment === 'mixed' ? 0.7 : 1) * (named.known ? 1 : 0.9),
    ...range,
    sameBreath: clause.link === 'but' || clause.link === 'and' || clause.link === 'although' || clause.link === 'though',
    clause: where.at,
  });
}
/** The clause without its link; of a long one only up to the phrase. */
export function quoteOf(clause: Clause, start: number, end: number): { from: number; to: number } {
  let first = 0;
  while (first < Math.min(start, clause.words.length - 1) && /^(?:and|but|so|because|then|although|though|while|which)$/.test(clause.words[first]!.w)) first++;
  const last = clause.words.length <= 14 ? clause.words.length : Math.max(end, Math.min(clause.words.length, start + 1));
  return { from: clause.words[first]!.from, to: clause.words[Math.max(first, last - 1)]!.to };
}
export function textFrom(clause: Clause, from: number): string {
  return clause.text.slice(clause.starts[from] ?? clause.text.length);
}
/** Nothing but yes, no and the like was said before. */
export function isOpening(state: State, at: number): boolean {
  for (let before = 0; before < at; before++) {
    const words = state.clauses[before]!.words.filter(({ w }) => !/^(?:yes|yeah|yep|no|nope|oh|okay|so|and|well|hello|hi|thanks|sure|maybe|easy|good|question|definitely|that's|a|let|me|see|hmm|right|look|nah|of|course)$/.test(w));
    if (words.length > 0) return false;
  }
  return true;
}
/** Verbs that name topics and stand in any sentence: "I was reading about locks" is about locks. */
const VERBAL = /^(?:talking|games|walking|science|reading|writing|singing|drawing|watching|selling)$/;
/** For "it" and "them" in what follows: the topics named here, everyday words only where there is nothing else. */
export function remember(state: State, clause: Clause): void {
  const row = clause.words.map(({ w }) => w);
  const spans = findTopics(row).filter(({ topic, start }) => !WEAK_TOPICS.has(topic.name) && (row[start] === topic.name || !VERBAL.test(topic.name)));
  const rare = spans.filter(({ start, end }) => !isOrdinary(row.slice(start, end)));
  const isSpokenOf = /\b(?:loves?|likes?|enjoys?|into|work as|it was|it is|it's)\b/.test(clause.text);
  const meant = rare.length > 0 || !isSpokenOf ? rare : spans;
  if (meant.length > 0) state.last = meant.map(({ topic }) => ({ topic: topic.name, category: topic.category, listed: true, known: true }));
}
