#include "simulator/pcap.h"

#include <arpa/inet.h>

#include <cstdint>
#include <cstdlib>

namespace sipdex::simulator {

namespace {

constexpr std::uint32_t noon = 1767268800;      // 2026-01-01 12:00:00 UTC

void put8(std::string& out, std::uint32_t value) { out += static_cast<char>(value & 0xff); }
void put16(std::string& out, std::uint32_t value) { put8(out, value >> 8), put8(out, value); }
void put32(std::string& out, std::uint32_t value) { put16(out, value >> 16), put16(out, value); }

// The pcap headers are little-endian, what is on the wire is big-endian.
void put32_little(std::string& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) put8(out, value >> shift);
}

// RFC 1071: the one's complement of the one's complement sum of 16-bit words.
std::uint16_t checksum(const std::string& octets) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < octets.size(); i += 2) {
        sum += static_cast<std::uint8_t>(octets[i]) << 8;
        if (i + 1 < octets.size()) sum += static_cast<std::uint8_t>(octets[i + 1]);
    }
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

struct Endpoint {
    std::string octets;     // 4 or 16
    std::uint32_t port = 5060;
    bool six() const { return octets.size() == 16; }
};

Endpoint endpoint_of(const std::string& address) {
    Endpoint endpoint;
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

std::string udp(const Endpoint& from, const Endpoint& to, const std::string& payload) {
    const auto length = static_cast<std::uint32_t>(payload.size() + 8);
    std::string pseudo = from.octets + to.octets;       // RFC 768, RFC 8200 8.1
    if (from.six()) put32(pseudo, length), put32(pseudo, 17);
    else put16(pseudo, 17), put16(pseudo, length);
    std::string header;
    put16(header, from.port), put16(header, to.port), put16(header, length);
    const std::uint16_t sum = checksum(pseudo + header + std::string(2, '\0') + payload);
    put16(header, sum == 0 ? 0xffff : sum);
    return header + payload;
}

std::string ip(const Endpoint& from, const Endpoint& to, const std::string& datagram, std::uint32_t number) {
    std::string packet;
    if (from.six()) {
        put32(packet, 0x60000000);
        put16(packet, static_cast<std::uint32_t>(datagram.size())), put8(packet, 17), put8(packet, 64);
        return packet + from.octets + to.octets + datagram;
    }
    std::string head;
    put16(head, 0x4500), put16(head, static_cast<std::uint32_t>(datagram.size() + 20));
    put16(head, number), put16(head, 0), put8(head, 64), put8(head, 17);
    const std::string tail = from.octets + to.octets;
    put16(packet, checksum(head + std::string(2, '\0') + tail));
    return head + packet + tail + datagram;
}

// Locally administered, numbered like the actors.
std::string ethernet(std::size_t from, std::size_t to, bool six, const std::string& packet) {
    std::string frame;
    for (const std::size_t actor : {to, from}) put16(frame, 0x0200), put32(frame, static_cast<std::uint32_t>(actor + 1));
    put16(frame, six ? 0x86dd : 0x0800);
    return frame + packet;
}

}  // namespace

std::string pcap_of(const Recording& recording) {
    std::string file;
    put32_little(file, 0xa1b2c3d4);             // microseconds
    put8(file, 2), put8(file, 0), put8(file, 4), put8(file, 0);
    put32_little(file, 0), put32_little(file, 0), put32_little(file, 65535), put32_little(file, 1);    // Ethernet
    std::uint32_t number = 0;
    for (const Transmission& transmission : recording.messages) {
        const Endpoint from = endpoint_of(recording.actors[transmission.from].address);
        const Endpoint to = endpoint_of(recording.actors[transmission.to].address);
        const std::string frame = ethernet(transmission.from, transmission.to, from.six(),
                                           ip(from, to, udp(from, to, transmission.octets), ++number & 0xffff));
        const auto since = static_cast<std::uint64_t>(transmission.sent.count());
        put32_little(file, noon + static_cast<std::uint32_t>(since / 1000000));
        put32_little(file, static_cast<std::uint32_t>(since % 1000000));
        put32_little(file, static_cast<std::uint32_t>(frame.size()));
        put32_little(file, static_cast<std::uint32_t>(frame.size()));
        file += frame;
    }
    return file;
}

}  // namespace sipdex::simulator
