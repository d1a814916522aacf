// Octets read as characters, and how many columns of a terminal each takes.
//
// Text may come from a damaged trace or from anybody's clipboard: what is not UTF-8, what would steer a
// terminal and what would turn the reading direction of its surroundings becomes U+FFFD.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::language {

// Keeps line feeds; a tab becomes a space, carriage returns go.
std::u32string characters_of(std::string_view octets);
std::string utf8_of(std::u32string_view characters);

// characters_of and back: fit for any file.
std::string clean(std::string_view octets);

// So many characters of a word or line that somebody typed or pasted are shown; more than any header field needs.
inline constexpr std::size_t most_shown = 300;

// What somebody typed or pasted, made fit to stand within a sentence: clean, on one line, without marks of
// direction, cut with "…" behind `most` characters, never within a letter and its accents.
std::string shown(std::string_view typed, std::size_t most = most_shown);

int width_of(char32_t character);  // 0 for marks that join the letter before, 2 for East Asian wide ones
int width_of(std::string_view words);

// One flag for each character: whether a line may begin with it although no space stands before it, as nearly everywhere in
// Chinese and Japanese and between the words of Thai, Lao, Khmer and Burmese. Scripts that part words by spaces have none.
std::vector<bool> line_may_begin_at(std::u32string_view characters);

// At most `width` columns; what was cut off is shown by "…".
std::string shortened(std::string_view words, int width);

// A JSON text with its steering characters (C1 controls, marks and controls of direction, line separators)
// written as \uXXXX: the same values, harmless in a terminal.
std::string escaped_json(std::string_view json);

}  // namespace sipdex::language
