/**
 * How extracted claims are compared with labels, on labelled answers (tests/fixtures/interests/README.md). A claim is
 * right when it means a label's topic and has its sentiment; claims and labels are paired one to one, so that of two
 * claims of the same thing the second is wrong.
 */
import { singular } from '#domain/interests/inflection.ts';
import { wordsOf } from '#domain/interests/taxonomy.ts';
import type { Claim, Sentiment } from '#domain/interests/interest.ts';

export interface LabelledInterest {
  topic: string;
  aliases?: string[];
  category: string;
  otherCategories?: string[];
  sentiment: Sentiment;
}
export interface LabelledAnswer {
  id: string;
  question: string;
  answer: string;
  interests: LabelledInterest[];
  not: { topic: string; why: string; aliases?: string[] }[];
  /** What makes the answer interesting as a test. */
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

export interface Score {
  claims: number;
  labels: number;
  right: number;
  /** Claims of what the labels say must not be claimed. */
  forbidden: number;
  /** Of the right ones, those in a right category. */
  categoryRight: number;
}
export function emptyScore(): Score {
  return { claims: 0, labels: 0, right: 0, forbidden: 0, categoryRight: 0 };
}

/** Adds one answer. As many pairs as possible are made (augmenting paths). */
export function addAnswer(score: Score, answer: LabelledAnswer, claims: readonly Claim[]): { wrong: Claim[]; missed: LabelledInterest[] } {
  const fits = claims.map((claim) => answer.interests.map((label) => label.sentiment === claim.sentiment && matchesLabel(claim.topic, label)));
  const claimOf = new Map<number, number>();
  const pair = (claim: number, seen: Set<number>): boolean => {
    for (let label = 0; label < answer.interests.length; label++) {
      if (!fits[claim]![label] || seen.has(label)) continue;
      seen.add(label);
      const holder = claimOf.get(label);
      if (holder === undefined || pair(holder, seen)) {
        claimOf.set(label, claim);
        return true;
      }
    }
    return false;
  };
  claims.forEach((_, claim) => pair(claim, new Set()));
  const paired = new Set(claimOf.values());
  const wrong = claims.filter((_, at) => !paired.has(at));
  const missed = answer.interests.filter((_, at) => !claimOf.has(at));
  score.claims += claims.length;
  score.labels += answer.interests.length;
  score.right += paired.size;
  score.forbidden += claims.filter((claim, at) => !fits[at]!.some(Boolean) && answer.not.some((entry) => matchesLabel(claim.topic, entry))).length;
  for (const [at, claim] of claimOf) {
    const label = answer.interests[at]!;
    if ([label.category, ...(label.otherCategories ?? [])].includes(claims[claim]!.category)) score.categoryRight++;
  }
  return { wrong, missed };
}

export const precision = ({ right, claims }: Score): number => (claims === 0 ? 1 : right / claims);
export const recall = ({ right, labels }: Score): number => (labels === 0 ? 1 : right / labels);
export function scoreLine(name: string, score: Score): string {
  return `Interests, ${name}: precision ${precision(score).toFixed(3)}, recall ${recall(score).toFixed(3)} (${score.right} right of ${score.claims} claims and ${score.labels} labels); claimed although forbidden ${score.forbidden}; category right ${score.categoryRight} of ${score.right}.`;
}
