#include <algorithm>
#include <vector>

/** The row of boxes after the shelf has turned by `steps` (negative: back). */
std::vector<int> rotateShelf(const std::vector<int>& boxes, int steps) {
    if (boxes.empty()) {
        return {};
    }
    const int size = static_cast<int>(boxes.size());
    // The remainder of a negative number is negative, so it is lifted into the range before it is used.
    const int forward = (steps % size + size) % size;
    std::vector<int> turned(boxes.size());
    std::rotate_copy(boxes.begin(), boxes.end() - forward, boxes.end(), turned.begin());
    return turned;
}
