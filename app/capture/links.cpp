// Link layers, by the numbers of https://www.tcpdump.org/linktypes.html, and what stands between them and IP.

#include <algorithm>

#include "capture/dissector.h"
#include "capture/octets.h"
#include "capture/start.h"

namespace sipdex::capture {

namespace {

namespace link_type {
constexpr std::uint32_t null = 0, ethernet = 1, token_ring = 6, ppp = 9, raw_bsd = 12, raw_openbsd = 14,
                        ppp_serial = 50, ppp_ethernet = 51, raw = 101, cisco_hdlc = 104, wireless = 105,
                        frame_relay = 107, loop = 108, ipsec_bsd = 109, cooked = 113, firewall_bsd = 117, prism = 119,
                        radiotap = 127, avs = 163, per_packet = 192, ip4 = 228, ip6 = 229, firewall_linux = 239,
                        exported = 252, process_apple = 258, cooked_2 = 276;
}

namespace ether {
constexpr std::uint32_t ip4 = 0x0800, ip6 = 0x86dd, vlan = 0x8100, vlan_service = 0x88a8, vlan_old = 0x9100,
                        mpls = 0x8847, mpls_multicast = 0x8848, pppoe = 0x8864, bridged = 0x6558, ppp = 0x880b,
                        cisco_metadata = 0x8909;
}

}  // namespace

void Dissector::frame(const Frame& frame) {
    Packet packet;
    packet.time = frame.time;
    packet.number = frame.number;
    packet.offset = frame.offset;
    packet.interface = frame.interface;
    packet.missing =
        frame.length - static_cast<std::uint32_t>(std::min<std::size_t>(frame.length, frame.octets.size()));
    packet.before = frame.before;
    link(frame.link_type, packet, frame.octets);
}

void Dissector::link(std::uint32_t type, Packet& packet, std::string_view octets) {
    switch (type) {
        case link_type::ethernet: return ethernet(packet, octets);
        case link_type::cooked: return ether_type(u16(octets, 14), packet, from(octets, 16));
        case link_type::cooked_2: return ether_type(u16(octets, 0), packet, from(octets, 20));
        case link_type::raw:
        case link_type::raw_bsd:
        case link_type::raw_openbsd:
        case link_type::ip4:
        case link_type::ip6: return either(packet, octets);
        case link_type::null:
        case link_type::loop: return loopback(packet, octets);
        case link_type::ppp:
        case link_type::ppp_serial: return ppp(packet, octets);
        case link_type::ppp_ethernet: return ppp(packet, from(octets, 6));
        case link_type::cisco_hdlc: return ether_type(u16(octets, 2), packet, from(octets, 4));
        case link_type::frame_relay:
            // RFC 2427: two octets of address, control, then the network protocol; or Cisco's type.
            if (u8(octets, 2) == 0x03 && u8(octets, 3) == 0xcc) return either(packet, from(octets, 4));
            return ether_type(u16(octets, 2), packet, from(octets, 4));
        case link_type::token_ring: {
            // The source address tells whether routing information follows it.
            std::size_t head = 14;
            if ((u8(octets, 8) & 0x80) != 0) head += u8(octets, 14) & 0x1f;
            return llc(packet, from(octets, head));
        }
        case link_type::wireless: return wireless(packet, octets);
        case link_type::radiotap: return wireless(packet, from(octets, u16(octets, 2, false)));
        case link_type::prism: {
            constexpr std::size_t head = 144;
            return u32(octets, 0) >> 28 == 8 ? wireless(packet, from(octets, u32(octets, 4)))
                                             : wireless(packet, from(octets, head));
        }
        case link_type::ipsec_bsd: return either(packet, from(octets, 12));
        case link_type::firewall_bsd: return either(packet, from(octets, (u8(octets, 0) + 3) & ~3u));
        case link_type::firewall_linux: return firewall(packet, octets);
        case link_type::per_packet:
            // With the link type of what it is told about behind its own length.
            if (enter(packet)) link(u32(octets, 4, false), packet, from(octets, u16(octets, 2, false)));
            return;
        case link_type::process_apple:
            if (enter(packet)) link(u32(octets, 8, false), packet, from(octets, u32(octets, 0, false)));
            return;
        case link_type::avs: return wireless(packet, from(octets, u32(octets, 4)));
        case link_type::exported: return exported(packet, octets);
        default: output_.problems.note(Problem::Kind::unknown_link_type, packet.number, packet.offset, type);
    }
}

void Dissector::either(Packet& packet, std::string_view octets) {
    const std::uint32_t version = u8(octets, 0) >> 4;
    if (version == 4) ip4(packet, octets);
    else if (version == 6) ip6(packet, octets);
}

void Dissector::ethernet(Packet& packet, std::string_view octets) {
    constexpr std::uint32_t longest_length = 1500;
    const std::uint32_t type = u16(octets, 12);
    if (type <= longest_length) llc(packet, from(octets, 14));
    else ether_type(type, packet, from(octets, 14));
}

void Dissector::ether_type(std::uint32_t type, Packet& packet, std::string_view octets) {
    if (octets.empty() || !enter(packet)) return;
    switch (type) {
        case ether::ip4:
        case ether::ip6: return either(packet, octets);  // some devices confuse the two
        case ether::vlan:
        case ether::vlan_service:
        case ether::vlan_old: {
            constexpr std::uint32_t longest_length = 1500;
            const std::uint32_t inner = u16(octets, 2);
            return inner <= longest_length ? llc(packet, from(octets, 4)) : ether_type(inner, packet, from(octets, 4));
        }
        case ether::mpls:
        case ether::mpls_multicast: return mpls(packet, octets);
        case ether::pppoe: return ppp(packet, from(octets, 6));
        case ether::bridged: return ethernet(packet, octets);
        case ether::ppp: return ppp(packet, octets);
        case ether::cisco_metadata: return ether_type(u16(octets, 6), packet, from(octets, 8));
        default: return;
    }
}

// https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html: attributes in the order of octets of whoever captured; one of them
// is the packet.
void Dissector::firewall(Packet& packet, std::string_view octets) {
    constexpr std::uint32_t payload = 9, head = 4;
    std::size_t at = head;
    const bool big = u16(octets, at, false) > octets.size();
    while (at + head <= octets.size()) {
        const std::uint32_t length = u16(octets, at, big), type = u16(octets, at + 2, big);
        if (length < head) return;
        if (type == payload) return either(packet, octets.substr(at + head, length - head));
        at += (length + 3) & ~3u;
    }
}

// RFC 1042: LLC and SNAP before the type.
void Dissector::llc(Packet& packet, std::string_view octets) {
    constexpr std::uint32_t snap = 0xaaaa, ip = 0x0606;
    if (u16(octets, 0) == snap) ether_type(u16(octets, 6), packet, from(octets, 8));
    else if (u16(octets, 0) == ip) either(packet, from(octets, 3));
}

// RFC 1661 2, RFC 1662 3.1: the address and the type may be shortened.
void Dissector::ppp(Packet& packet, std::string_view octets) {
    constexpr std::uint32_t ip4_protocol = 0x0021, ip6_protocol = 0x0057, mpls_protocol = 0x0281, address = 0xff03;
    if (u16(octets, 0) == address) octets.remove_prefix(2);
    const bool shortened = (u8(octets, 0) & 1) != 0;
    const std::uint32_t type = shortened ? u8(octets, 0) : u16(octets, 0);
    const std::string_view rest = from(octets, shortened ? 1 : 2);
    if (!enter(packet)) return;
    if (type == ip4_protocol || type == ip6_protocol) either(packet, rest);
    else if (type == mpls_protocol) mpls(packet, rest);
}

// Data frames that are not encrypted (IEEE 802.11 9.2.4).
void Dissector::wireless(Packet& packet, std::string_view octets) {
    const std::uint32_t control = u8(octets, 0), flags = u8(octets, 1);
    const bool data = (control & 0x0c) == 0x08, empty = (control & 0x40) != 0, quality = (control & 0x80) != 0;
    const bool encrypted = (flags & 0x40) != 0, four_addresses = (flags & 0x03) == 0x03, ordered = (flags & 0x80) != 0;
    if (!data || empty || encrypted) return;
    const std::size_t head = 24 + (four_addresses ? 6u : 0u) + (quality ? 2u : 0u) + (quality && ordered ? 4u : 0u);
    std::string_view rest = from(octets, head);
    // Some hardware pads the header to a multiple of four.
    if (u16(rest, 0) != 0xaaaa && u16(rest, 2) == 0xaaaa) rest.remove_prefix(2);
    llc(packet, rest);
}

// Four octets of address family, in the order of the machine that captured or in that of the network.
void Dissector::loopback(Packet& packet, std::string_view octets) { either(packet, from(octets, 4)); }

void Dissector::mpls(Packet& packet, std::string_view octets) {
    while (octets.size() > 4) {
        const bool bottom = (u8(octets, 2) & 1) != 0;
        octets.remove_prefix(4);
        if (!bottom) {
            if (!enter(packet)) return;
            continue;
        }
        const std::uint32_t first = u8(octets, 0) >> 4;
        if (first == 4 || first == 6) return either(packet, octets);
        if (first == 0) return ethernet(packet, from(octets, 4));  // RFC 4448 4.6: a control word
        return ethernet(packet, octets);
    }
}

// What Wireshark exports as "PDUs": tags with addresses, then the octets of the protocol alone.
void Dissector::exported(Packet& packet, std::string_view octets) {
    constexpr std::uint32_t end = 0, ip4_source = 20, ip4_destination = 21, ip6_source = 22, ip6_destination = 23,
                            port_type = 24, source_port = 25, destination_port = 26;
    constexpr std::uint32_t tcp_ports = 2, sctp_ports = 1;
    std::size_t at = 0;
    Transport transport = Transport::udp;
    std::uint32_t from_port = 0, to_port = 0;
    for (bool more = true; more && at + 4 <= octets.size();) {
        const std::uint32_t tag = u16(octets, at), length = u16(octets, at + 2);
        const std::string_view value = from(octets, at + 4).substr(0, length);
        switch (tag) {
            case end: more = false; break;
            case ip4_source:
            case ip6_source: packet.from = address_of(value, 0); break;
            case ip4_destination:
            case ip6_destination: packet.to = address_of(value, 0); break;
            case port_type:
                if (u32(value, 0) == tcp_ports) transport = Transport::tcp;
                if (u32(value, 0) == sctp_ports) transport = Transport::sctp;
                break;
            case source_port: from_port = u32(value, 0); break;
            case destination_port: to_port = u32(value, 0); break;
            default: break;
        }
        at += 4 + (length + 3) / 4 * 4;
    }
    packet.from.port = static_cast<std::uint16_t>(from_port);
    packet.to.port = static_cast<std::uint16_t>(to_port);
    std::string_view content = from(octets, at);
    content.remove_prefix(keep_alives(content));
    packet.exported = true;
    if (begins_message(content)) output_.datagram(packet, transport, content);
}

}  // namespace sipdex::capture
