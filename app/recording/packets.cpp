#include "recording/packets.h"

#include <arpa/inet.h>

#include <cstdlib>

namespace sipdex::recording {

namespace {

constexpr std::uint32_t tcp = 6, udp = 17;  // protocol numbers of IP

std::string ip(const Endpoint& from, const Endpoint& to, std::uint32_t protocol, const std::string& datagram,
               std::uint32_t number) {
    const auto length = static_cast<std::uint32_t>(datagram.size());
    std::string head;
    if (from.six()) {
        put32(head, 0x60000000);
        put16(head, length), put8(head, protocol), put8(head, from.hops);
        return head + from.octets + to.octets + datagram;
    }
    put16(head, 0x4500), put16(head, length + 20);
    put16(head, number), put16(head, 0), put8(head, from.hops), put8(head, protocol);
    const std::string addresses = from.octets + to.octets;
    std::string sum;
    put16(sum, checksum(head + std::string(2, '\0') + addresses));
    return head + sum + addresses + datagram;
}

// Locally administered addresses.
std::string ethernet(const Endpoint& from, const Endpoint& to, const std::string& packet) {
    std::string frame;
    for (const std::uint32_t station : {to.station, from.station}) put16(frame, 0x0200), put32(frame, station);
    put16(frame, from.six() ? 0x86dd : 0x0800);
    return frame + packet;
}

}  // namespace

void put8(std::string& out, std::uint32_t value) { out += static_cast<char>(value & 0xff); }
void put16(std::string& out, std::uint32_t value) { put8(out, value >> 8), put8(out, value); }
void put32(std::string& out, std::uint32_t value) { put16(out, value >> 16), put16(out, value); }

Endpoint endpoint_of(const std::string& address, std::size_t actor) {
    Endpoint endpoint;
    endpoint.station = static_cast<std::uint32_t>(actor + 1);
    const auto colon = address.rfind(':');
    endpoint.port = static_cast<std::uint32_t>(std::atoi(address.c_str() + colon + 1));
    std::string host = address.substr(0, colon);
    const bool six = host.front() == '[';
    if (six) host = host.substr(1, host.size() - 2);
    unsigned char octets[16] = {};
    inet_pton(six ? AF_INET6 : AF_INET, host.c_str(), octets);
    endpoint.octets.assign(reinterpret_cast<const char*>(octets), six ? 16 : 4);
    return endpoint;
}

std::size_t most_in_segment(const Endpoint& endpoint) { return endpoint.six() ? 1440 : 1460; }

std::uint16_t checksum(std::string_view octets) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < octets.size(); i += 2) {
        sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(octets[i]) << 8);
        if (i + 1 < octets.size()) sum += static_cast<std::uint8_t>(octets[i + 1]);
    }
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

std::string pseudo_header(const Endpoint& from, const Endpoint& to, std::uint32_t protocol, std::size_t length) {
    std::string pseudo = from.octets + to.octets;
    const auto octets = static_cast<std::uint32_t>(length);
    if (from.six()) put32(pseudo, octets), put32(pseudo, protocol);
    else put16(pseudo, protocol), put16(pseudo, octets);
    return pseudo;
}

std::string ip_frame(const Endpoint& from, const Endpoint& to, std::uint32_t protocol, const std::string& datagram,
                     std::uint32_t number) {
    return ethernet(from, to, ip(from, to, protocol, datagram, number));
}

std::string udp_frame(const Endpoint& from, const Endpoint& to, std::string_view payload, std::uint32_t number) {
    const std::size_t length = payload.size() + 8;
    std::string header, sum;
    put16(header, from.port), put16(header, to.port), put16(header, static_cast<std::uint32_t>(length));
    const std::uint16_t counted =
        checksum(pseudo_header(from, to, udp, length) + header + std::string(2, '\0') + std::string(payload));
    put16(sum, counted == 0 ? 0xffff : counted);  // 0 would say that nobody counted (RFC 768)
    return ethernet(from, to, ip(from, to, udp, header + sum + std::string(payload), number));
}

std::string tcp_frame(const Endpoint& from, const Endpoint& to, const Segment& segment, std::uint32_t number) {
    constexpr std::uint32_t window = 65535;
    std::string options;
    if (segment.syn) put16(options, 0x0204), put16(options, static_cast<std::uint32_t>(most_in_segment(from)));  // MSS
    const auto words = static_cast<std::uint32_t>(5 + options.size() / 4);
    std::string header, rest;
    put16(header, from.port), put16(header, to.port);
    put32(header, segment.sequence), put32(header, segment.acknowledged);
    put16(header, words << 12 | (segment.ack ? 0x10u : 0u) | (segment.push ? 0x08u : 0u) |
                      (segment.reset ? 0x04u : 0u) | (segment.syn ? 0x02u : 0u));
    put16(header, window);
    put16(rest, 0);  // no urgent octets
    rest += options + std::string(segment.payload);
    std::string sum;
    put16(sum, checksum(pseudo_header(from, to, tcp, header.size() + 2 + rest.size()) + header + std::string(2, '\0') +
                        rest));
    return ethernet(from, to, ip(from, to, tcp, header + sum + rest, number));
}

}  // namespace sipdex::recording
