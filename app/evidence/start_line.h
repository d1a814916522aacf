// The start line of a SIP message, wherever in a line of text it stands.
//
//     I/flutter (32165): SIP/2.0 401 Unauthorized
//     INFO: Sending: INVITE sip:100@192.0.2.8 SIP/2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::evidence {

struct StartLine {
    std::size_t begin = 0;  // where in the line it begins; what stands before is the log's
    int status = 0;         // of a response
    std::string phrase;
    std::string method, uri;  // of a request
};

std::optional<StartLine> start_line_in(std::string_view line);

// Whether the text could begin a start line at all; costs little, to be asked of every line.
bool may_hold_start_line(std::string_view line);

}  // namespace sipdex::evidence
