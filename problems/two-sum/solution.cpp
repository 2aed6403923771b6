#include <unordered_map>
#include <vector>

/** Positions of the two bookings that add up to target, in ascending order; empty if there are none. */
std::vector<int> twoSum(const std::vector<int>& numbers, int target) {
    std::unordered_map<long long, int> positionOf;
    for (int position = 0; position < static_cast<int>(numbers.size()); ++position) {
        const long long partner = static_cast<long long>(target) - numbers[position];
        if (const auto found = positionOf.find(partner); found != positionOf.end()) {
            return {found->second, position};
        }
        positionOf.emplace(numbers[position], position);
    }
    return {};
}
