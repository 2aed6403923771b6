/**
 * What a meeting was about, one thing after the other: TextTiling (Hearst, "TextTiling: Segmenting Text into
 * Multi-paragraph Subtopic Passages", Computational Linguistics 23(1), 1997) over its sentences, helped by what people
 * say when they move on. A topic is titled by the words that are its own.
 */
import type { SaidSentence } from './said-sentences.ts';
import type { NoteTopic } from './schema.ts';
import { type Term, type Weights, cosine, countTerms } from './terms.ts';

/** Sentences compared on either side of a possible border; Hearst's blocks are about as long. */
const BLOCK = 8;
/** Shorter than this is no topic of its own. */
const MIN_TOPIC_MS = 45_000;
const MIN_TOPIC_SENTENCES = 5;
/** On average at most one topic in so long: more would be a table of contents nobody reads. */
const MS_PER_TOPIC = 180_000;
const MAX_TOPICS = 20;
const TITLE_WORDS = 3;
/** Depth scores lie between 0 and 2; a sentence that says "next topic" is worth a deep valley. */
const CUE_DEPTH = 0.8;
const MOVING_ON =
  /\b(?:next (?:topic|item|point|on the agenda|up|thing)|moving on|move on to|on to the next|let's (?:talk|move on|turn|switch|go on|get) (?:about|to|over to|on)|let's (?:start|begin) with|(?:first|second|third|last|final) (?:item|topic|point|thing|on the agenda)|(?:that brings us|turning) to|other business|the agenda)\b/;

export interface TopicRange {
  /** Sentences [from, to). */
  from: number;
  to: number;
}

/** Every sentence lies in exactly one. */
export function topicRanges(sentences: readonly SaidSentence[]): TopicRange[] {
  const n = sentences.length;
  if (n === 0) return [];
  const durationMs = sentences[n - 1]!.evidence.endMs - sentences[0]!.evidence.startMs;
  const most = Math.min(MAX_TOPICS, Math.max(1, Math.round(durationMs / MS_PER_TOPIC), sentences.filter(({ plain }) => MOVING_ON.test(plain)).length + 1));
  const borders: number[] = [];
  for (const { at } of bordersByDepth(sentences)) {
    if (borders.length + 1 >= most) break;
    if ([0, ...borders, n].every((other) => farApart(sentences, at, other))) borders.push(at);
  }
  const all = [0, ...borders.toSorted((a, b) => a - b), n];
  return all.slice(1).map((to, index) => ({ from: all[index]!, to }));
}

/** Each as wide as it was talked about, with the words that are more its own than the meeting's. */
export function titledTopics(sentences: readonly SaidSentence[], ranges: readonly TopicRange[]): NoteTopic[] {
  const terms = ranges.map(({ from, to }) => sentences.slice(from, to).flatMap((each) => each.terms));
  const spread = countTerms(terms.flatMap((each) => [...new Set(each.map(({ term }) => term))]));
  return ranges.flatMap(({ from, to }, index) => {
    const title = titleOf(terms[index]!, (term) => Math.log(1 + ranges.length / spread.get(term)!));
    if (title === null) return [];
    const next = sentences[ranges[index + 1]?.from ?? -1];
    return { title, startMs: sentences[from]!.evidence.startMs, endMs: next?.evidence.startMs ?? sentences[to - 1]!.evidence.endMs, evidence: [sentences[from]!.evidence] };
  });
}

function bordersByDepth(sentences: readonly SaidSentence[]): { at: number; depth: number }[] {
  const terms = sentences.map((each) => each.terms.map(({ term }) => term));
  const similar = similarities(terms);
  const [left, right] = [peaks(similar), peaks(similar.toReversed()).toReversed()];
  const depths = similar.map((value, index) => {
    const at = index + 1;
    const valley = left[index]! + right[index]! - 2 * value;
    return { at, depth: valley + (MOVING_ON.test(sentences[at]!.plain) ? CUE_DEPTH : 0) };
  });
  const mean = depths.reduce((sum, { depth }) => sum + depth, 0) / Math.max(1, depths.length);
  const deviation = Math.sqrt(depths.reduce((sum, { depth }) => sum + (depth - mean) ** 2, 0) / Math.max(1, depths.length));
  return depths.filter(({ at, depth }) => depth > mean + deviation / 2 && sentences[at]!.item !== sentences[at - 1]!.item).toSorted((a, b) => b.depth - a.depth || a.at - b.at);
}

/** Of the blocks before and after each place from the second sentence on. Blocks slide: each sentence enters and leaves them once. */
function similarities(terms: readonly string[][]): number[] {
  const before: Weights = new Map();
  const after: Weights = new Map();
  for (const sentence of terms.slice(0, BLOCK)) count(after, sentence, 1);
  return terms.slice(1).map((_, index) => {
    const at = index + 1;
    count(before, terms[at - 1]!, 1);
    count(before, terms[at - 1 - BLOCK] ?? [], -1);
    count(after, terms[at - 1]!, -1);
    count(after, terms[at - 1 + BLOCK] ?? [], 1);
    return cosine(before, after);
  });
}
function count(block: Weights, terms: readonly string[], by: 1 | -1): void {
  for (const term of terms) {
    const left = (block.get(term) ?? 0) + by;
    if (left === 0) block.delete(term);
    else block.set(term, left);
  }
}

/** The height reached from each place going left for as long as it rises. */
function peaks(values: readonly number[]): number[] {
  const reached: number[] = [];
  for (const [at, value] of values.entries()) reached.push(at > 0 && values[at - 1]! >= value ? reached[at - 1]! : value);
  return reached;
}

function farApart(sentences: readonly SaidSentence[], at: number, other: number): boolean {
  const [from, to] = at < other ? [at, other] : [other, at];
  const spanMs = (sentences[to]?.evidence.startMs ?? sentences[to - 1]!.evidence.endMs) - sentences[from]!.evidence.startMs;
  return to - from >= MIN_TOPIC_SENTENCES && spanMs >= MIN_TOPIC_MS;
}

function titleOf(terms: readonly Term[], rarity: (term: string) => number): string | null {
  const counts = countTerms(terms.map(({ term }) => term));
  const words = [...counts].map(([term, count]) => ({ term, weight: count * rarity(term) })).toSorted((a, b) => b.weight - a.weight).slice(0, TITLE_WORDS);
  if (words.length === 0) return null;
  const shown = words.map(({ term }) => saidAs(terms.filter((each) => each.term === term)));
  const title = shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
  return title[0]!.toUpperCase() + title.slice(1);
}

/** The commonest way; with capitals where it is a name. */
function saidAs(said: readonly Term[]): string {
  const isName = said.some(({ name }) => name);
  const forms = countTerms(said.map(({ word }) => (isName || /^\p{Lu}{2}/u.test(word) ? word : word.toLowerCase())));
  return [...forms].toSorted((a, b) => b[1] - a[1])[0]![0];
}
