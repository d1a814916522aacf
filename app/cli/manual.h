// The man pages: one for the program, one for each command, in man(7).
#pragma once
#include <string>
#include <vector>

#include "cli/outline.h"
#include "language/words.h"

namespace sipdex::cli {

struct ManPage {
    std::string name;  // "sipdex-show"
    std::string roff;
};

// `date` is that of the sources, as 2026-11-30.
std::vector<ManPage> manual(const Outline& outline, const language::Words& words, const std::string& date);

}  // namespace sipdex::cli
