/**
 * The busy times as [start, end], in ascending order; meetings that overlap or touch are one.
 * @param {number[][]} meetings
 * @returns {number[][]}
 */
function mergeMeetings(meetings) {
  return [];
}
