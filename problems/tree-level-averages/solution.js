// TreeNode is there already. It has val, left and right; a missing child is null.

/**
 * The average of each level, from the top to the bottom; empty if there is no tree.
 * @param {TreeNode | null} root
 * @returns {number[]}
 */
function levelAverages(root) {
  const averages = [];
  let level = root ? [root] : [];
  while (level.length > 0) {
    const sum = level.reduce((total, node) => total + node.val, 0);
    averages.push(sum / level.length);
    level = level.flatMap(({ left, right }) => [left, right]).filter((child) => child !== null);
  }
  return averages;
}
