// Packets within packets: GRE and the mirrors of switches in it, VXLAN, GENEVE, GTP, TZSP.

#include "capture/dissector.h"
#include "capture/octets.h"

namespace sipdex::capture {

namespace {

constexpr std::uint32_t ppp_type = 0x880b, erspan_2 = 0x88be, erspan_3 = 0x22eb, bridged = 0x6558;

// Ports that IANA lists for them, and those that Linux and MikroTik took before.
constexpr std::uint16_t vxlan = 4789, vxlan_linux = 8472, geneve = 6081, gtp_user = 2152, tzsp = 37008;

}  // namespace

// RFC 2784, RFC 2890; version 1 is that of PPTP (RFC 2637 4.1).
void Dissector::gre(Packet& packet, std::string_view octets) {
    if (octets.size() < 4 || !enter(packet)) return;
    const std::uint32_t flags = u16(octets, 0), type = u16(octets, 2), version = flags & 7;
    const bool checksum = (flags & 0x8000) != 0, routing = (flags & 0x4000) != 0, key = (flags & 0x2000) != 0,
               sequence = (flags & 0x1000) != 0, acknowledged = (flags & 0x0080) != 0;
    std::size_t head = 4;
    if (checksum || routing) head += 4;
    if (key) head += 4;
    if (sequence) head += 4;
    if (version == 1 && acknowledged) head += 4;
    const std::string_view rest = from(octets, head);
    if (version == 1 && type == ppp_type) ppp(packet, rest);
    else if (type == erspan_2 || type == erspan_3) erspan(type, sequence, packet, rest);
    else ether_type(type, packet, rest);
}

// draft-foschiano-erspan 4: type I has no header of its own, II has 8 octets, III 12 and perhaps 8 more.
void Dissector::erspan(std::uint32_t type, bool numbered, Packet& packet, std::string_view octets) {
    std::size_t head = 0;
    if (type == erspan_2) head = numbered ? 8 : 0;
    else head = (u8(octets, 11) & 1) != 0 ? 20 : 12;
    ethernet(packet, from(octets, head));
}

bool Dissector::tunnel_in_udp(Packet& packet, std::string_view octets) {
    const auto runs = [&](std::uint16_t port) { return packet.to.port == port || packet.from.port == port; };
    if (runs(vxlan) || runs(vxlan_linux)) {  // RFC 7348 5
        if (octets.size() < 8 || (u8(octets, 0) & 0x08) == 0) return false;
        if (enter(packet)) ethernet(packet, octets.substr(8));
        return true;
    }
    if (runs(geneve)) {  // RFC 8926 3.4
        const std::size_t head = 8 + (u8(octets, 0) & 0x3f) * 4;
        if (octets.size() < head || u8(octets, 0) >> 6 != 0) return false;
        if (enter(packet)) ether_type(u16(octets, 2), packet, octets.substr(head));
        return true;
    }
    if (runs(gtp_user)) {  // 3GPP TS 29.281 5.1
        constexpr std::uint32_t user_data = 255;
        if (u8(octets, 0) >> 5 != 1 || u8(octets, 1) != user_data) return false;
        std::size_t head = 8;
        if ((u8(octets, 0) & 7) != 0) {
            head += 4;
            for (std::uint32_t extension = u8(octets, head - 1); extension != 0 && head < octets.size();) {
                const std::size_t length = u8(octets, head) * 4;
                if (length == 0) return false;
                head += length;
                extension = u8(octets, head - 1);
            }
        }
        if (enter(packet)) either(packet, from(octets, head));
        return true;
    }
    if (runs(tzsp)) {  // a header of four octets, then tags up to number 1
        if (u8(octets, 0) != 1 || u16(octets, 2) != 1) return false;
        std::size_t at = 4;
        constexpr std::uint32_t padding = 0, end = 1;
        while (at < octets.size() && u8(octets, at) != end)
            at += u8(octets, at) == padding ? 1 : 2 + u8(octets, at + 1);
        if (enter(packet)) ethernet(packet, from(octets, at + 1));
        return true;
    }
    return false;
}

}  // namespace sipdex::capture
