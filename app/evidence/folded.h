// A message that stands in one line, taken apart again.
//
//     SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n        written out by a program
//     SIP/2.0 486 Busy Here#015#012Via: SIP/2.0/UDP 192.0.2.1        by syslog, <013><010> by another
//     SIP/2.0 486 Busy Here Via: SIP/2.0/UDP 192.0.2.1 From: …       by a field that takes one line only
//     SIP/2.0 486 Busy Here | Via: SIP/2.0/UDP 192.0.2.1 | From: …
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/start_line.h"
#include "evidence/vocabulary.h"

namespace sipdex::evidence {

// With real line ends for those written out, and quotes without the backslash before them; nothing where none is written
// out but at the end of the line.
std::optional<std::string> with_real_ends(std::string_view line);

// How many octets at the end of the line are line ends written out.
std::size_t written_ends_behind(std::string_view line);

// The lines that were joined to one whose start line is `start`; a single one where none were.
std::vector<std::string_view> taken_apart(std::string_view line, const StartLine& start, const Vocabulary& vocabulary);

// The lines of a session description that stands in one: "v=0 o=- 1 1 IN IP4 192.0.2.1 s=-".
std::vector<std::string_view> session_taken_apart(std::string_view line);

}  // namespace sipdex::evidence
