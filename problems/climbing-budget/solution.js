const LONGEST_WALK = 3;

/**
 * The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground.
 * @param {number[]} fees
 * @param {number} budget
 * @returns {number}
 */
function highestHut(fees, budget) {
  let highest = 0;
  // The smallest totals for the stops from which the next hut can be reached; the ground is one of them.
  const totalsBelow = [0];
  for (const [index, fee] of fees.entries()) {
    const total = Math.min(...totalsBelow) + fee;
    if (total <= budget) highest = index + 1;
    totalsBelow.push(total);
    if (totalsBelow.length > LONGEST_WALK) totalsBelow.shift();
  }
  return highest;
}
