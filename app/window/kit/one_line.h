// A field to type in has one line. A paste of several keeps them: the sign ↵ stands in the field where a line ended, and
// whoever reads the field makes lines of it again.
//
//     "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n"  in the field: "SIP/2.0 486 Busy Here↵CSeq: 1 INVITE"
#pragma once
#include <string>
#include <string_view>

namespace sipdex::window {

// Tabs become spaces. What follows the last line that says something is left out.
std::string in_one_line(std::string_view text);

// The same text with its lines, each ended by "\n" but the last.
std::string in_lines(std::string_view field);

}  // namespace sipdex::window
