/**
 * The length of the longest stretch with at most `allowed` minutes louder than `limit`.
 * @param {number[]} levels
 * @param {number} limit
 * @param {number} allowed
 * @returns {number}
 */
function longestQuietStretch(levels, limit, allowed) {
  let longest = 0;
  let start = 0;
  let loudMinutes = 0;
  for (let end = 0; end < levels.length; end++) {
    if (levels[end] > limit) loudMinutes++;
    while (loudMinutes > allowed) {
      if (levels[start] > limit) loudMinutes--;
      start++;
    }
    longest = Math.max(longest, end - start + 1);
  }
  return longest;
}
