const IMPOSSIBLE = -1;

/**
 * The greatest number of coins that pay the price exactly, or -1 if none do.
 * @param {number[]} coins
 * @param {number} price
 * @returns {number}
 */
function mostCoins(coins, price) {
  // For each amount, the most coins that pay it, of the coins looked at so far.
  const most = new Array(price + 1).fill(IMPOSSIBLE);
  most[0] = 0;
  for (const coin of coins) {
    // From the top down, so that no amount already contains this coin.
    for (let amount = price; amount >= coin; amount--) {
      const rest = most[amount - coin];
      if (rest !== IMPOSSIBLE) most[amount] = Math.max(most[amount], rest + 1);
    }
  }
  return most[price];
}
