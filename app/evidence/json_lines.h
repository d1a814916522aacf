// A log that is exported as JSON, whole or one object a line, as the lines that it holds.
//
//     {"date": "2026-11-30T10:12:13.020Z", "srcIp": "192.0.2.7", "srcPort": 5060, "raw": "SIP/2.0 486 Busy Here\r\nVia: …"}
//
//     "date": "2026-11-30T10:12:13.020Z"
//     "srcIp": "192.0.2.7"
//     "srcPort": 5060
//     SIP/2.0 486 Busy Here
//     Via: …
//
// What an object and those around it say of a message stands before it, wherever the JSON had it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::evidence {

struct JsonLine {
    std::string text;
    std::size_t number = 0;  // of the line in the JSON, from 1
};

// Nothing where the text is no JSON, or none of its strings holds a start line. Of JSON that is cut all before the cut is
// read.
std::optional<std::vector<JsonLine>> json_lines(std::string_view text);

}  // namespace sipdex::evidence
