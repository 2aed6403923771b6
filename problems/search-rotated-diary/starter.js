/**
 * The position of the first entry on the wanted day or after it, or -1.
 * @param {number[]} days
 * @param {number} wanted
 * @returns {number}
 */
function findEntry(days, wanted) {
  return -1;
}
