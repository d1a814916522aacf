// What an exchange file says of messages in short: a header field in one line, a code without its phrase.
#pragma once
#include <string>

#include "sip/message.h"

namespace sipdex::simulator {

// "Retry-After: 60" as written in exchange files.
void add_field(sip::Message& message, const std::string& line);

// The phrase that RFCs give a code, where an exchange file gives none.
std::string usual_phrase(int status);

}  // namespace sipdex::simulator
