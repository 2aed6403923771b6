/**
 * The row of boxes after the shelf has turned by `steps` (negative: back).
 * @param {number[]} boxes
 * @param {number} steps
 * @returns {number[]}
 */
function rotateShelf(boxes, steps) {
  const size = boxes.length;
  if (size === 0) return [];
  // The remainder of a negative number is negative, so it is lifted into the range before it is used.
  const forward = ((steps % size) + size) % size;
  const first = size - forward;
  return [...boxes.slice(first), ...boxes.slice(0, first)];
}
