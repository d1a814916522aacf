#include "capture/output.h"

#include <algorithm>

namespace sipdex::capture {

namespace {

// RFC 3261 17.1.1.1: a sender repeats after T1 at the earliest, which is 500 ms unless it is set to the round trip of
// a closed network. What comes sooner than this on the same way is not from a timer.
constexpr Time at_once = std::chrono::milliseconds(50);
// A router, or a mirror behind several, forwards within this.
constexpr Time forwarded = std::chrono::seconds(1);

constexpr std::size_t remembered = 16384;

Time apart(Time one, Time other) { return one > other ? one - other : other - one; }

}  // namespace

Message Output::message_of(const Packet& packet, Transport transport, std::string_view octets) {
    Message message;
    message.number = static_cast<std::size_t>(++summary_.messages);
    message.time = packet.time;
    message.from = packet.from;
    message.to = packet.to;
    message.transport = transport;
    message.octets = octets;
    message.complete = std::max(packet.number, packet.complete);
    message.interface = packet.interface;
    message.missing = packet.missing;
    message.agent = packet.agent;
    message.hops = packet.hops;
    message.tunnelled = packet.networks > 1;
    return message;
}

void Output::datagram(const Packet& packet, Transport transport, std::string_view octets) {
    Message message = message_of(packet, transport, octets);
    message.frames = packet.frames.empty() ? std::span(&packet.number, 1) : packet.frames;
    message.before = packet.before;
    if (transport == Transport::udp || packet.exported) compare(packet, message);
    listener.message(message);
}

void Output::stream(const Packet& packet, Transport transport, std::string_view octets,
                    std::span<const std::uint32_t> frames, std::uint32_t missing) {
    Message message = message_of(packet, transport, octets);
    message.frames = frames;
    message.missing = missing;
    listener.message(message);
}

void Output::compare(const Packet& packet, Message& message) {
    const std::uint64_t key =
        PathHash()({packet.from, packet.to}) ^ (std::hash<std::string_view>()(message.octets) * 0x9e3779b97f4a7c15ULL);
    auto known = seen_.find(key);
    if (known == seen_.end()) {
        if (seen_.size() >= remembered) {
            seen_before_ = std::move(seen_);
            seen_.clear();
        }
        known = seen_.try_emplace(key).first;
        if (const auto before = seen_before_.find(key); before != seen_before_.end()) known->second = before->second;
    }
    Seen& last = known->second;
    if (last.number != 0) {
        const Time between = apart(packet.time, last.time);
        // Many senders leave the identification of packets that must not be fragmented at 0 (RFC 6864 4.1).
        const bool same = packet.identified && last.identified && packet.identification != 0 &&
                          packet.identification == last.identification;
        if (packet.exported && between == Time{}) message.copy = Copy::packet;  // once out of TLS, once as SIP
        else if (packet.interface != last.interface && between < at_once) message.copy = Copy::interface;
        else if (same && packet.hops != last.hops && between < forwarded) message.copy = Copy::hop;
        else if (same && between < at_once) message.copy = Copy::packet;
        if (message.copy != Copy::none) message.copy_of = last.number;
    }
    last = {.number = message.copy_of != 0 ? message.copy_of : message.number,
            .time = packet.time,
            .interface = packet.interface,
            .identification = packet.identification,
            .identified = packet.identified,
            .hops = packet.hops};
}

}  // namespace sipdex::capture
