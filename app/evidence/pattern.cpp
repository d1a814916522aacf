#include "evidence/pattern.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::evidence {

namespace {

bool fits_one(char wanted, char found) {
    if (wanted == '#') return found >= '0' && found <= '9';
    if (wanted == '@') return found >= 'A' && found <= 'Z';
    return sip::same_token({&wanted, 1}, {&found, 1});
}

}  // namespace

bool fits(std::string_view pattern, std::string_view text) {
    // The last "*" takes as much as it must; earlier ones need not be tried again once a later one has been reached.
    std::size_t p = 0, t = 0, star = std::string_view::npos, taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && fits_one(pattern[p], text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

std::size_t fixed_in(std::string_view pattern) {
    return static_cast<std::size_t>(std::ranges::count_if(pattern, [](char c) { return c != '*' && c != ' '; }));
}

}  // namespace sipdex::evidence
