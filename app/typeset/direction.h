// In which direction a language is written, and how what stands on the wire keeps its own direction
// inside a right-to-left sentence.
//
// Without isolates "607 Unwanted" would be shown as "Unwanted 607" (Unicode UAX #9).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "document/span.h"

namespace sipdex::typeset {

// One string to shape, and the byte at which each span begins.
struct Marked {
    std::string text;  // valid UTF-8, without NUL and carriage returns
    std::vector<std::size_t> begins;
    std::size_t span_at(std::size_t byte) const;
};

// Joins the spans; in a right-to-left paragraph, wire spans and links stand between isolates.
Marked marked(const document::Text& text, bool right_to_left);

// Without the isolates that `marked` added.
std::string without_isolates(std::string_view words);

}  // namespace sipdex::typeset
