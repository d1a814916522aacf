// What an exchange file says of messages in short: a header field in one line.
#pragma once
#include <string>

#include "sip/message.h"

namespace sipdex::simulator {

// "Retry-After: 60" as written in exchange files.
void add_field(sip::Message& message, const std::string& line);

}  // namespace sipdex::simulator
