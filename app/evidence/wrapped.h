// Lines that were broken at the edge of a terminal, wherever that was in a word.
//
//     From: "Alice" <sip:alice@example.com>;tag=a7
//     3k
//     Contact: <sip:alice@192.0.2.1:5060;transport
//     =tcp>
#pragma once
#include <cstddef>
#include <string_view>

#include "evidence/vocabulary.h"

namespace sipdex::evidence {

// How many octets the lines had that were broken; 0 where none were: the longest lines of a text are as long as one another
// only then, and what follows them begins nothing of its own.
std::size_t width_of(std::string_view text, const Vocabulary& vocabulary);

// Whether the line is a header field, one of a session description, a start line, or one of a log.
bool begins_something(std::string_view line, const Vocabulary& vocabulary);

// Whether the line goes on in the next one.
bool goes_on_behind(std::string_view line, std::string_view next, std::size_t width, const Vocabulary& vocabulary);

}  // namespace sipdex::evidence
