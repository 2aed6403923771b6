const ADD = 3;
const REMOVE = 3;
const SWAP = 2;

/**
 * The smallest effort that turns the first tune into the second.
 * @param {number[]} first
 * @param {number[]} second
 * @returns {number}
 */
function leastEffort(first, second) {
  // efforts[i][j] turns the first i notes of one copy into the first j notes of the other.
  const efforts = Array.from({ length: first.length + 1 }, () => new Array(second.length + 1).fill(0));
  for (let i = 0; i <= first.length; i++) efforts[i][0] = i * REMOVE;
  for (let j = 0; j <= second.length; j++) efforts[0][j] = j * ADD;

  for (let i = 1; i <= first.length; i++) {
    for (let j = 1; j <= second.length; j++) {
      let least = Math.min(
        efforts[i][j - 1] + ADD,
        efforts[i - 1][j] + REMOVE,
        efforts[i - 1][j - 1] + Math.abs(first[i - 1] - second[j - 1]),
      );
      const isSwapped = i >= 2 && j >= 2 && first[i - 2] === second[j - 1] && first[i - 1] === second[j - 2];
      if (isSwapped) least = Math.min(least, efforts[i - 2][j - 2] + SWAP);
      efforts[i][j] = least;
    }
  }
  return efforts[first.length][second.length];
}
