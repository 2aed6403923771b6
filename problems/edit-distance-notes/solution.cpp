#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

/** The smallest effort that turns the first tune into the second. */
int leastEffort(const std::vector<int>& first, const std::vector<int>& second) {
    constexpr int add = 3;
    constexpr int remove = 3;
    constexpr int swap = 2;

    // efforts[i][j] turns the first i notes of one copy into the first j notes of the other.
    std::vector<std::vector<int>> efforts(first.size() + 1, std::vector<int>(second.size() + 1, 0));
    for (std::size_t i = 1; i <= first.size(); ++i) {
        efforts[i][0] = efforts[i - 1][0] + remove;
    }
    for (std::size_t j = 1; j <= second.size(); ++j) {
        efforts[0][j] = efforts[0][j - 1] + add;
    }

    for (std::size_t i = 1; i <= first.size(); ++i) {
        for (std::size_t j = 1; j <= second.size(); ++j) {
            int least = std::min({
                efforts[i][j - 1] + add,
                efforts[i - 1][j] + remove,
                efforts[i - 1][j - 1] + std::abs(first[i - 1] - second[j - 1]),
            });
            const bool isSwapped = i >= 2 && j >= 2 && first[i - 2] == second[j - 1] && first[i - 1] == second[j - 2];
            if (isSwapped) {
                least = std::min(least, efforts[i - 2][j - 2] + swap);
            }
            efforts[i][j] = least;
        }
    }
    return efforts.back().back();
}
