#include <vector>

/** For each day the number of the first later day that was warmer, or -1. */
std::vector<int> nextWarmerDay(const std::vector<int>& temperatures) {
    return std::vector<int>(temperatures.size(), -1);
}
