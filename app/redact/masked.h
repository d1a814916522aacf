// What nobody can read is blotted out octet by octet, so that length and form stay: letters, digits, and what is neither.
//
//     Suite 12b, (Paris)      becomes      Xxxxx 00x, (Xxxxx)
#pragma once
#include <string>
#include <string_view>

namespace sipdex::redact {

// White space, line ends and punctuation stay; a character of UTF-8 becomes another of the same length, an octet that
// is none stays none.
std::string masked(std::string_view text);

}  // namespace sipdex::redact
