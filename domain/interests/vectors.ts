/**
 * A category for a phrase by its spelling: hashed character trigrams and words (512 dimensions, unit length, deterministic),
 * after Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning". It is at hand at once and everywhere;
 * what a phrase means is for a `TopicPlacer` to say (meaning.ts).
 */
import { DEFAULT_CATEGORY } from './categories.ts';
import type { CategoryId } from './categories.ts';
import { singular } from './inflection.ts';
import { findTopics, TOPICS, wordsOf } from './taxonomy.ts';
import type { Topic } from './taxonomy.ts';

const DIMENSIONS = 512;
/** Below this cosine two phrases share spelling by chance only (tried on the taxonomy's own aliases, each left out in turn). */
const NEAREST_TOPIC_THRESHOLD = 0.55;
const MAX_WORDS = 40;
const FUNCTION_WORDS = new Set('a an the my our your his her their of for to in on at with and or about by from some any how what why that this it do doing play playing go going'.split(' '));

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
function add(vector: Float32Array, feature: string, weight: number): void {
  const value = hash(feature);
  vector[value % DIMENSIONS]! += value & 0x10000 ? weight : -weight;
}

/** Unit length; the zero phrase gets the first axis. */
function spellingVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of wordsOf(text).slice(0, MAX_WORDS).filter((candidate) => !FUNCTION_WORDS.has(candidate)).map(singular)) {
    add(vector, `w:${word}`, 1);
    const padded = `^${word}$`;
    const count = Math.max(1, padded.length - 2);
    for (let at = 0; at + 3 <= padded.length; at++) add(vector, `g:${padded.slice(at, at + 3)}`, 1 / Math.sqrt(count));
  }
  return normalised(vector);
}
function normalised(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) {
    vector[0] = 1;
    return vector;
  }
  const scale = 1 / Math.sqrt(sum);
  return vector.map((value) => value * scale);
}
function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

let topicVectors: { topic: Topic; vector: Float32Array }[] | undefined;
/** By spelling alone: for words the taxonomy does not list in this form ("astronomical"). */
function nearestTopic(text: string): { topic: Topic; similarity: number } | undefined {
  topicVectors ??= TOPICS.map((topic) => ({ topic, vector: spellingVector(topic.name) }));
  const vector = spellingVector(text);
  let best: { topic: Topic; similarity: number } | undefined;
  for (const candidate of topicVectors) {
    const similarity = cosine(vector, candidate.vector);
    if (!best || similarity > best.similarity) best = { topic: candidate.topic, similarity };
  }
  return best;
}

/** What somebody does to a thing says more about the category than the thing: building guitars is making. The first that fits counts. */
const BY_WORD: [RegExp, CategoryId][] = [
  [/^collect/, 'everyday'],
  [/^(?:photograph|draw|sketch|paint|design|film-poster)/, 'arts'],
  [/^(?:repair|fix|restor|servic|tinker)/, 'technology'],
  [/^(?:build|carv|mak|construct|weav|craft|forg|sewing|knitting)/, 'making'],
  [/^(?:cook|bak|brew|ferment|roast|tast)/, 'cooking'],
  [/^(?:help|car|volunteer|teach|look after|sitting with|rescu|heal)/, 'health'],
  [/^(?:writ|read|poem|stor|novel|translat)/, 'literature'],
];
const BY_ANY_WORD: [RegExp, CategoryId][] = [
  [/\b(?:histor\w*|century|ancient|medieval|war|empire|roman\w*|politic\w*|society|culture\w*|religio\w*|museum\w*)\b/, 'history-society'],
  [/\b(?:films?|movies?|series|shows?|theatre|dance\w*|documentar\w*|actors?|programmes?|stage)\b/, 'stage-screen'],
  [/\b(?:music\w*|songs?|bands?|choirs?|orchestra\w*|concerts?|tunes?|sing\w*)\b/, 'music'],
  [/\b(?:books?|novels?|stories|poems?|poetry|letters?|reading|writing)\b/, 'literature'],
  [/\b(?:languages?|grammar|dialects?|words?|alphabets?)\b/, 'languages'],
  [/\b(?:games?|puzzles?|riddles?|cards)\b/, 'games'],
  [/\b(?:race\w*|racing|match\w*|teams?|training|sports?|swim\w*|run\w*|rid(?:e|ing)|skating|climb\w*|jump\w*|throw\w*|fight\w*|box\w*)\b/, 'sports'],
  [/\b(?:computers?|software|apps?|code|coding|programs?|algorithms?|internet|3d)\b/, 'computing'],
  [/\b(?:animals?|birds?|dogs?|cats?|plants?|flowers?|trees?|garden\w*|forests?|sea|river\w*|insects?|horses?)\b/, 'nature'],
  [/\b(?:food|recipes?|bread|soups?|cakes?|meals?|kitchen|cook\w*|bak\w*|taste|drinks?)\b/, 'cooking'],
  [/\b(?:engines?|machines?|motors?|radios?|trains?|cars?|planes?|electric\w*|repair\w*|vehicles?|tools?)\b/, 'technology'],
  [/\b(?:photos?|pictures?|paint\w*|draw\w*|colou?rs?|design\w*|art)\b/, 'arts'],
  [/\b(?:numbers?|maths?|statistic\w*|equations?|geometr\w*)\b/, 'mathematics'],
  [/\b(?:business|shop|selling|money|prices?|company|companies|customers?|market)\b/, 'business'],
  [/\b(?:health|patients?|hospital\w*|nurs\w*|care|children|kids|people|elderly|therap\w*)\b/, 'health'],
  [/\b(?:wood\w*|metal\w*|sew\w*|wool|fabric|build\w*|craft\w*|models?|making)\b/, 'making'],
  [/\b(?:science|experiments?|planets?|stars?|brain\w*|cells?|atoms?|\w+ology|works?)\b/, 'science'],
];

/** A category for a phrase the taxonomy does not list. */
export function placePhrase(phrase: string): CategoryId {
  const text = phrase.toLowerCase();
  for (const [pattern, category] of BY_WORD) if (pattern.test(text)) return category;
  const named = findTopics(wordsOf(text));
  if (named.length > 0) return named.at(-1)!.topic.category;
  const nearest = nearestTopic(text);
  if (nearest && nearest.similarity >= NEAREST_TOPIC_THRESHOLD) return nearest.topic.category;
  for (const [pattern, category] of BY_ANY_WORD) if (pattern.test(text)) return category;
  return DEFAULT_CATEGORY;
}
