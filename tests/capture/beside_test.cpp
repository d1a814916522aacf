// What stands in a capture beside SIP and matters: media by direction, errors of the network.
#include <doctest/doctest.h>

#include "capture/packets.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;
using namespace std::string_literals;

namespace {

std::string rtp(std::uint16_t sequence, std::uint32_t timestamp, std::uint8_t type = 0, bool marker = false) {
    return "\x80"s + static_cast<char>(type | (marker ? 0x80 : 0)) + big16(sequence) + big32(timestamp) +
           big32(0xfeed) + std::string(160, 'x');
}

const std::string from = "192.0.2.1:6000", to = "192.0.2.2:7000";

}  // namespace

TEST_CASE("media is summarised by direction and source: lost, repeated, out of order, gaps") {
    std::vector<MadeFrame> frames;
    for (std::uint16_t i = 0; i < 100; ++i) {
        if (i == 30 || i == 31) continue;  // lost
        std::int64_t at = i * 20'000;
        if (i > 60) at += 1'000'000;  // a pause
        const auto sequence = static_cast<std::uint16_t>(65500 + i);
        frames.push_back({udp(from, to, rtp(sequence, i * 160u)), at, 0, 0});
        if (i == 10) frames.push_back({udp(from, to, rtp(sequence, i * 160u)), at + 5, 0, 0});
    }
    std::swap(frames[50], frames[51]);
    std::swap(frames[50].microseconds, frames[51].microseconds);
    const auto captured = captured_of(pcap(frames));
    REQUIRE(captured.flows.size() == 1);
    const capture::MediaFlow& flow = captured.flows[0];
    CHECK(to_text(flow.from) == from);
    CHECK(to_text(flow.to) == to);
    CHECK(flow.ssrc == 0xfeed);
    CHECK(flow.packets == 99);
    CHECK(flow.expected == 100);
    CHECK(flow.repeated == 1);
    CHECK(flow.out_of_order == 1);
    CHECK(flow.lost() == 2);
    CHECK(flow.clock_rate == 8000);
    CHECK(flow.longest_gap == std::chrono::milliseconds(1020));
    CHECK(flow.octets == 99 * 160);
    REQUIRE(flow.payload_types.size() == 1);
    CHECK(flow.payload_types[0].number == 0);
    CHECK(captured.messages.empty());
}

TEST_CASE("jitter is that of RFC 3550, and the clock of a dynamic payload type is observed") {
    std::vector<MadeFrame> even, uneven;
    for (std::uint16_t i = 0; i < 200; ++i) {
        even.push_back({udp(from, to, rtp(i, i * 960u, 111)), i * 20'000, 0, 0});
        uneven.push_back({udp(from, to, rtp(i, i * 160u)), i * 20'000 + (i % 2) * 5'000, 0, 0});
    }
    const auto regular = captured_of(pcap(even));
    REQUIRE(regular.flows.size() == 1);
    CHECK(regular.flows[0].clock_rate == 48000);
    CHECK(regular.flows[0].clock_rate_observed);
    CHECK(regular.flows[0].jitter < 1);
    const auto jittery = captured_of(pcap(uneven));
    // Transit changes by 5 ms, 40 ticks, from packet to packet.
    CHECK(jittery.flows.at(0).jitter == doctest::Approx(40).epsilon(0.01));
}

TEST_CASE("datagrams that only look like media are dropped") {
    std::vector<MadeFrame> frames;
    for (std::uint16_t i = 0; i < 50; ++i)
        frames.push_back({udp(from, to, rtp(static_cast<std::uint16_t>(i * 7919), i)), i * 1000, 0, 0});
    CHECK(captured_of(pcap(frames)).flows.empty());
}

TEST_CASE("RTCP tells what the other side lost, and when somebody left") {
    const std::string report = "\x81\xc9\0\x07"s + big32(0xfeed) + big32(0xbeef) + "\x20\0\0\x05"s + big32(0) +
                               big32(77) + big32(0) + big32(0);
    const std::string bye = "\x81\xcb\0\x01"s + big32(0xfeed);
    const auto captured = captured_of(pcap(at_intervals({udp(from, to, report + bye)})));
    REQUIRE(captured.flows.size() == 1);
    CHECK(captured.flows[0].control);
    CHECK(captured.flows[0].reported_lost == 5);
    CHECK(captured.flows[0].reported_jitter == 77);
    CHECK(captured.flows[0].goodbye.has_value());
}

TEST_CASE("an error of the network names the datagram that did not arrive") {
    const std::string invite = message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE");
    const std::string lost = packet_of(udp("192.0.2.1:5060", "192.0.2.2:5070", invite));
    const std::string error = in_ip("192.0.2.9", "192.0.2.1", 1, "\x03\x03\0\0\0\0\0\0"s + lost.substr(0, 128));
    const auto captured = captured_of(pcap(at_intervals({error}), 101));
    CHECK(captured.messages.empty());  // nobody sent it
    REQUIRE(captured.icmp.size() == 1);
    const capture::IcmpError& told_error = captured.icmp[0].error;
    CHECK(host_of(told_error.reporter) == "192.0.2.9");
    CHECK(to_text(told_error.from) == "192.0.2.1:5060");
    CHECK(to_text(told_error.to) == "192.0.2.2:5070");
    CHECK(told_error.type == 3);
    CHECK(told_error.code == 3);
    CHECK(told_error.transport == capture::Transport::udp);
    CHECK(told_error.quoted == invite.substr(0, 100));
    const std::string six =
        in_ip6(58, "\x02\0\0\0"s + big32(1280) + packet_of(udp("[2001:db8::1]:5060", "[2001:db8::2]:5060", invite)));
    const auto too_big = captured_of(pcap(at_intervals({six}), 101));
    REQUIRE(too_big.icmp.size() == 1);
    CHECK(too_big.icmp[0].error.six);
    CHECK(too_big.icmp[0].error.mtu == 1280);
    CHECK(to_text(too_big.icmp[0].error.to) == "[2001:db8::2]:5060");
}
