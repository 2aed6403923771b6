#include <string>

/** Whether every bracket in the text is closed by one of its kind, in the right order. */
bool isBalanced(const std::string& text) {
    return false;
}
