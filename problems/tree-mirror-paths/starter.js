// TreeNode is there already. It has val, left and right; a missing child is null.

/**
 * The scores of all fair routes, from the leftmost to the rightmost.
 * @param {TreeNode | null} root
 * @returns {number[]}
 */
function fairScores(root) {
  return [];
}
