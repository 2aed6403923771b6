/**
 * The length of the longest stretch with at most `allowed` minutes louder than `limit`.
 * @param {number[]} levels
 * @param {number} limit
 * @param {number} allowed
 * @returns {number}
 */
function longestQuietStretch(levels, limit, allowed) {
  return 0;
}
