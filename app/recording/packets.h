// Packets as they stand in a capture: Ethernet, IP, and a UDP datagram or a TCP segment, checksums included.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipdex::recording {

// One end of a conversation.
struct Endpoint {
    std::string octets;  // its address: 4 of them, or 16
    std::uint32_t port = 5060;
    std::uint32_t station = 0;  // numbers its network card
    bool six() const { return octets.size() == 16; }
};

// Reads "192.0.2.1:5060" or "[2001:db8::1]:5060".
Endpoint endpoint_of(const std::string& address, std::size_t actor);

// A TCP segment (RFC 9293 3.1).
struct Segment {
    std::uint32_t sequence = 0;
    std::uint32_t acknowledged = 0;
    bool syn = false, ack = false, push = false;
    std::string_view payload;
};

// The most that one segment carries: an Ethernet frame without the headers of IP and TCP (RFC 9293 3.7.1).
std::size_t most_in_segment(const Endpoint& endpoint);

// Whole frames. `number` identifies the packet among those of its sender (RFC 791 3.1).
std::string udp_frame(const Endpoint& from, const Endpoint& to, std::string_view payload, std::uint32_t number);
std::string tcp_frame(const Endpoint& from, const Endpoint& to, const Segment& segment, std::uint32_t number);

// Numbers as they stand on the wire, the high octet first.
void put8(std::string& out, std::uint32_t value);
void put16(std::string& out, std::uint32_t value);
void put32(std::string& out, std::uint32_t value);

}  // namespace sipdex::recording
