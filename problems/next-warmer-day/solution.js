/**
 * For each day the number of the first later day that was warmer, or -1.
 * @param {number[]} temperatures
 * @returns {number[]}
 */
function nextWarmerDay(temperatures) {
  const warmerDays = temperatures.map(() => -1);
  const waiting = []; // Days without a warmer one so far; the coldest of them is on top.
  temperatures.forEach((temperature, day) => {
    while (waiting.length > 0 && temperatures[waiting.at(-1)] < temperature) {
      warmerDays[waiting.pop()] = day;
    }
    waiting.push(day);
  });
  return warmerDays;
}
