// What stands around a datagram on its way: link layers, IP with fragments and extensions, tunnels.
#include <doctest/doctest.h>

#include "capture/packets.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;
using namespace std::string_literals;

namespace {

const std::string alice = "192.0.2.1:5060", bob = "192.0.2.2:5060";
const std::string invite = message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE");
const std::string frame = udp(alice, bob, invite, 7);
const std::string packet = packet_of(frame);
const std::string one_invite = "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 INVITE\n";

std::string turned(const std::string& octets) { return {octets.rbegin(), octets.rend()}; }

std::string told_of(const std::vector<std::string>& frames, std::uint32_t link_type = 1) {
    return told(captured_of(pcap(at_intervals(frames), link_type)));
}

}  // namespace

TEST_CASE("every link layer leads to the message") {
    const std::string zeros(64, '\0');
    const struct {
        const char* name;
        std::uint32_t link_type;
        std::string octets;
    } links[] = {
        {"Ethernet", 1, frame},
        {"raw IP", 101, packet},
        {"raw IP of BSD", 12, packet},
        {"IPv4", 228, packet},
        {"BSD loopback", 0, "\x02\0\0\0"s + packet},
        {"OpenBSD loopback", 108, "\0\0\0\x02"s + packet},
        {"Linux cooked", 113, zeros.substr(0, 14) + big16(0x0800) + packet},
        {"Linux cooked 2", 276, big16(0x0800) + zeros.substr(0, 18) + packet},
        {"PPP", 9, "\xff\x03\x00\x21"s + packet},
        {"PPP, shortened", 9, "\x21"s + packet},
        {"Cisco HDLC", 104, "\x0f\0"s + big16(0x0800) + packet},
        {"frame relay", 107, "\x18\x41\x03\xcc"s + packet},
        {"802.11", 105, "\x08\x01"s + zeros.substr(0, 22) + "\xaa\xaa\x03\0\0\0"s + big16(0x0800) + packet},
        {"802.11 with quality of service", 105,
         "\x88\x01"s + zeros.substr(0, 24) + "\xaa\xaa\x03\0\0\0"s + big16(0x0800) + packet},
        {"radiotap", 127,
         "\0\0\x08\0\0\0\0\0"s + "\x08\x02"s + zeros.substr(0, 22) + "\xaa\xaa\x03\0\0\0"s + big16(0x0800) + packet},
        {"IPsec of BSD", 109, "\x02\0\0\0"s + zeros.substr(0, 8) + packet},
        {"firewall of BSD", 117, "\x3d\x02"s + zeros.substr(0, 62) + packet},
        {"firewall of Linux", 239,
         "\x02\0\0\x05"s + "\x08\0\x01\0\x08\0\0\0"s + "\x05\0\x0a\0x\0\0\0"s +
             turned(big16(static_cast<std::uint32_t>(packet.size() + 4))) + "\x09\0"s + packet},
        {"firewall of Linux on a machine that writes the large end first", 239,
         "\x02\0\0\x05"s + "\0\x08\0\x01\x08\0\0\0"s + big16(static_cast<std::uint32_t>(packet.size() + 4)) +
             "\0\x09"s + packet},
        {"per-packet information", 192, "\0\0\x08\0\x01\0\0\0"s + frame},
        {"processes of macOS", 258, "\x6c\0\0\0\x01\0\0\0\x01\0\0\0"s + std::string(96, '\0') + frame},
        {"token ring", 6, zeros.substr(0, 14) + "\xaa\xaa\x03\0\0\0"s + big16(0x0800) + packet},
        {"VLAN", 1, in_ethernet(0x8100, big16(42) + big16(0x0800) + packet)},
        {"VLAN in VLAN", 1, in_ethernet(0x88a8, big16(7) + big16(0x8100) + big16(42) + big16(0x0800) + packet)},
        {"MPLS", 1, in_ethernet(0x8847, big32(0x00010040) + big32(0x00020140) + packet)},
        {"Ethernet in MPLS", 1, in_ethernet(0x8847, big32(0x00010140) + big32(0) + frame)},
        {"PPPoE", 1,
         in_ethernet(0x8864,
                     "\x11\0\0\x01"s + big16(static_cast<std::uint32_t>(packet.size() + 2)) + "\0\x21"s + packet)},
        {"802.3 with SNAP", 1,
         in_ethernet(static_cast<std::uint32_t>(packet.size() + 8), "\xaa\xaa\x03\0\0\0"s + big16(0x0800) + packet)},
        {"exported by Wireshark", 252,
         big16(12) + big16(4) + "sip\0"s + big16(20) + big16(4) + "\xc0\0\x02\x01"s + big16(21) + big16(4) +
             "\xc0\0\x02\x02"s + big16(25) + big16(4) + big32(5060) + big16(26) + big16(4) + big32(5060) + big32(0) +
             invite},
    };
    for (const auto& link : links) {
        CAPTURE(link.name);
        CHECK(told_of({link.octets}, link.link_type) == one_invite);
    }
}

