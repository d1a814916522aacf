// The SIP messages and lone header fields among the lines of a text.
#pragma once
#include <vector>

#include "evidence/found.h"
#include "evidence/lines.h"

namespace sipdex::evidence {

struct FoundMessages {
    std::vector<FoundMessage> messages;
    std::vector<std::size_t> others;  // places in Lines::all() of what belongs to no message
};

// Finds every message whatever stands around its lines: the prefix of a log before each of them, signs of quoting,
// blank lines between header fields, values moved to the next line. Header fields without a start line make a message
// of their own where at least one of them speaks of SIP.
FoundMessages messages_in(const Lines& lines, const Vocabulary& vocabulary);

}  // namespace sipdex::evidence
