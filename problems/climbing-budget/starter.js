/**
 * The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground.
 * @param {number[]} fees
 * @param {number} budget
 * @returns {number}
 */
function highestHut(fees, budget) {
  return 0;
}
