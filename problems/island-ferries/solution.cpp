#include <queue>
#include <vector>

namespace {

struct Crossing {
    int neighbour;
    int minutes;
};

/** Where somebody stands: an island together with the passes left. */
struct Trip {
    int total;
    int island;
    int passesLeft;
};

struct IsSlower {
    bool operator()(const Trip& one, const Trip& other) const { return one.total > other.total; }
};

}  // namespace

/** The fewest minutes from start to goal, or -1 if there is no way. */
int fastestTrip(int islands, const std::vector<std::vector<int>>& ferries, int start, int goal, int passes) {
    std::vector<std::vector<Crossing>> crossings(islands);
    for (const auto& ferry : ferries) {
        crossings[ferry[0]].push_back({ferry[1], ferry[2]});
        crossings[ferry[1]].push_back({ferry[0], ferry[2]});
    }

    std::vector<std::vector<bool>> settled(islands, std::vector<bool>(passes + 1, false));
    std::priority_queue<Trip, std::vector<Trip>, IsSlower> reached;
    reached.push({0, start, passes});
    while (!reached.empty()) {
        const Trip trip = reached.top();
        reached.pop();
        if (trip.island == goal) {
            return trip.total;
        }
        if (settled[trip.island][trip.passesLeft]) {
            continue;
        }
        settled[trip.island][trip.passesLeft] = true;
        for (const auto& [neighbour, minutes] : crossings[trip.island]) {
            reached.push({trip.total + minutes, neighbour, trip.passesLeft});
            if (trip.passesLeft > 0) {
                reached.push({trip.total + (minutes + 1) / 2, neighbour, trip.passesLeft - 1});
            }
        }
    }
    return -1;
}
