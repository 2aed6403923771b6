/** An item's text in groups of words small enough to point at, each with its place in the recording. Pure. */
import { sampleRangeOf } from '../interests/evidence.ts';
import { samplesToMs } from '../stream/audio-format.ts';

/** Offsets in the text; what lies between two groups is white space. */
export interface WordGroup {
  from: number;
  to: number;
  /** Where it begins in the recording; never earlier than the group before. */
  startMs: number;
}

/** Shorter clauses join their neighbour, longer ones are divided: about as much as one says between two breaths. */
const MIN_GROUP_WORDS = 3;
export const MAX_GROUP_WORDS = 8;
const SENTENCE_END = /[.!?…。！？]["'”’)\]]*$/u;
const CLAUSE_END = /[,;:—–、，；：]["'”’)\]]*$/u;
/** A long clause is rather divided before one of these. */
const BEGINS_A_GROUP = /^(?:and|but|or|so|because|since|although|though|if|when|while|where|which|who|that|than|as|like|with|without|from|into|about|after|before|until|for|in|on|at|to|of)$/i;

interface Word {
  from: number;
  to: number;
  text: string;
}

/** The groups in order; none without words. An item without length, as a typed answer is, is one group. */
export function wordGroupsOf(item: { text: string; startSample: number; endSample: number }): WordGroup[] {
  const words = [...item.text.matchAll(/\S+/gu)].map(({ 0: text, index }) => ({ from: index, to: index + text.length, text }));
  if (words.length === 0) return [];
  const groups = item.endSample > item.startSample ? clausesOf(words).flatMap(divided) : [words];
  return groups.map((group) => {
    const [from, to] = [group[0]!.from, group.at(-1)!.to];
    return { from, to, startMs: samplesToMs(sampleRangeOf(item, from, to).startSample) };
  });
}

/** By punctuation. A sentence's end always counts, another mark only behind enough words. */
function clausesOf(words: readonly Word[]): Word[][] {
  const clauses: Word[][] = [];
  let clause: Word[] = [];
  let sentence = 0;
  for (const word of words) {
    clause.push(word);
    const ends = SENTENCE_END.test(word.text);
    if (!ends && !(CLAUSE_END.test(word.text) && clause.length >= MIN_GROUP_WORDS)) continue;
    const before = clauses[clauses.length - 1];
    // "…, mostly." goes with what it belongs to.
    if (clause.length < MIN_GROUP_WORDS && clauses.length > sentence && before!.length + clause.length <= MAX_GROUP_WORDS) before!.push(...clause);
    else clauses.push(clause);
    clause = [];
    if (ends) sentence = clauses.length;
  }
  return clause.length > 0 ? [...clauses, clause] : clauses;
}

/** A clause in parts of about the same number of words, none above the limit. */
function divided(clause: Word[]): Word[][] {
  const parts = Math.ceil(clause.length / MAX_GROUP_WORDS);
  const groups: Word[][] = [];
  let rest = clause;
  for (let left = parts; left > 1; left -= 1) {
    const even = Math.round(rest.length / left);
    // Neither this part nor those to come may grow beyond the limit.
    const fits = (count: number) => count >= MIN_GROUP_WORDS && count <= MAX_GROUP_WORDS && rest.length - count <= (left - 1) * MAX_GROUP_WORDS && rest.length - count >= MIN_GROUP_WORDS;
    const count = [even, even - 1, even + 1, even - 2, even + 2].find((at) => fits(at) && BEGINS_A_GROUP.test(rest[at]!.text)) ?? even;
    groups.push(rest.slice(0, count));
    rest = rest.slice(count);
  }
  return [...groups, rest];
}

/** Index of the group being heard at `atMs`; -1 before the first. */
export function groupAt(groups: readonly WordGroup[], atMs: number): number {
  return groups.findLastIndex(({ startMs }) => startMs <= atMs);
}
