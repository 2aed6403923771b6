#include <vector>

/** Positions of the two bookings that add up to target, in ascending order; empty if there are none. */
std::vector<int> twoSum(const std::vector<int>& numbers, int target) {
    return {};
}
