/** The assignment problem: who of one side is whom of the other, so that the whole costs least. */

/**
 * For each row its column, or −1 where rows outnumber columns; no column twice, the sum of `costs[row][column]` least.
 * The Hungarian method with potentials and shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987): one row is
 * added after the other, in O(rows² · columns). Costs may be negative. @throws RangeError for a ragged table.
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (costs.some((row) => row.length !== columns)) throw new RangeError('Every row of an assignment has as many costs.');
  if (rows > columns) {
    const found = assign(Array.from({ length: columns }, (_, column) => costs.map((row) => row[column]!)));
    return costs.map((_, row) => found.indexOf(row));
  }
  // Column 0 is a stand-in that holds the row being placed; rows and columns count from 1.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row;
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const previous = new Int32Array(columns + 1);
    const reached = new Uint8Array(columns + 1);
    let column = 0;
    while (rowOf[column] !== 0) {
      reached[column] = 1;
      const from = rowOf[column]!;
      let step = Infinity;
      let next = 0;
      for (let candidate = 1; candidate <= columns; candidate += 1) {
        if (reached[candidate]) continue;
        const reduced = costs[from - 1]![candidate - 1]! - rowPotential[from]! - columnPotential[candidate]!;
        if (reduced < slack[candidate]!) {
          slack[candidate] = reduced;
          previous[candidate] = column;
        }
        if (slack[candidate]! < step) {
          step = slack[candidate]!;
          next = candidate;
        }
      }
      for (let each = 0; each <= columns; each += 1) {
        if (reached[each]) {
          rowPotential[rowOf[each]!]! += step;
          columnPotential[each]! -= step;
        } else slack[each]! -= step;
      }
      column = next;
    }
    while (column !== 0) {
      rowOf[column] = rowOf[previous[column]!]!;
      column = previous[column]!;
    }
  }
  const columnOf = Array.from({ length: rows }, () => -1);
  for (let column = 1; column <= columns; column += 1) if (rowOf[column] !== 0) columnOf[rowOf[column]! - 1] = column - 1;
  return columnOf;
}
