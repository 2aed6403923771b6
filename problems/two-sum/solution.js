/**
 * Positions of the two bookings that add up to target, in ascending order; empty if there are none.
 * @param {number[]} numbers
 * @param {number} target
 * @returns {number[]}
 */
function twoSum(numbers, target) {
  const positionOf = new Map();
  for (const [position, amount] of numbers.entries()) {
    const partner = target - amount;
    if (positionOf.has(partner)) return [positionOf.get(partner), position];
    positionOf.set(amount, position);
  }
  return [];
}
