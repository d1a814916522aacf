#include "evidence/prefix.h"

#include <algorithm>

#include "evidence/characters.h"

namespace sipdex::evidence {

namespace {

// Where what begins at `at` and consists of such characters ends.
template <class Belongs>
std::size_t run_end(std::string_view text, std::size_t at, Belongs belongs) {
    while (at < text.size() && belongs(text[at])) ++at;
    return at;
}

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

}  // namespace

std::size_t like_prefix(std::string_view text, std::string_view prefix) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < prefix.size();) {
        if (const std::size_t number = prefix.find_first_not_of(' ', i);
            number != std::string_view::npos && number > i && is_digit(prefix[number])) {
            // Numbers that are set flush right have fewer spaces before them as they grow.
            i = number;
            at = run_end(text, at, [](char c) { return c == ' '; });
        }
        if (at >= text.size()) return 0;
        if (!is_word(prefix[i])) {
            // grep writes "-" behind the number of a line that only stands beside what it looked for.
            if (text[at] != prefix[i] && !(prefix[i] == ':' && text[at] == '-')) return 0;
            ++at;
            ++i;
            continue;
        }
        const std::size_t run = run_end(prefix, i, is_word), other = run_end(text, at, is_word);
        const std::size_t length = run - i;
        const std::string_view wanted = prefix.substr(i, length), found = text.substr(at, other - at);
        const bool numbers = all_digits(wanted) && all_digits(found) && !found.empty();
        if (numbers && run < prefix.size()) at = other;
        else if (found.size() == length || (run == prefix.size() && found.size() > length && !numbers)) at += length;
        else if (numbers) at = other;
        else return 0;
        i = run;
    }
    return at;
}

}  // namespace sipdex::evidence
