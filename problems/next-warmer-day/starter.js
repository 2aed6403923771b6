/**
 * For each day the number of the first later day that was warmer, or -1.
 * @param {number[]} temperatures
 * @returns {number[]}
 */
function nextWarmerDay(temperatures) {
  return temperatures.map(() => -1);
}
