#include <algorithm>
#include <vector>

/** The number of the highest hut that can be reached within the budget, counted from 1; 0 is the ground. */
int highestHut(const std::vector<int>& fees, int budget) {
    constexpr int longestWalk = 3;

    // The smallest total for a stop at each hut; the ground is number 0 and costs nothing.
    std::vector<int> smallestTotal{0};
    int highest = 0;
    for (const int fee : fees) {
        const int hut = static_cast<int>(smallestTotal.size());
        const auto lowestStop = smallestTotal.end() - std::min(hut, longestWalk);
        const int total = *std::min_element(lowestStop, smallestTotal.end()) + fee;
        if (total <= budget) {
            highest = hut;
        }
        smallestTotal.push_back(total);
    }
    return highest;
}
