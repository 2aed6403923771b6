/** Claims what an attitude is about: the phrases behind it, before it, or what "it" stands for. */
import { findTopics, isOrdinary } from '../taxonomy.ts';
import { isAfterthought, isClaimable } from './claimable.ts';
import { localHedge } from './doubt.ts';
import { PEOPLE } from './lexicon.ts';
import { nameTopic, phrasesFrom, splitRun, WEAK_TOPICS } from './phrases.ts';
import { add } from './state.ts';
import type { State, Where } from './state.ts';
import type { Word } from './tokens.ts';

/** How many claims or references were found. */
export function claimPhrases(state: State, where: Where, from: number, to: number): number {
  const clause = state.clauses[where.at]!;
  const words = clause.words.slice(0, to);
  if (from >= words.length || words.slice(from).some(({ w }) => w === 'your') || /^(?:everything|anything) (?:that|which)/.test(clause.text.slice(clause.starts[from]))) return 0;
  if (/^(?:it|that)$/.test(words[from]!.w) && /^(?:when|if|that)$/.test(words[from + 1]?.w ?? state.clauses[where.at + 1]?.words[0]?.w ?? '') && where.stance !== 'stopped') {
    const next = state.clauses[where.at + 1];
    const describesIt = state.last.length > 0 && next?.words[0]?.w === 'when' && /\bit\b|\bit's\b/.test(next.text);
    if (!describesIt) return 0;
  }
  // "hate that we only have it once a week": not what is hated, but that.
  if (words[from]!.w === 'that' && /^(?:i|we|you|he|she|they|it|it's|people|my|the|there|there's)$/.test(words[from + 1]?.w ?? '')) return 0;
  let count = 0;
  // "I play it every day": the verb says how, the pronoun what.
  if (where.stance === 'do' && /^(?:it|them|those|that)$/.test(words[from + 1]?.w ?? '')) {
    for (const named of state.last.slice(words[from + 1]!.w === 'it' ? -1 : 0)) add(state, where, named, from, from + 2);
    return 1;
  }
  for (const phrase of phrasesFrom(words, from, where.stance === 'do').flatMap((one) => splitRun(words, one))) {
    state.readTo = phrase.end;
    if (phrase.refers) {
      if (/^(?:him|her)$/.test(words[phrase.start]!.w) && state.last.at(-1)?.category !== 'nature') continue;
      const meant = /^(?:them|those|these|all|both)$/.test(words[phrase.start]!.w) || /^(?:all|both)$/.test(words[phrase.start - 2]?.w ?? '') ? state.last : state.last.slice(-1);
      for (const named of meant) add(state, where, named, from, phrase.end);
      count += 1;
      break;
    }
    const named = nameTopic(words.slice(phrase.start, phrase.end).map(({ w }) => w));
    // "my cousin and his drones", "somebody's shed".
    if (/^(?:his|her|their|your)$/.test(words[phrase.start - 1]?.w ?? '')) continue;
    if (named && !phrase.first && isAfterthought(words, phrase.start, named)) continue;
    if (!named || !isClaimable(named, where, words.slice(phrase.start, phrase.end).map(({ w }) => w), phrase.first)) {
      if (phrase.first && where.stance === 'do') return count;
      continue;
    }
    add(state, localHedge(where, words, from, phrase.start), named, from, phrase.end);
    count++;
  }
  return count;
}
/** The subject of "… is fun", from `floor` on; "it" is what was spoken of last. */
export function claimBefore(state: State, where: Where, floor: number, end: number): void {
  const clause = state.clauses[where.at]!;
  let start = floor;
  while (start < end && /^(?:except|apart|from|only|and|but|so|because|then|also|yes|yeah|no|although|though|while|if|when|i|or|oh|now|which|who)$/.test(clause.words[start]!.w)) start++;
  if (start >= end || /^(?:it|it's|that|that's|they|they're|this|these|those|he|she|i'm|there's|i)$/.test(clause.words[start]!.w)) {
    if (/^(?:there's|he|she)$/.test(clause.words[start]?.w ?? '')) return;
    if (where.listedOnly && start >= end && !/^(?:it|it's|that|that's|they|they're|them)$/.test(clause.words[end]?.w ?? '')) return;
    // "It's the quiet I love."
    if (/^(?:it's|that's)$/.test(clause.words[start]?.w ?? '') && end - start > 1 && claimPhrases(state, where, start + 1, end) > 0) return;
    for (const named of state.last.slice(/^(?:they|they're|these|those)$/.test(clause.words[start]?.w ?? '') ? -3 : -1)) add(state, where, named, 0, clause.words.length);
    return;
  }
  claimPhrases(state, where, start, end);
}
/** "I'd rather be in the garage with my motorbike": the first thing named behind a strong word of liking. */
export function claimSpan(state: State, where: Where, from: number): number {
  if (where.stance !== 'like' && where.stance !== 'wish') return 0;
  const { words } = state.clauses[where.at]!;
  const row = words.slice(from).map(({ w }) => w);
  const stop = row.findIndex((w) => /^(?:than|not|because|instead|when|if|but)$/.test(w));
  const span = findTopics(stop < 0 ? row : row.slice(0, stop)).find(({ topic, start, end }) => !WEAK_TOPICS.has(topic.name) && !isOrdinary(row.slice(start, end)));
  if (!span || row.slice(0, span.start).some((w) => PEOPLE.has(w) || w === 'your')) return 0;
  add(state, where, { topic: span.topic.name, category: span.topic.category, listed: true, known: true }, from, from + span.end);
  return 1;
}
/** Nothing more is said, or only when and how much. */
export function onlyTime(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length; at++) if (!/^(?:most|best|a|lot|very|much|too|every|day|week|so|more|than|anything|all|the|time|now|still|again|at|of)$/.test(words[at]!.w)) return false;
  return true;
}
