/**
 * The drawers: words with the same letters together, everything in alphabetical order.
 * @param {string[]} words
 * @returns {string[][]}
 */
function sortIntoDrawers(words) {
  return [];
}
