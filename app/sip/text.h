// The characters of header field values (RFC 3261 25.1): UTF-8 without controls.
#pragma once
#include <string_view>

#include "sip/fault.h"

namespace sipdex::sip {

// How long the character is at the start of the text, which must not be empty; 0 where a control stands or octets that
// are no UTF-8. White space is a character, line ends too.
std::size_t character_length(std::string_view text);

// Notes the first octet that cannot stand in a value. Behind a backslash every octet may, but for a line end; where the
// grammar of the header field is not known, what only continues a character of UTF-8 may stand alone.
bool read_octets(std::string_view value, bool known_grammar, Flaws* flaws);

}  // namespace sipdex::sip
