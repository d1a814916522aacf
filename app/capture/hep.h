// Copies of messages that capturing agents send to a server (HEP 1 and 2; HEP 3, the Homer Encapsulation Protocol:
// https://github.com/sipcapture/HEP).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "capture/capture.h"

namespace sipdex::capture {

struct HepPacket {
    Path path;
    Transport transport = Transport::udp;
    Time time{};              // by the agent's clock; 0 where it is not told
    std::uint32_t agent = 0;  // as it numbers itself
    bool sip = false;         // otherwise a report, a log, statistics
    std::string_view payload;
    std::string unpacked;    // the payload where it came compressed
    std::size_t length = 0;  // of the whole packet, by which the next is found in a stream

    std::string_view content() const { return unpacked.empty() ? payload : std::string_view(unpacked); }
};

std::optional<HepPacket> read_hep(std::string_view octets);

// Of HEP 3, whose packets tell their length at the front; 0 where none begins.
std::size_t hep_length(std::string_view octets);

}  // namespace sipdex::capture
