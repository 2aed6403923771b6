#include <cstddef>
#include <map>
#include <string>

namespace {

/** Reads a line from left to right. */
class Reader {
public:
    explicit Reader(const std::string& line) : line_(line) {}

    bool atEnd() const { return position_ >= line_.size(); }

    void skipSpaces() {
        while (take(' ')) {
        }
    }

    bool take(char wanted) {
        const bool isThere = !atEnd() && line_[position_] == wanted;
        if (isThere) {
            ++position_;
        }
        return isThere;
    }

    std::string takeUntil(const char* stops) {
        const std::size_t start = position_;
        position_ = line_.find_first_of(stops, start);
        if (position_ == std::string::npos) {
            position_ = line_.size();
        }
        return line_.substr(start, position_ - start);
    }

    /** The rest of a quoted value, with its closing mark. */
    std::string takeQuoted() {
        std::string value;
        while (!take('"')) {
            take('\\');
            value += line_[position_++];
        }
        return value;
    }

private:
    const std::string& line_;
    std::size_t position_ = 0;
};

std::string readValue(Reader& reader) {
    return reader.take('"') ? reader.takeQuoted() : reader.takeUntil(" ");
}

}  // namespace

/** The value of every key in the line; a key without a value gets "true". */
std::map<std::string, std::string> parseLogLine(const std::string& line) {
    std::map<std::string, std::string> values;
    Reader reader(line);
    reader.skipSpaces();
    while (!reader.atEnd()) {
        const std::string key = reader.takeUntil("= ");
        values[key] = reader.take('=') ? readValue(reader) : "true";
        reader.skipSpaces();
    }
    return values;
}
