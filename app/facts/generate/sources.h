// From data/ to facts.cpp, in two steps: what facts.h promises is read and checked, then written as C++.
//
//     phrase = "Busy Here"      data/responses/486.toml
//     case 486: return "Busy Here";
//
// Only what is needed here is looked at. `sipdex-catalog` checks the rest of these files.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "source/problem.h"

namespace sipdex::facts {

struct CauseRow {
    int cause = 0;
    std::string name;
    int status = 0;
    std::string condition;  // "location_user", as facts.h has it
    bool later = false;
};

struct StatusRow {
    int status = 0;
    int cause = 0;
    std::string condition;
};

struct TimerTexts {
    std::string name, unreliable, reliable, section, meaning;
};

struct Sources {
    std::map<int, std::string> phrases;
    std::vector<std::string> methods;
    std::vector<CauseRow> from_q850;
    std::vector<StatusRow> to_q850;
    int default_from_q850 = 0, default_to_q850 = 0;
    std::vector<TimerTexts> timers;
};

// Complete only when no problem was added.
Sources read(const std::filesystem::path& repository, source::Problems& problems);

// The whole of facts.cpp.
std::string written(const Sources& sources);

}  // namespace sipdex::facts
