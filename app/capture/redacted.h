// How large a datagram was before it was redacted. Pseudonyms are longer or shorter than what they stand for, and what
// is said of the size of a message rests on the size that it had on the way. A comment of its packet tells it, for people
// as well (draft-ietf-opsawg-pcapng 3.5.1, 4.3):
//
//     1388 octets before redaction
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::capture {

std::string comment_of_size(std::uint32_t octets);
std::optional<std::uint32_t> size_in_comment(std::string_view comment);  // nothing where it says anything else

}  // namespace sipdex::capture
