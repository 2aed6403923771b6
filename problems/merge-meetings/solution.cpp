#include <algorithm>
#include <vector>

/** The busy times as {start, end}, in ascending order; meetings that overlap or touch are one. */
std::vector<std::vector<int>> mergeMeetings(const std::vector<std::vector<int>>& meetings) {
    std::vector<std::vector<int>> byStart = meetings;
    std::sort(byStart.begin(), byStart.end());

    std::vector<std::vector<int>> busy;
    for (const auto& meeting : byStart) {
        const int start = meeting[0];
        const int end = meeting[1];
        if (!busy.empty() && start <= busy.back()[1]) {
            busy.back()[1] = std::max(busy.back()[1], end);
        } else {
            busy.push_back({start, end});
        }
    }
    return busy;
}