TEST_CASE("what Wireshark exported once out of TLS and once as SIP is one message") {
    const std::string exported = big16(12) + big16(4) + "sip\0"s + big16(20) + big16(4) + "\xc0\0\x02\x01"s +
                                 big16(21) + big16(4) + "\xc0\0\x02\x02"s + big16(24) + big16(4) + big32(2) + big32(0) +
                                 invite;
    const auto all = captured_of(pcap({{exported, 0, 0, 0}, {exported, 0, 0, 0}, {exported, 500'000, 0, 0}}, 252));
    REQUIRE(all.messages.size() == 3);
    CHECK(all.messages[1].copy_of == 1);
    CHECK(all.messages[2].copy_of == 0);
}

TEST_CASE("every tunnel leads to the message, with the addresses of the message") {
    const std::string outer_from = "198.51.100.1", outer_to = "198.51.100.2";
    const auto gre = [&](const std::string& head, const std::string& rest) {
        return in_ethernet(0x0800, in_ip(outer_from, outer_to, 47, head + rest));
    };
    const auto in_udp = [&](const std::string& port, const std::string& payload) {
        return udp(outer_from + ":40000", outer_to + ":" + port, payload);
    };
    const struct {
        const char* name;
        std::string octets;
    } tunnels[] = {
        {"IP in IP", in_ethernet(0x0800, in_ip(outer_from, outer_to, 4, packet))},
        {"IP in IP in IP", in_ethernet(0x0800, in_ip(outer_from, outer_to, 4, in_ip(outer_to, outer_from, 4, packet)))},
        {"GRE", gre(big16(0) + big16(0x0800), packet)},
        {"GRE with checksum, key and number",
         gre(big16(0xb000) + big16(0x0800) + big32(0) + big32(5) + big32(9), packet)},
        {"Ethernet in GRE", gre(big16(0) + big16(0x6558), frame)},
        {"PPTP", gre(big16(0x3081) + big16(0x880b) + big32(0) + big32(1) + big32(1), "\xff\x03\x00\x21"s + packet)},
        {"ERSPAN I", gre(big16(0) + big16(0x88be), frame)},
        {"ERSPAN II", gre(big16(0x1000) + big16(0x88be) + big32(1), std::string(8, '\x10') + frame)},
        {"ERSPAN III", gre(big16(0x1000) + big16(0x22eb) + big32(1), std::string(12, '\x20') + frame)},
        {"ERSPAN III with its platform's header",
         gre(big16(0x1000) + big16(0x22eb) + big32(1),
             std::string(11, '\x20') + "\x01"s + std::string(8, '\0') + frame)},
        {"VXLAN", in_udp("4789", "\x08\0\0\0\0\0\x2a\0"s + frame)},
        {"GENEVE", in_udp("6081", "\x01\0\x65\x58\0\0\x2a\0"s + big32(0) + frame)},
        {"GTP", in_udp("2152", "\x30\xff"s + big16(static_cast<std::uint32_t>(packet.size())) + big32(1) + packet)},
        {"GTP with an extension", in_udp("2152", "\x34\xff"s + big16(static_cast<std::uint32_t>(packet.size() + 8)) +
                                                     big32(1) + "\0\0\0\x85"s + "\x01\x10\x01\0"s + packet)},
        {"TZSP", in_udp("37008", "\x01\0\0\x01\x0a\x01\x05\x01"s + frame)},
    };
    for (const auto& tunnel : tunnels) {
        CAPTURE(tunnel.name);
        const auto captured = captured_of(pcap(at_intervals({tunnel.octets})));
        CHECK(told(captured) == one_invite);
        if (!captured.messages.empty()) CHECK(captured.messages[0].tunnelled);
    }
    CHECK_FALSE(captured_of(pcap(at_intervals({frame}))).messages[0].tunnelled);
}

TEST_CASE("tunnels within one another are opened up to a limit, which is told") {
    std::string deep = packet;
    for (int i = 0; i < 40; ++i) deep = in_ip("198.51.100.1", "198.51.100.2", 4, deep);
    const auto captured = captured_of(pcap(at_intervals({deep}), 101));
    CHECK(captured.messages.empty());
    CHECK(problems_of(captured) == "limit_depth");
    CHECK(captured.files[0].summary.problems[0].number == capture::Limits{}.depth);
}

TEST_CASE("fragments are put together in any order, once, and only when all are there") {
    const std::string large =
        message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE", "Subject: " + std::string(3000, 'x') + "\r\n");
    const std::vector<std::string> pieces = fragments(udp(alice, bob, large, 7), 1480);
    REQUIRE(pieces.size() == 3);
    const std::string whole = "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 2 3 INVITE\n";
    CHECK(told_of(pieces) == whole);
    CHECK(told_of({pieces[2], pieces[0], pieces[1]}) == whole);
    const auto captured = captured_of(pcap(at_intervals({pieces[2], pieces[0], pieces[1]})));
    CHECK(captured.messages.at(0).octets == large);
    // The same piece again says nothing new.
    CHECK(told_of({pieces[0], pieces[0], pieces[1], pieces[2]}) ==
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 2 3 4 INVITE\n");
    // Of a datagram whose end was never captured, its beginning is shown with what lacks.
    const auto begun = captured_of(pcap(at_intervals({pieces[0], pieces[2]})));
    CHECK(told(begun) ==
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 2 INVITE -" + std::to_string(large.size() + 8 - 1480) + "\n");
    CHECK(problems_of(begun) == "fragments_missing");
    // Without its beginning nothing can be shown.
    CHECK(told_of({pieces[1], pieces[2]}) == "");
}

TEST_CASE("pieces that were captured twice leave nothing behind") {
    std::vector<std::string> twice;
    for (const std::string& piece :
         fragments(udp(alice, bob, message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE"), 7), 80))
        twice.insert(twice.end(), 2, piece);
    const capture::Captured captured = captured_of(pcap(at_intervals(twice)));
    CHECK(captured.messages.size() == 1);
    CHECK(problems_of(captured) == "");
}

TEST_CASE("of fragments that overlap, what came first stays") {
    const std::string text =
        message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE", "Subject: " + std::string(64, 'x') + "\r\n");
    std::vector<std::string> pieces = fragments(udp(alice, bob, text, 7), 80);
    REQUIRE(pieces.size() > 3);
    std::string other = pieces[1];
    other.replace(34, 80, std::string(80, '#'));
    pieces.insert(pieces.begin() + 2, other);
    const auto captured = captured_of(pcap(at_intervals(pieces)));
    REQUIRE(captured.messages.size() == 1);
    CHECK(captured.messages[0].octets == text);
}

TEST_CASE("more datagrams in pieces than are waited for make room, and the limit is told") {
    std::vector<std::string> frames;
    for (std::uint32_t i = 1; i <= 20; ++i)
        frames.push_back(
            fragments(udp(alice, bob, message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE"), i), 160)[1]);
    capture::Limits limits;
    limits.fragmented = 4;
    CHECK(problems_of(captured_of(pcap(at_intervals(frames)), limits)).find("limit_fragments") != std::string::npos);
}

TEST_CASE("IPv6 with extension headers and fragments") {
    const std::string datagram = packet_of(udp("[2001:db8::1]:5060", "[2001:db8::2]:5060", invite)).substr(40);
    const std::string told_six = "[2001:db8::1]:5060 > [2001:db8::2]:5060 UDP 1 INVITE\n";
    CHECK(told_of({in_ip6(17, datagram)}, 229) == told_six);
    const std::string hop_by_hop = "\x3c\0"s + std::string(6, '\0'), destination = "\x11\0"s + std::string(6, '\0');
    CHECK(told_of({in_ip6(0, hop_by_hop + destination + datagram)}, 229) == told_six);
    CHECK(told_of({in_ip6(44, "\x11\0\0\0"s + big32(9) + datagram)}, 229) == told_six);  // the only piece
    const std::string first = datagram.substr(0, 96), second = datagram.substr(96);
    CHECK(told_of({in_ip6(44, "\x11\0"s + big16(1) + big32(9) + first),
                   in_ip6(44, "\x11\0"s + big16(96) + big32(9) + second)},
                  229) == "[2001:db8::1]:5060 > [2001:db8::2]:5060 UDP 1 2 INVITE\n");
    CHECK(told_of({in_ethernet(0x0800, in_ip("198.51.100.1", "198.51.100.2", 41, in_ip6(17, datagram)))}) == told_six);
}

TEST_CASE("SIP over SCTP, in one chunk, in several, and repeated") {
    const auto chunk = [](std::uint32_t flags, std::uint32_t number, const std::string& text) {
        std::string octets = "\0"s + static_cast<char>(flags) + big16(static_cast<std::uint32_t>(16 + text.size())) +
                             big32(number) + big16(0) + big16(0) + big32(0) + text;
        octets.resize((octets.size() + 3) / 4 * 4);
        return octets;
    };
    const std::string head = big16(5060) + big16(5060) + big32(1) + big32(0);
    const auto sctp = [&](const std::string& chunks) {
        return in_ethernet(0x0800, in_ip("192.0.2.1", "192.0.2.2", 132, head + chunks));
    };
    const std::string told_one = "192.0.2.1:5060 > 192.0.2.2:5060 SCTP ";
    CHECK(told_of({sctp(chunk(3, 1, invite))}) == told_one + "1 INVITE\n");
    CHECK(told_of({sctp(chunk(3, 1, invite) + chunk(3, 2, invite))}) ==
          told_one + "1 INVITE\n" + told_one + "1 INVITE\n");
    CHECK(told_of({sctp(chunk(3, 1, invite)), sctp(chunk(3, 1, invite))}) == told_one + "1 INVITE\n");
    const std::string a = invite.substr(0, 50), b = invite.substr(50, 50), c = invite.substr(100);
    const auto captured =
        captured_of(pcap(at_intervals({sctp(chunk(2, 5, a)), sctp(chunk(1, 7, c)), sctp(chunk(0, 6, b))})));
    CHECK(told(captured) == told_one + "1 2 3 INVITE\n");
    CHECK(captured.messages.at(0).octets == invite);
}

TEST_CASE("keep-alives, padding and junk are no messages, and what stands behind a keep-alive is one") {
    CHECK(told_of({udp(alice, bob, "\r\n\r\n"), udp(alice, bob, "\0\0\0\0"s), udp(alice, bob, "hello"),
                   udp(alice, bob, "")}) == "");
    const auto captured = captured_of(pcap(at_intervals({udp(alice, bob, "\r\n" + invite)})));
    CHECK(told(captured) == one_invite);
    CHECK(captured.messages.at(0).octets == invite);
    CHECK(told_of({udp(alice, bob, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")}) == "");
    CHECK(told_of({udp(alice, bob, "DESCRIBE rtsp://x RTSP/1.0\r\nCSeq: 1\r\n\r\n")}) == "");
    CHECK(told_of({frame + std::string(18, '\0')}) == one_invite);  // Ethernet pads short frames
}

TEST_CASE("copies of a packet are told from repetitions by their sender") {
    const auto captured = [&](const std::vector<MadeFrame>& frames, std::size_t interfaces = 1) {
        return captured_of(pcapng(frames, std::vector<MadeInterface>(interfaces)));
    };
    const auto copy_in = [](const capture::Captured& all) { return all.messages.at(1).copy; };
    const std::string again = udp(alice, bob, invite, 8);  // another identification
    std::string routed = frame;
    routed[22] = 63;  // the time to live
    // Sent again after T1.
    CHECK(copy_in(captured({{frame, 0}, {again, 500'000}})) == capture::Copy::none);
    // On another interface at the same time; half a second later it is another one again.
    CHECK(copy_in(captured({{frame, 0}, {frame, 20, 1}}, 2)) == capture::Copy::interface);
    CHECK(copy_in(captured({{frame, 0}, {again, 500'000, 1}}, 2)) == capture::Copy::none);
    // Behind a router, and twice by a mirror.
    CHECK(copy_in(captured({{frame, 0}, {routed, 900}})) == capture::Copy::hop);
    CHECK(copy_in(captured({{frame, 0}, {frame, 30}})) == capture::Copy::packet);
    // Senders that number nothing tell nothing by it.
    const std::string unnumbered = udp(alice, bob, invite, 0);
    CHECK(copy_in(captured({{unnumbered, 0}, {unnumbered, 30}})) == capture::Copy::none);
    // Each of two transmissions on each of two interfaces.
    const auto four = captured({{frame, 0}, {frame, 20, 1}, {again, 500'000}, {again, 500'020, 1}}, 2);
    CHECK(told(four) ==
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 INVITE\n"
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 2 INVITE copy of 1\n"
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 3 INVITE\n"
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 4 INVITE copy of 3\n");
}

TEST_CASE("copies that agents sent to a capture server have the addresses and the time of the agent") {
    const std::string from = "\xc0\0\x02\x01"s, to = "\xc0\0\x02\x02"s;
    const auto chunk = [](std::uint32_t type, const std::string& value) {
        return big16(0) + big16(type) + big16(static_cast<std::uint32_t>(6 + value.size())) + value;
    };
    const auto third = [&](const std::string& payload, std::uint32_t payload_type) {
        const std::string chunks = chunk(1, "\x02") + chunk(2, "\x11") + chunk(3, from) + chunk(4, to) +
                                   chunk(7, big16(5060)) + chunk(8, big16(5060)) + chunk(9, big32(1'600'000'000)) +
                                   chunk(10, big32(250'000)) + chunk(11, "\x01") + chunk(12, big32(2001)) +
                                   chunk(payload_type, payload);
        return "HEP3" + big16(static_cast<std::uint32_t>(6 + chunks.size())) + chunks;
    };
    const auto captured =
        captured_of(pcap(at_intervals({udp("198.51.100.1:4000", "198.51.100.2:9060", third(invite, 15))})));
    CHECK(told(captured) == one_invite);
    CHECK(captured.messages.at(0).agent == 2001);
    CHECK(captured.messages.at(0).time == std::chrono::seconds(1'600'000'000) + std::chrono::milliseconds(250));
    const std::string first = "\x01\x10\x02\x11"s + big16(5060) + big16(5060) + from + to + invite;
    CHECK(told_of({udp("198.51.100.1:4000", "198.51.100.2:9060", first)}) == one_invite);
    const std::string second =
        "\x02\x10\x02\x11"s + big16(5060) + big16(5060) + from + to + "\0\x10\x5e\x5f\x01\0\0\0\x07\0\0\0"s + invite;
    const auto early = captured_of(pcap(at_intervals({udp("198.51.100.1:4000", "198.51.100.2:9060", second)})));
    CHECK(told(early) == one_invite);
    CHECK(early.messages.at(0).agent == 7);
    // Over TCP, two packets in one segment, the second going on in the next.
    const std::string stream = third(invite, 15) + third(invite, 15);
    const std::string collector = "198.51.100.2:9060", agent = "198.51.100.1:4000";
    CHECK(
        told_of({tcp(agent, collector, 100, stream.substr(0, 400)), tcp(agent, collector, 500, stream.substr(400))}) ==
        one_invite + "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 2 INVITE\n");
}
