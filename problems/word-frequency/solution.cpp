#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

bool isEnglishLetter(unsigned char character) {
    return character < 128 && std::isalpha(character);
}

/** Words in alphabetical order with their counts. */
std::map<std::string, int> countWords(const std::string& text) {
    std::map<std::string, int> counts;
    std::string word;
    const auto finishWord = [&] {
        if (!word.empty()) {
            ++counts[word];
            word.clear();
        }
    };
    for (const unsigned char character : text) {
        if (isEnglishLetter(character)) {
            word += static_cast<char>(std::tolower(character));
        } else {
            finishWord();
        }
    }
    finishWord();
    return counts;
}

}  // namespace

/** The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones. */
std::vector<std::string> topWords(const std::string& text, int limit) {
    const auto counts = countWords(text);
    std::vector<std::pair<std::string, int>> ranked(counts.begin(), counts.end());
    // A stable sort keeps equally frequent words in the alphabetical order of the map.
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& one, const auto& other) { return one.second > other.second; });

    std::vector<std::string> words;
    for (int index = 0; index < std::min<int>(limit, static_cast<int>(ranked.size())); ++index) {
        words.push_back(ranked[index].first);
    }
    return words;
}
