// A text with gaps, as products fill them: "User channel limit exceeded D#*", "* (*/TM)".
//
//     *   any text, also none        #   one digit        @   one capital letter
//
// All else fits itself, whatever its case.
#pragma once
#include <cstddef>
#include <string_view>

namespace sipdex::evidence {

bool fits(std::string_view pattern, std::string_view text);

// How many letters, digits and signs of a pattern are fixed: of two that fit, the one with more says more.
std::size_t fixed_in(std::string_view pattern);

}  // namespace sipdex::evidence
