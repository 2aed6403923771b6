/**
 * The row of boxes after the shelf has turned by `steps` (negative: back).
 * @param {number[]} boxes
 * @param {number} steps
 * @returns {number[]}
 */
function rotateShelf(boxes, steps) {
  return [];
}
