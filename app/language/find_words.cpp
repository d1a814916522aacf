#include "language/find_words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <string>
#include <vector>

namespace sipdex::language {

namespace {

struct Letter {
    char32_t lowered = 0;  // any space is U+0020
    std::size_t octet = 0;
};

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    letters.reserve(text.size());
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < size;) {
        const int32_t begin = at;
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), at, size, c);
        letters.push_back(
            {u_isUWhiteSpace(c) ? U' ' : static_cast<char32_t>(u_tolower(c)), static_cast<std::size_t>(begin)});
    }
    return letters;
}

bool is_part_of_a_word(char32_t c) { return u_isalnum(static_cast<UChar32>(c)); }

}  // namespace

std::optional<std::size_t> find_words(std::string_view text, std::string_view words) {
    constexpr std::string_view ellipsis = "…";
    const bool only_beginning = words.ends_with(ellipsis);
    if (only_beginning) words.remove_suffix(ellipsis.size());
    if (words.empty()) return std::nullopt;
    const std::vector<Letter> in = letters_of(text), sought = letters_of(words);
    for (std::size_t at = 0; at + sought.size() <= in.size(); ++at) {
        std::size_t same = 0;
        while (same < sought.size() && in[at + same].lowered == sought[same].lowered) ++same;
        if (same < sought.size()) continue;
        const bool begins =
            at == 0 || !is_part_of_a_word(in[at - 1].lowered) || !is_part_of_a_word(sought.front().lowered);
        const std::size_t end = at + sought.size();
        const bool ends = only_beginning || end == in.size() || !is_part_of_a_word(in[end].lowered) ||
                          !is_part_of_a_word(sought.back().lowered);
        if (begins && ends) return in[at].octet;
    }
    return std::nullopt;
}

}  // namespace sipdex::language
