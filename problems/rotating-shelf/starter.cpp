#include <vector>

/** The row of boxes after the shelf has turned by `steps` (negative: back). */
std::vector<int> rotateShelf(const std::vector<int>& boxes, int steps) {
    return {};
}
