#include <map>
#include <string>
#include <vector>

/** The bicycles at each station after all events of the day. */
std::map<std::string, int> endOfDay(const std::map<std::string, int>& stock, const std::vector<std::vector<std::string>>& events) {
    std::map<std::string, int> bicycles = stock;
    for (const auto& event : events) {
        const std::string& kind = event[0];
        const int count = std::stoi(event[1]);
        const std::string& station = event[2];
        const auto found = bicycles.find(station);
        if (kind == "arrive") {
            bicycles.at(station) += count;
        } else if (kind == "rent") {
            if (found != bicycles.end() && found->second > count) {
                found->second -= count;
            }
        } else if (kind == "move") {
            const std::string& destination = event[3];
            if (found != bicycles.end() && found->second > count) {
                found->second -= count;
            }
            bicycles.at(destination) += count;
        }
    }
    return bicycles;
}
