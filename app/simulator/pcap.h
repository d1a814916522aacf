// A recording as a capture file, as Wireshark, tshark and sngrep read it: Ethernet, IP, UDP, one packet for
// each message that was sent, lost ones included.
#pragma once
#include <string>

#include "simulator/recording.h"

namespace sipdex::simulator {

// The octets of a .pcap file. The exchange begins at noon UTC on the first of January 2026.
std::string pcap_of(const Recording& recording);

}  // namespace sipdex::simulator
