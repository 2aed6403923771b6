#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

/** The drawers: words with the same letters together, everything in alphabetical order. */
std::vector<std::vector<std::string>> sortIntoDrawers(const std::vector<std::string>& words) {
    std::vector<std::string> inOrder = words;
    std::sort(inOrder.begin(), inOrder.end());

    // Words are taken in order, so each drawer is in order, and drawers come up in the order of their first word.
    std::vector<std::vector<std::string>> drawers;
    std::unordered_map<std::string, std::size_t> drawerOf;
    for (const std::string& word : inOrder) {
        std::string letters = word;
        std::sort(letters.begin(), letters.end());
        const auto [place, isNew] = drawerOf.try_emplace(letters, drawers.size());
        if (isNew) {
            drawers.emplace_back();
        }
        drawers[place->second].push_back(word);
    }
    return drawers;
}
