#include <cctype>
#include <cstddef>
#include <string>

namespace {

/**
 * Reads an expression once, from left to right. One function for each level of binding:
 *
 * sum = product, then any number of + or - with another product
 * product = value, then any number of * or / with another value
 * value = number, or a sum in brackets, or - with another value
 */
class Reader {
public:
    explicit Reader(const std::string& expression) : text_(expression) {}

    long long readSum() {
        long long result = readProduct();
        while (true) {
            if (skip('+')) {
                result += readProduct();
            } else if (skip('-')) {
                result -= readProduct();
            } else {
                return result;
            }
        }
    }

private:
    long long readProduct() {
        long long result = readValue();
        while (true) {
            if (skip('*')) {
                result *= readValue();
            } else if (skip('/')) {
                result /= readValue();
            } else {
                return result;
            }
        }
    }

    long long readValue() {
        if (skip('-')) {
            return -readValue();
        }
        if (skip('(')) {
            const long long result = readSum();
            skip(')');
            return result;
        }
        return readNumber();
    }

    long long readNumber() {
        skipSpaces();
        long long number = 0;
        while (position_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[position_]))) {
            number = number * 10 + (text_[position_] - '0');
            ++position_;
        }
        return number;
    }

    bool skip(char wanted) {
        skipSpaces();
        if (position_ < text_.size() && text_[position_] == wanted) {
            ++position_;
            return true;
        }
        return false;
    }

    void skipSpaces() {
        while (position_ < text_.size() && text_[position_] == ' ') {
            ++position_;
        }
    }

    const std::string& text_;
    std::size_t position_ = 0;
};

}  // namespace

/** The value of the expression; a division leaves out the fraction. */
long long calculate(const std::string& expression) {
    return Reader(expression).readSum();
}
