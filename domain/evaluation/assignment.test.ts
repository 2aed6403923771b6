import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from './assignment.ts';

const costOf = (costs: number[][], columnOf: number[]) => columnOf.reduce((sum, column, row) => (column < 0 ? sum : sum + costs[row]![column]!), 0);

/** Every way to pair rows with columns. */
function cheapest(costs: number[][], row = 0, taken: number[] = []): number {
  const columns = costs[0]!.length;
  if (row === costs.length) return taken.length === Math.min(costs.length, columns) ? 0 : Infinity;
  const free = Array.from({ length: columns }, (_, column) => column).filter((column) => !taken.includes(column));
  const with_ = free.map((column) => costs[row]![column]! + cheapest(costs, row + 1, [...taken, column]));
  return Math.min(...with_, costs.length > columns ? cheapest(costs, row + 1, taken) : Infinity);
}

describe('an assignment', () => {
  it('costs least as a whole, not row by row', () => {
    // Row by row: 1 + 9 = 10. As a whole: 2 + 3 = 5.
    expect(assign([[1, 2], [3, 9]])).toEqual([1, 0]);
    // 4+0+2 = 6, 4+5+2 = 11, 1+2+2 = 5, 1+5+3 = 9, 3+2+2 = 7, 3+0+3 = 6: the third is cheapest.
    expect(assign([[4, 1, 3], [2, 0, 5], [3, 2, 2]])).toEqual([1, 0, 2]);
  });
  it('leaves out whoever has no partner', () => {
    expect(assign([[5, 1, 9]])).toEqual([1]);
    expect(assign([[5], [1], [9]])).toEqual([-1, 0, -1]);
    expect(assign([])).toEqual([]);
    expect(assign([[], []])).toEqual([-1, -1]);
  });
  it('refuses a ragged table', () => {
    expect(() => assign([[1, 2], [3]])).toThrow(RangeError);
  });
  it('is never beaten by trying all', () => {
    const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) => {
      const row = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: columns, maxLength: columns });
      return fc.array(row, { minLength: rows, maxLength: rows });
    });
    fc.assert(
      fc.property(table, (costs) => {
        const columnOf = assign(costs);
        const used = columnOf.filter((column) => column >= 0);
        expect(new Set(used).size).toBe(used.length);
        expect(used).toHaveLength(Math.min(costs.length, costs[0]!.length));
        expect(costOf(costs, columnOf)).toBe(cheapest(costs));
      }),
    );
  });
});
