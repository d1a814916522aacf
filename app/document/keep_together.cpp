#include "document/keep_together.h"

#include <algorithm>
#include <array>

namespace sipdex::document {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_part_of_a_word(char c) { return is_digit(c) || is_letter(c); }

}  // namespace

std::vector<Range> kept_together(std::string_view text) {
    static constexpr std::array<std::string_view, 3> words = {"RFC", "cause", "Cause"};
    std::vector<Range> ranges;
    for (std::size_t space = text.find(' '); space != std::string_view::npos; space = text.find(' ', space + 1)) {
        if (space + 1 >= text.size() || !is_digit(text[space + 1])) continue;
        const std::string_view before = text.substr(0, space);
        const auto word = std::ranges::find_if(words, [&](std::string_view one) {
            return before.ends_with(one) &&
                   (before.size() == one.size() || !is_part_of_a_word(before[before.size() - one.size() - 1]));
        });
        if (word == words.end()) continue;
        const auto number_ends = std::min(text.find_first_not_of("0123456789", space + 1), text.size());
        ranges.push_back({space - word->size(), number_ends});
    }
    return ranges;
}

std::string glued(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (const Range& range : kept_together(text)) {
        const std::size_t space = text.find(' ', range.begin);
        out.append(text.substr(done, space - done)).append("\u00a0");
        done = space + 1;
    }
    return out.append(text.substr(done));
}

}  // namespace sipdex::document
