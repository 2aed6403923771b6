#include <string>
#include <string_view>
#include <vector>

/** Whether every bracket in the text is closed by one of its kind, in the right order. */
bool isBalanced(const std::string& text) {
    // The bracket that closes an opening one stands at the same place.
    constexpr std::string_view opening = "([{";
    constexpr std::string_view closing = ")]}";

    std::vector<char> stillOpen;
    for (const char character : text) {
        if (opening.find(character) != std::string_view::npos) {
            stillOpen.push_back(character);
        } else if (const auto kind = closing.find(character); kind != std::string_view::npos) {
            if (stillOpen.empty() || stillOpen.back() != opening[kind]) {
                return false;
            }
            stillOpen.pop_back();
        }
    }
    return stillOpen.empty();
}
