#include <functional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

/** The order in which all courses are taken, or an empty vector if that is impossible. */
std::vector<std::string> planCourses(const std::vector<std::string>& courses,
                                     const std::vector<std::vector<std::string>>& requirements) {
    const int count = static_cast<int>(courses.size());
    std::unordered_map<std::string, int> placeOf;
    for (int place = 0; place < count; ++place) {
        placeOf[courses[place]] = place;
    }
    std::vector<std::vector<int>> followers(count);
    std::vector<int> openRequirements(count, 0);
    for (const auto& requirement : requirements) {
        const int before = placeOf.at(requirement[0]);
        const int after = placeOf.at(requirement[1]);
        followers[before].push_back(after);
        ++openRequirements[after];
    }

    // Places in the catalogue, so the smallest is the course that stands first.
    std::priority_queue<int, std::vector<int>, std::greater<int>> possible;
    for (int place = 0; place < count; ++place) {
        if (openRequirements[place] == 0) {
            possible.push(place);
        }
    }
    std::vector<std::string> order;
    while (!possible.empty()) {
        const int place = possible.top();
        possible.pop();
        order.push_back(courses[place]);
        for (const int follower : followers[place]) {
            if (--openRequirements[follower] == 0) {
                possible.push(follower);
            }
        }
    }
    if (order.size() != courses.size()) {
        order.clear();
    }
    return order;
}
