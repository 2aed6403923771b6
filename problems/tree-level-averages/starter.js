// TreeNode is there already. It has val, left and right; a missing child is null.

/**
 * The average of each level, from the top to the bottom; empty if there is no tree.
 * @param {TreeNode | null} root
 * @returns {number[]}
 */
function levelAverages(root) {
  return [];
}
