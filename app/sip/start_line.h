// The first line of a message (RFC 3261 7.1 and 7.2).
//
//     INVITE sip:bob@example.com SIP/2.0
//     SIP/2.0 486 Busy Here
#pragma once
#include <optional>
#include <string_view>

#include "sip/fault.h"

namespace sipdex::sip {

struct StartLine {
    std::string_view method, request_uri;  // requests
    int status = 0;                        // responses, 100 to 699
    std::string_view reason_phrase;        // responses; may be empty
    std::string_view version;
};

// False where it is neither. The Request-URI is not looked into.
bool read_start_line(std::string_view line, StartLine* start, Flaws* flaws);

}  // namespace sipdex::sip
