/** How extracted claims are compared with labels. Used by the corpus test; nothing here looks at a claim's quote. */
import { singular } from '#domain/interests/inflection.ts';
import { wordsOf } from '#domain/interests/taxonomy.ts';
import type { Claim, Sentiment } from '#domain/interests/interest.ts';

export interface LabelledInterest {
  topic: string;
  aliases: string[];
  category: string;
  otherCategories?: string[];
  sentiment: Sentiment;
  quote: string;
}
export interface LabelledAnswer {
  id: string;
  question: string;
  answer: string;
  interests: LabelledInterest[];
  not: { topic: string; why: string; aliases?: string[] }[];
  traits: string[];
}

/** Words that do not make one topic another: "playing the violin" is the violin. */
const EMPTY = new Set('a an the of to in on for with and or my our his her their at by from about being be do go doing going play playing learning learn how i that which old new own good'.split(' '));

/** Content words without their endings: "restoring old radios" and "radio restoration" meet. */
export function contentStems(name: string): string[] {
  const words = wordsOf(name);
  const content = words.filter((word) => !EMPTY.has(word));
  return (content.length > 0 ? content : words).map(stem);
}
function stem(word: string): string {
  const base = singular(word.replace(/'s$/, ''));
  for (const ending of ['ations', 'ation', 'ings', 'ing', 'ers', 'er', 'ists', 'ist', 'ed', 'ion', 'y', 'e']) {
    if (base.length - ending.length >= 3 && base.endsWith(ending)) {
      const cut = base.slice(0, -ending.length);
      return /([^aeiouls])\1$/.test(cut) ? cut.slice(0, -1) : cut;
    }
  }
  return base;
}
/** All content words of one name occur in the other. */
export function sameTopic(claimed: string, label: string): boolean {
  const a = new Set(contentStems(claimed));
  const b = new Set(contentStems(label));
  if (a.size === 0 || b.size === 0) return false;
  return [...a].every((word) => b.has(word)) || [...b].every((word) => a.has(word));
}
export function matchesLabel(claimed: string, label: { topic: string; aliases?: string[] }): boolean {
  return [label.topic, ...(label.aliases ?? [])].some((name) => sameTopic(claimed, name));
}

export interface Tally {
  claims: number;
  right: number;
  labels: number;
  found: number;
}
export interface Score {
  total: Tally;
  bySentiment: Record<Sentiment, Tally>;
  /** Claims of what the labels say must not be claimed. */
  forbidden: number;
  /** Right claims beyond one for each label. */
  doubles: number;
  categoryRight: number;
  categoryTotal: number;
}
export interface Verdict {
  wrong: Claim[];
  missed: LabelledInterest[];
}

export function emptyScore(): Score {
  const tally = (): Tally => ({ claims: 0, right: 0, labels: 0, found: 0 });
  return { total: tally(), bySentiment: { positive: tally(), mixed: tally(), negative: tally() }, forbidden: 0, doubles: 0, categoryRight: 0, categoryTotal: 0 };
}

/**
 * Adds one answer. Precision: a claim is right if it means a label of the same sentiment and nothing that must not be claimed.
 * Recall: labels and right claims are paired one to one.
 */
export function addAnswer(score: Score, answer: LabelledAnswer, claims: readonly Claim[]): Verdict {
  const fits = claims.map((claim) => answer.interests.map((label) => label.sentiment === claim.sentiment && matchesLabel(claim.topic, label)));
  const pairOfLabel = new Map<number, number>();
  const pair = (claim: number, seen: Set<number>): boolean => {
    for (let label = 0; label < answer.interests.length; label++) {
      if (!fits[claim]![label] || seen.has(label)) continue;
      seen.add(label);
      const holder = pairOfLabel.get(label);
      if (holder === undefined || pair(holder, seen)) {
        pairOfLabel.set(label, claim);
        return true;
      }
    }
    return false;
  };
  claims.forEach((_, claim) => pair(claim, new Set()));
  const wrong: Claim[] = [];
  claims.forEach((claim, at) => {
    const right = fits[at]!.some(Boolean);
    const forbidden = !right && answer.not.some((entry) => matchesLabel(claim.topic, entry));
    for (const tally of [score.total, score.bySentiment[claim.sentiment]]) {
      tally.claims++;
      if (right) tally.right++;
    }
    if (forbidden) score.forbidden++;
    if (!right) wrong.push(claim);
    else if (![...pairOfLabel.values()].includes(at)) score.doubles++;
  });
  const missed: LabelledInterest[] = [];
  answer.interests.forEach((label, at) => {
    for (const tally of [score.total, score.bySentiment[label.sentiment]]) {
      tally.labels++;
      if (pairOfLabel.has(at)) tally.found++;
    }
    const claim = pairOfLabel.get(at);
    if (claim === undefined) missed.push(label);
    else {
      score.categoryTotal++;
      if ([label.category, ...(label.otherCategories ?? [])].includes(claims[claim]!.category)) score.categoryRight++;
    }
  });
  return { wrong, missed };
}

export const precision = ({ right, claims }: Tally): number => (claims === 0 ? 1 : right / claims);
export const recall = ({ found, labels }: Tally): number => (labels === 0 ? 1 : found / labels);
export function scoreLine(name: string, score: Score): string {
  const part = (label: string, tally: Tally): string => `${label} P ${precision(tally).toFixed(3)} R ${recall(tally).toFixed(3)} (${tally.right}/${tally.claims} claims, ${tally.found}/${tally.labels} labels)`;
  return [
    part(`${name}: all`, score.total),
    ...(['positive', 'mixed', 'negative'] as const).map((sentiment) => part(`  ${sentiment}`, score.bySentiment[sentiment])),
    `  claimed although forbidden: ${score.forbidden}; doubles: ${score.doubles}; category right: ${score.categoryRight}/${score.categoryTotal}`,
  ].join('\n');
}
