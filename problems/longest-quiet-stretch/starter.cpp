#include <vector>

/** The length of the longest stretch with at most `allowed` minutes louder than `limit`. */
int longestQuietStretch(const std::vector<int>& levels, int limit, int allowed) {
    return 0;
}
