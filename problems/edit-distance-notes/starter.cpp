#include <vector>

/** The smallest effort that turns the first tune into the second. */
int leastEffort(const std::vector<int>& first, const std::vector<int>& second) {
    return 0;
}
