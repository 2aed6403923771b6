#include <map>
#include <vector>

/** Returns {people, from, until} of the first stretch with the most people, or {} without visits. */
std::vector<int> busiestStretch(const std::vector<std::vector<int>>& visits) {
    // All that happens in one minute is added up, so a change of guests does not count as a change.
    std::map<int, int> changes;
    for (const auto& visit : visits) {
        ++changes[visit[0]];
        --changes[visit[1]];
    }

    int people = 0;
    int most = 0;
    std::vector<int> busiest;
    bool isBusiest = false;
    for (const auto& [minute, change] : changes) {
        people += change;
        if (people > most) {
            most = people;
            busiest = {people, minute, minute};
            isBusiest = true;
        } else if (isBusiest && people < most) {
            busiest[2] = minute;
            isBusiest = false;
        }
    }
    return busiest;
}
