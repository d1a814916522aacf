#include "evidence/wrapped.h"

#include <algorithm>
#include <set>
#include <string>

#include "evidence/characters.h"
#include "evidence/hex_dump.h"
#include "evidence/start_line.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

constexpr std::size_t narrowest = 40, widest = 250;

std::string_view next_line(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// What a line of some form begins with, whatever its numbers.
std::string beginning_of(std::string_view line) {
    constexpr std::size_t looked_at = 6;
    std::string beginning(line.substr(0, looked_at));
    std::ranges::replace_if(beginning, is_digit, '0');
    return beginning;
}

// A header field, whatever number or sign stands before it, but not in the midst of what ngrep joined by dots.
bool begins_field(std::string_view line, const Vocabulary& vocabulary) {
    const auto letter = std::ranges::find_if(line, is_letter);
    const std::string_view before(line.begin(), letter), rest(letter, line.end());
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos || before.find("..") != std::string_view::npos) return false;
    const std::string_view name = sip::trimmed(rest.substr(0, colon));
    return vocabulary.knows_field(name) ||
           (sip::is_token(name) && name[0] >= 'A' && name[0] <= 'Z' && name.find('-') != std::string_view::npos);
}

}  // namespace

bool begins_something(std::string_view line, const Vocabulary& vocabulary) {
    const std::string_view bare = sip::trimmed(line);
    if (bare.empty()) return true;
    for (const std::string_view of_a_log : {"[", "|", "<-", "->", "--", "==", "**", "##", "> "})
        if (bare.starts_with(of_a_log)) return true;
    if (bare.size() > 1 && bare[1] == '=' &&
        std::string_view("vosiuepcbtrzkam").find(bare[0]) != std::string_view::npos)
        return true;
    if (may_hold_start_line(bare) && start_line_in(bare)) return true;
    return begins_field(bare, vocabulary);
}

bool goes_on_behind(std::string_view line, std::string_view next, std::size_t width, const Vocabulary& vocabulary) {
    constexpr std::size_t of_a_prefix = 3;
    if (width == 0 || line.size() != width || std::string_view(" |").find(line.back()) != std::string_view::npos)
        return false;
    // A rule between two of something is as long as the other.
    const char last = line.back();
    if (std::string_view("-*=~#_+").find(last) != std::string_view::npos &&
        line.ends_with(std::string(of_a_prefix, last)))
        return false;
    // What begins like the line itself is the next line of a log.
    const std::string_view front = line.substr(0, of_a_prefix);
    if (next.starts_with(front) && sip::trimmed(front).size() == of_a_prefix) return false;
    return !begins_something(next, vocabulary) && !hex_row(line);
}

std::size_t width_of(std::string_view text, const Vocabulary& vocabulary) {
    if (!may_hold_start_line(text)) return 0;
    std::size_t width = 0;
    for (std::string_view rest = text; !rest.empty();) {
        width = std::max(width, next_line(rest).size());
        if (width > widest) return 0;
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    if (width < narrowest) return 0;
    std::size_t broken = 0, whole = 0;
    std::set<std::string> beginnings;
    std::string_view before;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = next_line(rest);
        if (before.size() == width) {
            const bool goes_on = goes_on_behind(before, line, width, vocabulary);
            ++(goes_on ? broken : whole);
            if (goes_on) beginnings.insert(beginning_of(before));
        }
        before = line;
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    // Lines of one form, as a log writes them, may well be as long as one another.
    return beginnings.size() > 1 && broken > whole ? width : 0;
}

}  // namespace sipdex::evidence
