// IP, and what it carries.

#include <algorithm>

#include "capture/dissector.h"
#include "capture/hep.h"
#include "capture/media.h"
#include "capture/octets.h"
#include "capture/start.h"

namespace sipdex::capture {

namespace {

namespace next {
constexpr std::uint32_t hop_by_hop = 0, icmp = 1, ip4 = 4, tcp = 6, udp = 17, ip6 = 41, routing = 43, fragment = 44,
                        gre = 47, authentication = 51, icmp6 = 58, destination = 60, sctp = 132, mobility = 135,
                        mpls = 137, host_identity = 139, shim6 = 140;
}

bool is_extension(std::uint32_t header) {
    return header == next::hop_by_hop || header == next::routing || header == next::destination ||
           header == next::authentication || header == next::mobility || header == next::host_identity ||
           header == next::shim6;
}

// The payload of an IP packet within its length; what lacks of it is counted in the packet.
std::string_view within(std::string_view octets, std::size_t length, Packet& packet) {
    if (length > octets.size()) {
        packet.missing = static_cast<std::uint32_t>(length - octets.size());
        return octets;
    }
    packet.missing = 0;  // only what the link layer put behind was cut
    return octets.substr(0, length);
}

// A datagram that an ICMP error quotes: its ends, and as much of its payload as there is.
void read_quoted(std::string_view octets, IcmpError& error) {
    std::uint32_t protocol = 0;
    std::string_view rest;
    if (u8(octets, 0) >> 4 == 4) {
        if (octets.size() < 20) return;
        const std::size_t head = (u8(octets, 0) & 0x0f) * 4;
        protocol = u8(octets, 9);
        error.from = address_of(octets.substr(12, 4), 0);
        error.to = address_of(octets.substr(16, 4), 0);
        if ((u16(octets, 6) & 0x1fff) != 0) return;  // a later fragment
        rest = from(octets, head);
    } else {
        if (octets.size() < 40) return;
        protocol = u8(octets, 6);
        error.from = address_of(octets.substr(8, 16), 0);
        error.to = address_of(octets.substr(24, 16), 0);
        rest = octets.substr(40);
        constexpr std::size_t fragment_header = 8;
        if (protocol == next::fragment) {
            if ((u16(rest, 2) & 0xfff8) != 0) return;
            protocol = u8(rest, 0);
            rest = from(rest, fragment_header);
        }
    }
    if (rest.size() < 4 || (protocol != next::udp && protocol != next::tcp && protocol != next::sctp)) return;
    error.from.port = static_cast<std::uint16_t>(u16(rest, 0));
    error.to.port = static_cast<std::uint16_t>(u16(rest, 2));
    error.transport = protocol == next::udp ? Transport::udp : protocol == next::tcp ? Transport::tcp : Transport::sctp;
    const std::size_t head = protocol == next::udp ? 8 : protocol == next::tcp ? (u8(rest, 12) >> 4) * 4 : 28;
    error.quoted = from(rest, head);
}

}  // namespace

bool Dissector::enter(Packet& packet) {
    if (++packet.depth <= output_.limits.depth) return true;
    output_.problems.note(Problem::Kind::limit_depth, packet.number, packet.offset, output_.limits.depth);
    return false;
}

void Dissector::finish() {
    lost_fragments(true);
    streams_.finish();
}

void Dissector::ip4(Packet& packet, std::string_view octets) {
    constexpr std::size_t shortest = 20;
    const std::size_t head = (u8(octets, 0) & 0x0f) * 4;
    if (!enter(packet)) return;
    if (octets.size() < shortest || head < shortest)
        return output_.problems.note(Problem::Kind::damaged_packet, packet.number, packet.offset);
    // A card that cuts segments itself leaves the length at 0: then it is that of the frame.
    std::size_t length = u16(octets, 2);
    if (length == 0) length = octets.size() + packet.missing;
    if (length < head) return output_.problems.note(Problem::Kind::damaged_packet, packet.number, packet.offset);
    octets = within(octets, length, packet);
    ++packet.networks;
    packet.from = address_of(octets.substr(12, 4), 0);
    packet.to = address_of(octets.substr(16, 4), 0);
    packet.hops = static_cast<std::uint8_t>(u8(octets, 8));
    packet.identification = u16(octets, 4);
    packet.identified = true;
    const std::uint32_t flags = u16(octets, 6), offset = (flags & 0x1fff) * 8;
    const bool more = (flags & 0x2000) != 0;
    if (more || offset > 0) fragment(packet, u8(octets, 9), offset, more, from(octets, head));
    else protocol(u8(octets, 9), packet, from(octets, head));
}

void Dissector::ip6(Packet& packet, std::string_view octets) {
    constexpr std::size_t head = 40;
    if (!enter(packet)) return;
    if (octets.size() < head) return output_.problems.note(Problem::Kind::damaged_packet, packet.number, packet.offset);
    std::size_t length = u16(octets, 4);
    if (length == 0) length = octets.size() + packet.missing - head;  // or a jumbogram, which nobody sends SIP in
    octets = within(octets, head + length, packet);
    ++packet.networks;
    packet.from = address_of(octets.substr(8, 16), 0);
    packet.to = address_of(octets.substr(24, 16), 0);
    packet.hops = static_cast<std::uint8_t>(u8(octets, 7));
    packet.identified = false;
    std::uint32_t header = u8(octets, 6);
    octets.remove_prefix(head);
    while (is_extension(header)) {
        if (octets.size() < 8 || !enter(packet)) return;
        const std::size_t size = header == next::authentication ? (u8(octets, 1) + 2) * 4 : (u8(octets, 1) + 1) * 8;
        header = u8(octets, 0);
        octets = from(octets, size);
    }
    if (header != next::fragment) return protocol(header, packet, octets);
    if (octets.size() < 8) return;
    const std::uint32_t place = u16(octets, 2), offset = place & 0xfff8;
    const bool more = (place & 1) != 0;
    packet.identification = u32(octets, 4);
    packet.identified = true;
    header = u8(octets, 0);
    octets.remove_prefix(8);
    if (more || offset > 0) fragment(packet, header, offset, more, octets);
    else protocol(header, packet, octets);  // RFC 6946
}

void Dissector::fragment(Packet& packet, std::uint32_t protocol_number, std::uint32_t offset, bool more,
                         std::string_view octets) {
    if (packet.missing > 0) {
        output_.problems.note(Problem::Kind::octets_not_captured, packet.number, packet.offset, packet.missing);
        more = true;  // its end is not here
        packet.missing = 0;
    }
    lost_fragments(false);
    if (auto whole = fragments_.add(packet, protocol_number, offset, more, octets)) {
        whole->packet.frames = whole->frames;
        protocol(whole->protocol, whole->packet, whole->octets);
    }
}

void Dissector::lost_fragments(bool all) {
    while (auto begun = fragments_.lost(all)) {
        if (begun->octets.empty()) continue;
        begun->packet.frames = begun->frames;
        begun->packet.missing = begun->missing;
        protocol(begun->protocol, begun->packet, begun->octets);
    }
}

void Dissector::protocol(std::uint32_t number, Packet& packet, std::string_view octets) {
    if (packet.missing > 0 && (number == next::udp || number == next::tcp || number == next::sctp) &&
        packet.frames.empty())
        output_.problems.note(Problem::Kind::octets_not_captured, packet.number, packet.offset, packet.missing);
    switch (number) {
        case next::udp: return udp(packet, octets);
        case next::tcp: return streams_.segment(packet, octets);
        case next::sctp: return sctp_.packet(packet, octets);
        case next::icmp: return icmp(packet, octets, false);
        case next::icmp6: return icmp(packet, octets, true);
        case next::ip4: return ip4(packet, octets);
        case next::ip6: return ip6(packet, octets);
        case next::gre: return gre(packet, octets);
        case next::mpls: return mpls(packet, octets);
        default: return;
    }
}

void Dissector::icmp(Packet& packet, std::string_view octets, bool six) {
    if (octets.size() < 8) return;
    const std::uint32_t type = u8(octets, 0);
    // RFC 792: unreachable, quench, time exceeded, parameter problem. RFC 4443: 1 to 4.
    const bool error = six ? type >= 1 && type <= 4 : type == 3 || type == 4 || type == 11 || type == 12;
    if (!error) return;
    IcmpError told;
    told.time = packet.time;
    told.frame = packet.number;
    told.reporter = packet.from;
    told.told = packet.to;
    told.six = six;
    told.type = static_cast<std::uint8_t>(type);
    told.code = static_cast<std::uint8_t>(u8(octets, 1));
    if (six && type == 2) told.mtu = u32(octets, 4);
    if (!six && type == 3 && told.code == 4) told.mtu = u16(octets, 6);  // RFC 1191 4
    read_quoted(octets.substr(8), told);
    output_.listener.icmp(told);
}

void Dissector::udp(Packet& packet, std::string_view octets) {
    constexpr std::size_t head = 8;
    if (octets.size() < head) return;
    packet.from.port = static_cast<std::uint16_t>(u16(octets, 0));
    packet.to.port = static_cast<std::uint16_t>(u16(octets, 2));
    const std::size_t length = u16(octets, 4);
    if (length > head && length < octets.size()) octets = octets.substr(0, length);
    datagram(packet, octets.substr(head));
}

void Dissector::datagram(Packet& packet, std::string_view octets) {
    if (octets.empty()) return;
    // Most of a capture is media, whose first octet begins no line of text.
    const std::uint32_t first = u8(octets, 0);
    if (first < 0x80) {
        const std::string_view text = octets.substr(keep_alives(octets));
        if (begins_message(text)) return output_.datagram(packet, Transport::udp, text);
        if (tunnel_in_udp(packet, octets)) return;
        if (const auto copy = read_hep(octets)) {
            if (!copy->sip) return;
            packet.from = copy->path.from;
            packet.to = copy->path.to;
            packet.agent = copy->agent;
            packet.identified = false;
            if (copy->time.count() > 0) packet.time = copy->time;
            const std::string_view content = copy->content();
            return output_.datagram(packet, copy->transport, content.substr(keep_alives(content)));
        }
        return;
    }
    constexpr std::uint16_t lowest_media_port = 1024;
    if (packet.from.port < lowest_media_port || packet.to.port < lowest_media_port) return;
    if (auto media = read_media(octets)) {
        media->time = packet.time;
        media->frame = packet.number;
        media->from = packet.from;
        media->to = packet.to;
        media->octets += packet.missing;
        output_.listener.media(*media);
    }
}

}  // namespace sipdex::capture
