/** Word error rates as jiwer defines them (jiwer 4, `process.py`), from counts that can be added up over recordings. */

/** Reference words = hits + substitutions + deletions; words heard = hits + substitutions + insertions. */
export interface WordErrors {
  substitutions: number;
  deletions: number;
  insertions: number;
  hits: number;
}

export interface WordErrorRates {
  /** Errors per reference word. Without reference words: how many were heard. May exceed 1. */
  wer: number;
  /** Match error rate: the share of aligned words that are wrong, 0…1. */
  mer: number;
  /** Word information preserved: the share of reference words hit times the share of heard words that are hits. */
  wip: number;
  /** Word information lost: 1 − WIP. */
  wil: number;
}

const NO_WORD_ERRORS: Readonly<WordErrors> = { substitutions: 0, deletions: 0, insertions: 0, hits: 0 };

/**
 * Fewest errors that turn one list of words into the other (Levenshtein). Where several alignments are equally short,
 * the one of rapidfuzz is counted, which jiwer uses: common ends first, then from the back a deletion, an insertion, a pair.
 * Time grows with the product of the lengths, memory with one of them.
 */
export function countWordErrors(reference: readonly string[], heard: readonly string[]): WordErrors {
  let start = 0;
  while (start < reference.length && start < heard.length && reference[start] === heard[start]) start += 1;
  let [wantedEnd, heardEnd] = [reference.length, heard.length];
  while (wantedEnd > start && heardEnd > start && reference[wantedEnd - 1] === heard[heardEnd - 1]) {
    wantedEnd -= 1;
    heardEnd -= 1;
  }
  const [rows, columns] = [wantedEnd - start, heardEnd - start];
  const numbers = new Map<string, number>();
  const { errors, substitutions } = align(numbered(reference.slice(start, wantedEnd), numbers), numbered(heard.slice(start, heardEnd), numbers));
  // Deletions − insertions is the difference of the lengths, and together with the substitutions they are all errors.
  const deletions = (errors - substitutions + rows - columns) / 2;
  return { substitutions, deletions, insertions: errors - substitutions - deletions, hits: reference.length - substitutions - deletions };
}

/** Rows of the table of distances, with the substitutions on the chosen way to each cell. */
function align(wanted: Int32Array, got: Int32Array): { errors: number; substitutions: number } {
  const columns = got.length;
  let above = Int32Array.from({ length: columns + 1 }, (_, column) => column);
  let aboveSubstitutions = new Int32Array(columns + 1);
  let here = new Int32Array(columns + 1);
  let hereSubstitutions = new Int32Array(columns + 1);
  for (let row = 1; row <= wanted.length; row += 1) {
    here[0] = row;
    hereSubstitutions[0] = 0;
    for (let column = 1; column <= columns; column += 1) {
      const differs = wanted[row - 1] === got[column - 1] ? 0 : 1;
      const distance = Math.min(above[column]! + 1, here[column - 1]! + 1, above[column - 1]! + differs);
      here[column] = distance;
      if (distance === above[column]! + 1) hereSubstitutions[column] = aboveSubstitutions[column]!;
      else if (column > 1 && here[column - 1]! < above[column - 1]!) hereSubstitutions[column] = hereSubstitutions[column - 1]!;
      else hereSubstitutions[column] = aboveSubstitutions[column - 1]! + differs;
    }
    [above, here] = [here, above];
    [aboveSubstitutions, hereSubstitutions] = [hereSubstitutions, aboveSubstitutions];
  }
  return { errors: above[columns]!, substitutions: aboveSubstitutions[columns]! };
}

/** Words as numbers: comparing those is what makes an hour of speech quick. Words not met before are added to `numbers`. */
function numbered(words: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(words, (word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
}

/** Errors of a corpus: rates come from these sums and are never averaged. */
export function addWordErrors(counts: Iterable<WordErrors>): WordErrors {
  const sum = { ...NO_WORD_ERRORS };
  for (const each of counts) {
    sum.substitutions += each.substitutions;
    sum.deletions += each.deletions;
    sum.insertions += each.insertions;
    sum.hits += each.hits;
  }
  return sum;
}

export function totalErrors({ substitutions, deletions, insertions }: WordErrors): number {
  return substitutions + deletions + insertions;
}

export function wordErrorRates(counts: WordErrors): WordErrorRates {
  const { substitutions, deletions, insertions, hits } = counts;
  const errors = totalErrors(counts);
  const wanted = hits + substitutions + deletions;
  const heard = hits + substitutions + insertions;
  if (wanted === 0) return heard === 0 ? { wer: 0, mer: 0, wip: 1, wil: 0 } : { wer: insertions, mer: 1, wip: 0, wil: 1 };
  const wip = heard === 0 ? 0 : (hits / wanted) * (hits / heard);
  return { wer: errors / wanted, mer: errors / (wanted + insertions), wip, wil: 1 - wip };
}
