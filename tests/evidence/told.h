// Found evidence as text, to be compared with what is expected.
#pragma once
#include <string>

#include "evidence/evidence.h"

namespace sipdex::test {

// Some names of header fields, phrases and causes.
const evidence::Vocabulary& vocabulary();

// Everything found, one thing a line: where, what, and the header fields of a message in brackets.
std::string found_in(const std::string& text);

}  // namespace sipdex::test
