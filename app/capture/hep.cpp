#include "capture/hep.h"

#include <zlib.h>

#include <algorithm>

#include "capture/octets.h"
#include "capture/start.h"

namespace sipdex::capture {

namespace {

constexpr std::string_view magic = "HEP3";
constexpr std::uint32_t udp = 17, tcp = 6, sctp = 132, family_4 = 2;
constexpr std::size_t largest_unpacked = 1 << 20;

Transport transport_of(std::uint32_t protocol) {
    return protocol == tcp ? Transport::tcp : protocol == sctp ? Transport::sctp : Transport::udp;
}

Time time_of(std::uint32_t seconds, std::uint32_t microseconds) {
    return std::chrono::seconds(seconds) + std::chrono::microseconds(microseconds);
}

std::string unpacked(std::string_view packed) {
    std::string text(std::min(largest_unpacked, packed.size() * 32 + 1024), '\0');
    uLongf length = text.size();
    if (uncompress(reinterpret_cast<Bytef*>(text.data()), &length, reinterpret_cast<const Bytef*>(packed.data()),
                   packed.size()) != Z_OK)
        return {};
    text.resize(length);
    return text;
}

// Versions 1 and 2: a head of fixed length, told in its second octet.
std::optional<HepPacket> read_early(std::string_view octets) {
    if (octets.size() < 16) return {};
    const std::uint32_t version = u8(octets, 0), length = u8(octets, 1), family = u8(octets, 2);
    const std::size_t size = family == family_4 ? 4 : 16, head = 8 + 2 * size;
    if (version < 1 || version > 2 || (family != family_4 && family != 10) || octets.size() < head) return {};
    HepPacket packet;
    packet.transport = transport_of(u8(octets, 3));
    packet.path = {address_of(octets.substr(8, size), static_cast<std::uint16_t>(u16(octets, 4))),
                   address_of(octets.substr(8 + size, size), static_cast<std::uint16_t>(u16(octets, 6)))};
    // The length counts this head alone; in version 2 time and agent stand behind it, in the order of the agent's
    // machine, which is little-endian nearly everywhere.
    std::size_t at = std::max<std::size_t>(head, length);
    if (version == 2) {
        const std::string_view stamp = from(octets, head);
        if (stamp.size() < 12) return {};
        packet.time = time_of(u32(stamp, 0, false), u32(stamp, 4, false));
        packet.agent = u16(stamp, 8, false);
        at = std::max<std::size_t>(head + 12, length);
    }
    packet.payload = from(octets, at);
    packet.length = octets.size();
    packet.sip = begins_message(packet.payload.substr(keep_alives(packet.payload)));
    if (!packet.sip) return {};  // by these few octets alone it would be a guess
    return packet;
}

}  // namespace

std::size_t hep_length(std::string_view octets) {
    if (!octets.starts_with(magic) || octets.size() < 6) return 0;
    return std::max<std::size_t>(6, u16(octets, 4));
}

std::optional<HepPacket> read_hep(std::string_view octets) {
    if (!octets.starts_with(magic)) return read_early(octets);
    HepPacket packet;
    packet.length = hep_length(octets);
    const std::string_view chunks = octets.substr(0, packet.length);
    std::string_view source, destination;
    std::uint32_t source_port = 0, destination_port = 0, seconds = 0, microseconds = 0, kind = 0;
    for (std::size_t at = 6; at + 6 <= chunks.size();) {
        const std::size_t length = u16(chunks, at + 4);
        if (length < 6 || at + length > chunks.size()) break;
        const std::string_view value = chunks.substr(at + 6, length - 6);
        if (u16(chunks, at) == 0) switch (u16(chunks, at + 2)) {  // those of no vendor
                case 2: packet.transport = transport_of(u8(value, 0)); break;
                case 3:
                case 5: source = value; break;
                case 4:
                case 6: destination = value; break;
                case 7: source_port = u16(value, 0); break;
                case 8: destination_port = u16(value, 0); break;
                case 9: seconds = u32(value, 0); break;
                case 10: microseconds = u32(value, 0); break;
                case 11: kind = u8(value, 0); break;
                case 12: packet.agent = value.size() == 2 ? u16(value, 0) : u32(value, 0); break;
                case 15: packet.payload = value; break;
                case 16: packet.unpacked = unpacked(value); break;
                default: break;
            }
        at += length;
    }
    packet.path = {address_of(source, static_cast<std::uint16_t>(source_port)),
                   address_of(destination, static_cast<std::uint16_t>(destination_port))};
    if (seconds > 0) packet.time = time_of(seconds, microseconds);
    const std::string_view content = packet.content();
    packet.sip = kind <= 1 && begins_message(content.substr(keep_alives(content)));
    return packet;
}

}  // namespace sipdex::capture
