// Where everything that reads packets delivers what it found: it numbers messages, tells copies of a packet from
// repetitions by its sender, and hands them to the listener.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

#include "capture/capture.h"
#include "capture/problems.h"

namespace sipdex::capture {

// A packet on its way inwards, from the outermost header to what it carries.
struct Packet {
    Time time{};
    std::uint32_t number = 0;    // of the frame
    std::uint32_t complete = 0;  // the later one that filled a gap before it; 0: none
    std::uint64_t offset = 0;
    std::uint32_t interface = 0;
    std::uint32_t missing = 0;  // octets behind its end that were not captured
    std::uint32_t before = 0;   // of a datagram that was redacted: how many it had; 0: not told
    Address from, to;
    std::uint32_t identification = 0;
    bool identified = false;  // IPv4, or fragments of IPv6
    bool exported = false;    // by Wireshark, out of what it dissected
    std::uint8_t hops = 0;
    std::uint8_t depth = 0;     // headers opened so far
    std::uint8_t networks = 0;  // those of IP among them; two make a tunnel
    std::uint32_t agent = 0;
    std::span<const std::uint32_t> frames{};  // where there are more than this one
};

class Output {
public:
    Output(Listener& to, const Limits& bounds, Problems& met, Summary& summary)
        : limits(bounds), problems(met), listener(to), summary_(summary) {}

    // Octets that begin a message, from a datagram; looks for an earlier copy of it.
    void datagram(const Packet& packet, Transport transport, std::string_view octets);
    // The same from a connection; `frames` are those that carried it.
    void stream(const Packet& packet, Transport transport, std::string_view octets,
                std::span<const std::uint32_t> frames, std::uint32_t missing);

    const Limits& limits;
    Problems& problems;
    Listener& listener;

private:
    struct Seen {
        std::size_t number = 0;
        Time time{};
        std::uint32_t interface = 0, identification = 0;
        bool identified = false;
        std::uint8_t hops = 0;
    };

    Message message_of(const Packet& packet, Transport transport, std::string_view octets);
    void compare(const Packet& packet, Message& message);

    Summary& summary_;
    std::unordered_map<std::uint64_t, Seen> seen_, seen_before_;  // by what the message is; the older half goes at once
};

}  // namespace sipdex::capture
