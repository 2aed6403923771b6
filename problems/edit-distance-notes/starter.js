/**
 * The smallest effort that turns the first tune into the second.
 * @param {number[]} first
 * @param {number[]} second
 * @returns {number}
 */
function leastEffort(first, second) {
  return 0;
}
