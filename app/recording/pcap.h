// A recording as a capture file, as Wireshark, tshark and sngrep read it: each packet as its sender put it on the
// wire, those that got lost included.
//
// Datagrams go from port to port. Two parties that use TCP share one connection, opened by the one that speaks
// first; a segment that the network lost stands there twice. A connection that was refused leaves no trace.
#pragma once
#include <string>

#include "recording/recording.h"

namespace sipdex::recording {

// The octets of a .pcap file. The exchange begins at noon UTC on the first of January 2026; a connection that its
// first message needs is opened just before.
std::string pcap_of(const Recording& recording);

}  // namespace sipdex::recording
