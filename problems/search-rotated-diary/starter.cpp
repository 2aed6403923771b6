#include <vector>

/** The position of the first entry on the wanted day or after it, or -1. */
int findEntry(const std::vector<int>& days, int wanted) {
    return -1;
}
