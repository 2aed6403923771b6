#include <map>
#include <string>
#include <vector>

namespace {

using Stock = std::map<std::string, int>;

void add(Stock& bicycles, const std::string& station, int count) {
    bicycles[station] += count;
}

bool take(Stock& bicycles, const std::string& station, int count) {
    const auto found = bicycles.find(station);
    if (found == bicycles.end() || found->second < count) {
        return false;
    }
    found->second -= count;
    return true;
}

}  // namespace

/** The bicycles at each station after all events of the day. */
std::map<std::string, int> endOfDay(const std::map<std::string, int>& stock, const std::vector<std::vector<std::string>>& events) {
    Stock bicycles = stock;
    for (const auto& event : events) {
        const std::string& kind = event[0];
        const int count = std::stoi(event[1]);
        const std::string& station = event[2];
        if (kind == "arrive") {
            add(bicycles, station, count);
        } else if (kind == "rent") {
            take(bicycles, station, count);
        } else if (kind == "move") {
            const std::string& destination = event[3];
            if (take(bicycles, station, count)) {
                add(bicycles, destination, count);
            }
        }
    }
    return bicycles;
}
