/**
 * Positions of the two bookings that add up to target, in ascending order; empty if there are none.
 * @param {number[]} numbers
 * @param {number} target
 * @returns {number[]}
 */
function twoSum(numbers, target) {
  return [];
}
