// Where a caret may stand, and where it jumps to: between letters as a reader sees them, at the edges of words.
#pragma once
#include <cstddef>
#include <string_view>

namespace sipdex::language {

enum class Unit { letter, word };  // letter: a grapheme cluster (UAX #29), such as an accented letter or a flag

// The next boundary behind `from`, or before it. Behind a word is its end, before one its beginning, whatever stands
// between words. Offsets count octets; the ends of the text are boundaries.
std::size_t boundary_behind(std::string_view text, std::size_t from, Unit unit);
std::size_t boundary_before(std::string_view text, std::size_t from, Unit unit);

}  // namespace sipdex::language
