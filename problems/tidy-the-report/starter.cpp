#include <string>
#include <vector>

/** One line for each kind of thing in alphabetical order, and a line with the total. */
std::vector<std::string> repairReport(const std::vector<std::string>& entries) {
    std::vector<std::string> out;
    int a = 0; // bikes
    int a2 = 0;
    int a3 = 0;
    int b = 0; // lamps
    int b2 = 0;
    int b3 = 0;
    int c = 0; // radios
    int c2 = 0;
    int c3 = 0;
    int i = 0;
    while (i < (int)entries.size()) {
        std::string x = entries[i].substr(0, entries[i].find(";"));
        std::string y = entries[i].substr(entries[i].find(";") + 1);
        std::string z = y.substr(y.find(";") + 1);
        if (x == "bike") {
            a = a + 1;
            a2 = a2 + std::stoi(y);
            if ((z == "yes") == true) {
                a3 = a3 + 1;
            } else {
                a3 = a3 + 0;
            }
        }
        if (x == "lamp") {
            b = b + 1;
            b2 = b2 + std::stoi(y);
            if ((z == "yes") == true) {
                b3 = b3 + 1;
            } else {
                b3 = b3 + 0;
            }
        }
        if (x == "radio") {
            c = c + 1;
            c2 = c2 + std::stoi(y);
            if ((z == "yes") == true) {
                c3 = c3 + 1;
            } else {
                c3 = c3 + 0;
            }
        }
        i = i + 1;
    }
    if (a > 0) {
        if (a2 == 1) {
            out.push_back("bike: " + std::to_string(a3) + " of " + std::to_string(a) + " fixed, " + std::to_string(a2) + " minute");
        } else {
            out.push_back("bike: " + std::to_string(a3) + " of " + std::to_string(a) + " fixed, " + std::to_string(a2) + " minutes");
        }
    }
    if (b > 0) {
        if (b2 == 1) {
            out.push_back("lamp: " + std::to_string(b3) + " of " + std::to_string(b) + " fixed, " + std::to_string(b2) + " minute");
        } else {
            out.push_back("lamp: " + std::to_string(b3) + " of " + std::to_string(b) + " fixed, " + std::to_string(b2) + " minutes");
        }
    }
    if (c > 0) {
        if (c2 == 1) {
            out.push_back("radio: " + std::to_string(c3) + " of " + std::to_string(c) + " fixed, " + std::to_string(c2) + " minute");
        } else {
            out.push_back("radio: " + std::to_string(c3) + " of " + std::to_string(c) + " fixed, " + std::to_string(c2) + " minutes");
        }
    }
    if (a2 + b2 + c2 == 1) {
        out.push_back("total: " + std::to_string(a3 + b3 + c3) + " of " + std::to_string(a + b + c) + " fixed, " + std::to_string(a2 + b2 + c2) + " minute");
    } else {
        out.push_back("total: " + std::to_string(a3 + b3 + c3) + " of " + std::to_string(a + b + c) + " fixed, " + std::to_string(a2 + b2 + c2) + " minutes");
    }
    return out;
}
