#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

/** What a line of the report tells about the things it stands for. */
struct Tally {
    int brought = 0;
    int fixed = 0;
    int minutes = 0;

    void add(int minutesSpent, bool wasFixed) {
        ++brought;
        fixed += wasFixed ? 1 : 0;
        minutes += minutesSpent;
    }

    std::string line(const std::string& name) const {
        std::ostringstream text;
        text << name << ": " << fixed << " of " << brought << " fixed, " << minutes << (minutes == 1 ? " minute" : " minutes");
        return text.str();
    }
};

}  // namespace

/** One line for each kind of thing in alphabetical order, and a line with the total. */
std::vector<std::string> repairReport(const std::vector<std::string>& entries) {
    std::map<std::string, Tally> tallyOf;
    Tally total;
    for (const auto& entry : entries) {
        std::istringstream parts(entry);
        std::string kind, minutes, fixed;
        std::getline(parts, kind, ';');
        std::getline(parts, minutes, ';');
        std::getline(parts, fixed);
        for (Tally* tally : {&tallyOf[kind], &total}) {
            tally->add(std::stoi(minutes), fixed == "yes");
        }
    }

    std::vector<std::string> lines;
    for (const auto& [kind, tally] : tallyOf) {
        lines.push_back(tally.line(kind));
    }
    lines.push_back(total.line("total"));
    return lines;
}
