// Octets read as characters, and how many columns of a terminal each takes.
//
// Text may come from a damaged trace: what is not UTF-8 and what would steer a terminal becomes U+FFFD.
#pragma once
#include <string>
#include <string_view>

namespace sipdex::paint {

// Keeps line feeds; a tab becomes a space, carriage returns go.
std::u32string characters_of(std::string_view octets);
std::string utf8_of(std::u32string_view characters);

// characters_of and back: fit for any file.
std::string clean(std::string_view octets);

int width_of(char32_t character);       // 0 for marks that join the letter before, 2 for East Asian wide ones
int width_of(std::string_view words);

// At most `width` columns; what was cut off is shown by "…".
std::string shortened(std::string_view words, int width);

}  // namespace sipdex::paint
