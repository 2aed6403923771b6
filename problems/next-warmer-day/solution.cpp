#include <stack>
#include <vector>

/** For each day the number of the first later day that was warmer, or -1. */
std::vector<int> nextWarmerDay(const std::vector<int>& temperatures) {
    std::vector<int> warmerDays(temperatures.size(), -1);
    std::stack<int> waiting;  // Days without a warmer one so far; the coldest of them is on top.
    const int days = static_cast<int>(temperatures.size());
    for (int day = 0; day < days; ++day) {
        while (!waiting.empty() && temperatures[waiting.top()] < temperatures[day]) {
            warmerDays[waiting.top()] = day;
            waiting.pop();
        }
        waiting.push(day);
    }
    return warmerDays;
}
