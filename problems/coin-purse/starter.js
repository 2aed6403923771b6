/**
 * The greatest number of coins that pay the price exactly, or -1 if none do.
 * @param {number[]} coins
 * @param {number} price
 * @returns {number}
 */
function mostCoins(coins, price) {
  return -1;
}
