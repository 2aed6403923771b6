/**
 * Agglomerative clustering with average linkage by the nearest-neighbour chain (Murtagh 1983; Müllner 2011,
 * arXiv:1109.2378): O(n²) time, and the same groups as always joining the two most alike. That holds for average
 * linkage, and still does when some pairs may never meet, since being forbidden is the least of similarities.
 */

export interface LinkageInput {
  /** Of each thing. */
  weights: readonly number[];
  /**
   * Of every two, row by row: cosine or another measure that rises with likeness; -Infinity for two that may never be in
   * one group. Is written over.
   */
  similarities: Float32Array;
  /** Groups are joined while their mean similarity, weighted, is at least this. */
  threshold: number;
}

/** Groups of indexes, each ascending, by their first. Ties go to the lower index, so the answer depends on the order given. */
export function averageLinkage({ weights: given, similarities, threshold }: LinkageInput): number[][] {
  const size = given.length;
  const weights = Float64Array.from(given);
  const groups: number[][] = Array.from({ length: size }, (_, index) => [index]);
  /** Groups that may still be joined, ascending. */
  let open = Int32Array.from(groups.keys());
  const close = (group: number): void => {
    const at = open.indexOf(group);
    open = open.copyWithin(at, at + 1).subarray(0, -1);
  };
  const chain: number[] = [];

  for (;;) {
    if (chain.length === 0) {
      if (open.length === 0) break;
      chain.push(open[0]!);
    }
    const tip = chain.at(-1)!;
    const before = chain.at(-2);
    const row = tip * size;
    // Starting from the one before, so that a tie closes the chain instead of running on for ever.
    let nearest = before ?? -1;
    let best = before === undefined ? -Infinity : similarities[row + before]!;
    for (let index = 0; index < open.length; index++) {
      const other = open[index]!;
      const similarity = similarities[row + other]!;
      if (similarity > best && other !== tip) {
        best = similarity;
        nearest = other;
      }
    }
    if (best < threshold || nearest < 0) {
      // Joining others never brings them nearer, so this group is as it stays. The chain only rises: nothing is before it.
      close(tip);
      chain.length = 0;
    } else if (nearest === before) {
      chain.length -= 2;
      join(Math.min(tip, before), Math.max(tip, before));
    } else {
      chain.push(nearest);
    }
  }
  return groups.filter((group) => group.length > 0).map((group) => group.toSorted((a, b) => a - b)).toSorted((a, b) => a[0]! - b[0]!);

  function join(kept: number, gone: number): void {
    const [keptWeight, goneWeight] = [weights[kept]!, weights[gone]!];
    const weight = keptWeight + goneWeight;
    close(gone);
    for (let index = 0; index < open.length; index++) {
      const other = open[index]!;
      if (other === kept) continue;
      const mean = (keptWeight * similarities[kept * size + other]! + goneWeight * similarities[gone * size + other]!) / weight;
      similarities[kept * size + other] = similarities[other * size + kept] = mean;
    }
    weights[kept] = weight;
    groups[kept]!.push(...groups[gone]!);
    groups[gone] = [];
  }
}
