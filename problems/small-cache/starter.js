/**
 * The answer to each "get". Design the store as a class of its own, and use it here.
 * @param {number} capacity
 * @param {string[][]} operations
 * @returns {string[]}
 */
function runCache(capacity, operations) {
  return [];
}
