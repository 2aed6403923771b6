const MOVES = [[-1, 0], [1, 0], [0, -1], [0, 1]];

/**
 * The smallest number of moves from S to E, or -1 if there is no way.
 * @param {string[]} floor
 * @returns {number}
 */
function shortestPath(floor) {
  const seen = floor.map((line) => Array.from(line, (field) => field === 'S'));
  const startRow = floor.findIndex((line) => line.includes('S'));

  // The fields that are reached with exactly this number of moves.
  let reached = [[startRow, floor[startRow].indexOf('S')]];
  for (let moves = 0; reached.length > 0; moves++) {
    const next = [];
    for (const [row, column] of reached) {
      if (floor[row][column] === 'E') return moves;
      for (const [down, right] of MOVES) {
        const field = floor[row + down]?.[column + right];
        if (field === undefined || field === '#' || seen[row + down][column + right]) continue;
        seen[row + down][column + right] = true;
        next.push([row + down, column + right]);
      }
    }
    reached = next;
  }
  return -1;
}
