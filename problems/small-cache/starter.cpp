#include <string>
#include <vector>

/** The answer to each "get". Design the store as a class of its own, and use it here. */
std::vector<std::string> runCache(int capacity, const std::vector<std::vector<std::string>>& operations) {
    return {};
}
