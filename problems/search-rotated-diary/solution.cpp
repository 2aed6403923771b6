#include <algorithm>
#include <iterator>
#include <vector>

/** The position of the first entry on the wanted day or after it, or -1. */
int findEntry(const std::vector<int>& days, int wanted) {
    if (days.empty()) {
        return -1;
    }
    // Every page of the moved part is later than the last page, no page of the rest is.
    const int lastDay = days.back();
    const auto oldest = std::partition_point(days.begin(), days.end(), [lastDay](int day) { return day > lastDay; });

    // Both parts are in order; later days than the last one can only stand in the moved part.
    const bool inMovedPart = wanted > lastDay;
    const auto from = inMovedPart ? days.begin() : oldest;
    const auto until = inMovedPart ? oldest : days.end();
    const auto entry = std::lower_bound(from, until, wanted);
    return entry == until ? -1 : static_cast<int>(std::distance(days.begin(), entry));
}
