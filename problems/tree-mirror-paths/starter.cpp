#include <vector>

// TreeNode is there already. It has int val, TreeNode* left and TreeNode* right; a missing child is nullptr.

/** The scores of all fair routes, from the leftmost to the rightmost. */
std::vector<int> fairScores(TreeNode* root) {
    return {};
}
