#include <string>
#include <vector>

/** The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones. */
std::vector<std::string> topWords(const std::string& text, int limit) {
    return {};
}
