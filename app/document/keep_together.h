// Words that no line may end within: "RFC 3261", "cause 17". What follows the number ("§21.4.24") may go to the next line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::document {

struct Range {
    std::size_t begin = 0, end = 0;  // octets, the end behind the last
};

// In the order of the text; none overlaps another.
std::vector<Range> kept_together(std::string_view text);

// The text with no-break spaces in them, for who cannot be told of ranges.
std::string glued(std::string_view text);

}  // namespace sipdex::document
