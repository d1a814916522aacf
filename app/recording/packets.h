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
    std::uint8_t hops = 64;     // time to live of what it sends
    bool six() const { return octets.size() == 16; }
};

// Reads "192.0.2.1:5060" or "[2001:db8::1]:5060".
Endpoint endpoint_of(const std::string& address, std::size_t actor);

// A TCP segment (RFC 9293 3.1).
struct Segment {
    std::uint32_t sequence = 0;
    std::uint32_t acknowledged = 0;
    bool syn = false, ack = false, push = false;
    std::string_view payload{};
    bool reset = false;
};

// The most that one segment carries: an Ethernet frame without the headers of IP and TCP (RFC 9293 3.7.1).
std::size_t most_in_segment(const Endpoint& endpoint);

// Whole frames. `number` identifies the packet among those of its sender (RFC 791 3.1).
std::string udp_frame(const Endpoint& from, const Endpoint& to, std::string_view payload, std::uint32_t number);
std::string tcp_frame(const Endpoint& from, const Endpoint& to, const Segment& segment, std::uint32_t number);

// A frame around what another protocol of IP carries. Its checksum, where it has one, is its own business.
std::string ip_frame(const Endpoint& from, const Endpoint& to, std::uint32_t protocol, const std::string& datagram,
                     std::uint32_t number);
// RFC 1071: the one's complement of the one's complement sum of 16-bit words.
std::uint16_t checksum(std::string_view octets);
// What the checksums of UDP, TCP and ICMPv6 count besides the datagram (RFC 768, RFC 9293 3.1, RFC 8200 8.1).
std::string pseudo_header(const Endpoint& from, const Endpoint& to, std::uint32_t protocol, std::size_t length);

// Numbers as they stand on the wire, the high octet first.
void put8(std::string& out, std::uint32_t value);
void put16(std::string& out, std::uint32_t value);
void put32(std::string& out, std::uint32_t value);

}  // namespace sipdex::recording
