/** What a text is about, as far as its words tell. */

const STOP = new Set(
  `a about above across actually after again against all almost also although always am among an and another any anybody anyone anything are aren't around as ask at away back be because been before being below best better between big both but by call came can can't cannot come comes coming could couldn't day days did didn't different do does doesn't doing don't done down during each either else end enough even ever every everybody everyone everything exactly far few fine first for from full get gets getting give given go goes going gone gonna good got great had half has hasn't have haven't having he he's hear hello help her here hers hey hi him his hmm how i i'd i'll i'm i've if in instead into is isn't it it's its just keep kind knew know known knows last least less let let's like likely little long look looking looks lot lots made make makes making many may maybe me mean means might minute minutes more most much must my myself nah need needed needs never new next nice no nobody none nor not nothing now of off oh ok okay old on once one ones only onto open or other others our ours out over own part people perhaps place point please possible pretty probably put question quick quite rather ready really right said same saw say saying says second see seem seems seen several shall she should shouldn't show side since single so some somebody someone something sometimes sorry sort soon sounds start started still stuff such sure take taken takes taking talk talked talking tell than thank thanks that that's the their them then there there's these they they'll they're they've thing things think thinking third this those though thought three through time times to today together told tomorrow too took topic totally try trying two um uh under until up upon us use used very want wanted wants was wasn't way ways we we'd we'll we're we've week weeks well went were weren't what what's when where whether which while who who's whole whose why will with without won't word work working works would wouldn't wrong yeah year years yep yes yesterday yet you you'll you're you've your yours monday tuesday wednesday thursday friday saturday sunday morning afternoon agree agreed agreement decide decided decision item action meeting move moving absolutely basically definitely obviously zero four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million percent`
    .split(/\s+/u)
    .filter(Boolean),
);

/** A content word: what counts it as one with others (`term`), how it was said, and whether as a name: with a capital inside a sentence. */
export interface Term {
  term: string;
  word: string;
  name: boolean;
}
/** Content words in order. */
export function termsOf(text: string): Term[] {
  const words = text.replaceAll(/[’‘]/g, "'").match(/\p{L}[\p{L}\p{M}\p{N}'-]*/gu) ?? [];
  return words.flatMap((word, index) => {
    const bare = word.toLowerCase().replace(/'s$|s'$|'$|-$/u, '');
    return bare.length < 3 || STOP.has(bare) || STOP.has(word.toLowerCase()) ? [] : { term: stemOf(bare), word: word.replace(/['’]s$|['’-]$/u, ''), name: index > 0 && /^\p{Lu}/u.test(word) };
  });
}

/** "launches", "launched" and "launch" count as one; good enough for counting. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ies)$/u, 'y').replace(/(?:ing|ed|es|s|er)$/u, '');
  return stem.length < 3 ? word : stem.replace(/(.)\1$/u, '$1').replace(/e$/u, '');
}

export type Weights = Map<string, number>;

export function countTerms(terms: Iterable<string>): Weights {
  const counts: Weights = new Map();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

export function cosine(one: Weights, other: Weights): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let dot = 0;
  for (const [term, weight] of small) dot += weight * (large.get(term) ?? 0);
  return dot === 0 ? 0 : dot / (lengthOf(one) * lengthOf(other));
}
function lengthOf(weights: Weights): number {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  return Math.sqrt(sum);
}
