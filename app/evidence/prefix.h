// What a log puts before each line of a message: the time, the name of a program, the number of a line. Of line to line
// its digits change, its letters may, its signs do not.
//
//     9: Dec  1 10:00:09 pbx app[871]: Via: SIP/2.0/UDP 192.0.2.1
//     10: Dec  1 10:00:10 pbx app[871]: CSeq: 1 INVITE
#pragma once
#include <cstddef>
#include <string_view>

namespace sipdex::evidence {

// How many octets at the beginning of `text` are such a prefix as `prefix` is one; 0 where they are none.
std::size_t like_prefix(std::string_view text, std::string_view prefix);

}  // namespace sipdex::evidence
