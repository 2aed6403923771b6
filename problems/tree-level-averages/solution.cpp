#include <utility>
#include <vector>

// TreeNode is there already. It has int val, TreeNode* left and TreeNode* right; a missing child is nullptr.

/** The average of each level, from the top to the bottom; empty if there is no tree. */
std::vector<double> levelAverages(TreeNode* root) {
    std::vector<double> averages;
    std::vector<TreeNode*> level;
    if (root != nullptr) {
        level.push_back(root);
    }
    while (!level.empty()) {
        long long sum = 0;
        std::vector<TreeNode*> nextLevel;
        for (const TreeNode* node : level) {
            sum += node->val;
            for (TreeNode* child : {node->left, node->right}) {
                if (child != nullptr) {
                    nextLevel.push_back(child);
                }
            }
        }
        averages.push_back(static_cast<double>(sum) / static_cast<double>(level.size()));
        level = std::move(nextLevel);
    }
    return averages;
}
