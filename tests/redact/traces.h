// What of the originals is left in octets, in whatever way it is written down.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "redact/originals.h"

namespace sipdex::test {

// One line for each: "alice (hex) at 1234: …what stands around it…". Plain text in any case, percent escapes, hexadecimal,
// base64 in its three alignments, UTF-16 in both orders, reversed; addresses as octets in both orders, too.
std::vector<std::string> traces_of(const Originals& originals, std::string_view octets);

}  // namespace sipdex::test
