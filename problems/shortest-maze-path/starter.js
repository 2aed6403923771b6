/**
 * The smallest number of moves from S to E, or -1 if there is no way.
 * @param {string[]} floor
 * @returns {number}
 */
function shortestPath(floor) {
  return 0;
}
