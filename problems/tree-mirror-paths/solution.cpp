#include <vector>

namespace {

bool isEnd(const TreeNode* place) {
    return place->left == nullptr && place->right == nullptr;
}

void walk(const TreeNode* place, const TreeNode* mirror, int score, int mirrorScore, std::vector<int>& scores) {
    if (place == nullptr || mirror == nullptr) {
        return;
    }
    score += place->val;
    mirrorScore += mirror->val;
    if (isEnd(place) && isEnd(mirror) && score == mirrorScore) {
        scores.push_back(score);
    }
    walk(place->left, mirror->right, score, mirrorScore, scores);
    walk(place->right, mirror->left, score, mirrorScore, scores);
}

}  // namespace

/** The scores of all fair routes, from the leftmost to the rightmost. */
std::vector<int> fairScores(TreeNode* root) {
    std::vector<int> scores;
    walk(root, root, 0, 0, scores);
    return scores;
}
