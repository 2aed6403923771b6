/**
 * The position of the first entry on the wanted day or after it, or -1.
 * @param {number[]} days
 * @param {number} wanted
 * @returns {number}
 */
function findEntry(days, wanted) {
  const size = days.length;
  // No page of the moved part is as early as the last page, every page of the rest is.
  const oldest = firstWhere(size, (page) => days[page] <= days[size - 1]);
  // From the oldest page on, round the end, the days are in order.
  const pagesOn = firstWhere(size, (offset) => days[(oldest + offset) % size] >= wanted);
  return pagesOn < size ? (oldest + pagesOn) % size : -1;
}

/** The first number below `size` for which `holds` is true (it stays true from there), or `size`. */
function firstWhere(size, holds) {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
