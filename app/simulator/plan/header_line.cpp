#include "simulator/plan/header_line.h"

#include "sip/token.h"

namespace sipdex::simulator {

void add_field(sip::Message& message, const std::string& line) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) return;
    const std::string name(sip::trimmed(std::string_view(line).substr(0, colon)));
    const std::string value(sip::trimmed(std::string_view(line).substr(colon + 1)));
    // There is one Max-Forwards in any request (RFC 3261 20.22), and one is there already.
    if (sip::same_field(name, "Max-Forwards")) message.set(name, value);
    else message.add(name, value);
}

}  // namespace sipdex::simulator
