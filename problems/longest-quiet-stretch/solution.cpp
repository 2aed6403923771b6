#include <algorithm>
#include <vector>

/** The length of the longest stretch with at most `allowed` minutes louder than `limit`. */
int longestQuietStretch(const std::vector<int>& levels, int limit, int allowed) {
    int longest = 0;
    int start = 0;
    int loudMinutes = 0;
    const int minutes = static_cast<int>(levels.size());
    for (int end = 0; end < minutes; ++end) {
        if (levels[end] > limit) {
            ++loudMinutes;
        }
        while (loudMinutes > allowed) {
            if (levels[start] > limit) {
                --loudMinutes;
            }
            ++start;
        }
        longest = std::max(longest, end - start + 1);
    }
    return longest;
}
