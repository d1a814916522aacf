// Captures made up for tests: frames from the product's own writer of packets, wrapped in what networks put around them,
// and files of every form.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "capture/captured.h"

namespace sipdex::test {

struct MadeFrame {
    std::string octets;
    std::int64_t microseconds = 0;
    std::uint32_t interface = 0;
    std::uint32_t length = 0;  // on the wire; 0: as many as there are
};

// "192.0.2.1:5060" and so on; Ethernet frames.
std::string udp(const std::string& from, const std::string& to, std::string_view payload, std::uint32_t number = 0);
std::string tcp(const std::string& from, const std::string& to, std::uint32_t sequence, std::string_view payload,
                bool syn = false, std::uint32_t number = 0);

std::string packet_of(const std::string& frame);  // the IP packet, without Ethernet
std::string in_ethernet(std::uint32_t type, const std::string& packet);
std::string in_ip(const std::string& from, const std::string& to, std::uint32_t protocol, const std::string& payload);
std::string in_ip6(std::uint32_t next_header, const std::string& payload);  // between documentation addresses
std::string big16(std::uint32_t value);
std::string big32(std::uint32_t value);
// An Ethernet frame of IPv4 in pieces of so many octets of payload.
std::vector<std::string> fragments(const std::string& frame, std::size_t octets);

// Files. `big_endian` is the order of the machine that writes.
std::string pcap(const std::vector<MadeFrame>& frames, std::uint32_t link_type = 1, bool big_endian = false,
                 bool nanoseconds = false);
struct MadeInterface {
    std::uint32_t link_type = 1;
    std::uint8_t resolution = 6;  // if_tsresol
};
std::string pcapng(const std::vector<MadeFrame>& frames, const std::vector<MadeInterface>& interfaces = {{}},
                   bool big_endian = false);
std::string gzip(std::string_view octets);

std::vector<MadeFrame> at_intervals(const std::vector<std::string>& frames, std::int64_t microseconds = 1000);

// A request or response that is complete: `start` is its start line; further header fields end in CRLF.
std::string message(std::string_view start, std::string_view cseq, std::string_view more = {},
                    std::string_view body = {});

// All of it read and arranged.
capture::Captured captured_of(std::string_view octets, const capture::Limits& limits = {});

// One line for each message: "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 INVITE", the number being that of the frames.
std::string told(const capture::Captured& captured);
// Names of the problems of all files, in order.
std::string problems_of(const capture::Captured& captured);

}  // namespace sipdex::test
