#include "capture/media.h"

#include "capture/octets.h"

namespace sipdex::capture {

std::optional<MediaPacket> read_media(std::string_view datagram) {
    constexpr std::uint32_t first_control = 192, last_control = 223;  // RFC 5761 4
    if (datagram.size() < 8 || u8(datagram, 0) >> 6 != 2) return {};
    MediaPacket packet;
    packet.datagram = datagram;
    const std::uint32_t type = u8(datagram, 1);
    if (type >= first_control && type <= last_control) {
        constexpr std::uint32_t sender_report = 200, last_known = 207;
        if (type < sender_report || type > last_known || (u16(datagram, 2) + 1) * 4 > datagram.size()) return {};
        packet.control = true;
        packet.payload_type = static_cast<std::uint8_t>(type);
        packet.ssrc = u32(datagram, 4);
        packet.octets = static_cast<std::uint32_t>(datagram.size());
        return packet;
    }
    std::size_t head = 12 + 4 * (u8(datagram, 0) & 0x0f);
    if ((u8(datagram, 0) & 0x10) != 0) head += 4 + 4 * u16(datagram, head + 2);  // RFC 3550 5.3.1
    if (datagram.size() < head || datagram.size() < 12) return {};
    packet.marker = (type & 0x80) != 0;
    packet.payload_type = static_cast<std::uint8_t>(type & 0x7f);
    packet.sequence = static_cast<std::uint16_t>(u16(datagram, 2));
    packet.timestamp = u32(datagram, 4);
    packet.ssrc = u32(datagram, 8);
    packet.octets = static_cast<std::uint32_t>(datagram.size() - head);
    return packet;
}

}  // namespace sipdex::capture
