/**
 * The busy times as [start, end], in ascending order; meetings that overlap or touch are one.
 * @param {number[][]} meetings
 * @returns {number[][]}
 */
function mergeMeetings(meetings) {
  const byStart = [...meetings].sort(([oneStart], [otherStart]) => oneStart - otherStart);
  const busy = [];
  for (const [start, end] of byStart) {
    const last = busy.at(-1);
    if (last && start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      busy.push([start, end]);
    }
  }
  return busy;
}
