#include <string>
#include <vector>

/** The drawers: words with the same letters together, everything in alphabetical order. */
std::vector<std::vector<std::string>> sortIntoDrawers(const std::vector<std::string>& words) {
    return {};
}
