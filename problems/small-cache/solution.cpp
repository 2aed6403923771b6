#include <cstddef>
#include <iterator>
#include <list>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

/** Keeps at most `capacity` pictures: those that were used last. */
class PictureStore {
public:
    explicit PictureStore(int capacity) : capacity_(static_cast<std::size_t>(capacity)) {}

    std::optional<std::string> get(const std::string& name) {
        const auto found = entryOf_.find(name);
        if (found == entryOf_.end()) {
            return std::nullopt;
        }
        entries_.splice(entries_.end(), entries_, found->second);
        return found->second->picture;
    }

    void put(const std::string& name, const std::string& picture) {
        remove(name);
        entries_.push_back({name, picture});
        entryOf_[name] = std::prev(entries_.end());
        if (entries_.size() > capacity_) {
            entryOf_.erase(entries_.front().name);
            entries_.pop_front();
        }
    }

    void remove(const std::string& name) {
        if (const auto found = entryOf_.find(name); found != entryOf_.end()) {
            entries_.erase(found->second);
            entryOf_.erase(found);
        }
    }

private:
    struct Entry {
        std::string name;
        std::string picture;
    };

    std::size_t capacity_;
    /** From the one not used for the longest time to the one used last. */
    std::list<Entry> entries_;
    std::unordered_map<std::string, std::list<Entry>::iterator> entryOf_;
};

}  // namespace

/** The answer to each "get". */
std::vector<std::string> runCache(int capacity, const std::vector<std::vector<std::string>>& operations) {
    PictureStore store(capacity);
    std::vector<std::string> answers;
    for (const auto& operation : operations) {
        const std::string& kind = operation[0];
        const std::string& name = operation[1];
        if (kind == "put") {
            store.put(name, operation[2]);
        } else if (kind == "get") {
            answers.push_back(store.get(name).value_or("-"));
        } else if (kind == "remove") {
            store.remove(name);
        } else {
            throw std::invalid_argument("unknown operation: " + kind);
        }
    }
    return answers;
}
