#include <vector>

// TreeNode is there already. It has int val, TreeNode* left and TreeNode* right; a missing child is nullptr.

/** The average of each level, from the top to the bottom; empty if there is no tree. */
std::vector<double> levelAverages(TreeNode* root) {
    return {};
}
