// RTP and RTCP packets (RFC 3550), told from other datagrams by their form alone; whether they are media for sure, the
// run of their sequence numbers or an offer says.
#pragma once
#include <optional>
#include <string_view>

#include "capture/capture.h"

namespace sipdex::capture {

// Without time, frame and addresses.
std::optional<MediaPacket> read_media(std::string_view datagram);

}  // namespace sipdex::capture
