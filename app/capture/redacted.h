// What a redacted capture tells of the original, in comments that people can read as well (draft-ietf-opsawg-pcapng 3.5.1,
// 4.1, 4.3).
//
// Of a packet, how large the datagram was. Pseudonyms are longer or shorter than what they stand for, and what
// is said of the size of a message rests on the size that it had on the way:
//
//     1388 octets before redaction
//
// Of the section, what was met while the original was read: the copy is whole and in order, and yet its reader is to know
// that something was missing.
//
//     before redaction: fragments_missing 2
//     before redaction: time_goes_back 1, 350
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "capture/capture.h"

namespace sipdex::capture {

std::string comment_of_size(std::uint32_t octets);
std::optional<std::uint32_t> size_in_comment(std::string_view comment);  // nothing where it says anything else

std::string comment_of_problem(const Problem& problem);               // empty for what is not about the original alone
std::optional<Problem> problem_in_comment(std::string_view comment);  // with kind, count, which may be 0, and number

}  // namespace sipdex::capture
