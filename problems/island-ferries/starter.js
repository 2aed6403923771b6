/**
 * The fewest minutes from start to goal, or -1 if there is no way.
 * @param {number} islands
 * @param {number[][]} ferries triples of two islands and the minutes between them
 * @param {number} start
 * @param {number} goal
 * @param {number} passes
 * @returns {number}
 */
function fastestTrip(islands, ferries, start, goal, passes) {
  return -1;
}
