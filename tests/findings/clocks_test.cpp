// What limits what can be said of a capture.
#include <doctest/doctest.h>

#include "capture/packets.h"
#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string judged_octets(const std::vector<std::string>& files) {
    capture::Captured captured;
    for (const std::string& octets : files) captured.read_octets(octets);
    captured.arrange();
    return judged(captured, calls::group(captured));
}

std::vector<MadeFrame> call(std::int64_t later = 0) {
    const std::string options = message("OPTIONS sip:bob@192.0.2.2 SIP/2.0", "1 OPTIONS"),
                      ok = message("SIP/2.0 200 OK", "1 OPTIONS");
    return {{udp("192.0.2.1:5060", "192.0.2.2:5060", options, 1), 1000 + later, 0, 0},
            {udp("192.0.2.2:5060", "192.0.2.1:5060", ok, 2), 21000 + later, 0, 0}};
}

}  // namespace

TEST_CASE("clocks of two captures that differ") {
    CHECK(judged_octets({pcap(call()), pcap(call(2000000))}) == "note clocks-differ {file: 2, seconds: 2.0}\n");
    CHECK(judged_octets({pcap(call()), pcap(call(2000))}) == "");
    // Alice's side and Bob's, 150 ms from each other.
    auto there = call();
    there[1].microseconds = 302000;
    auto here = call();
    here[0].microseconds = 151000;
    here[1].microseconds = 152000;
    CHECK(judged_octets({pcap(there), pcap(here)}) == "");
    for (MadeFrame& frame : here) frame.microseconds += 2000000;
    CHECK(judged_octets({pcap(there), pcap(here)}).starts_with("note clocks-differ {file: 2, seconds: "));
}

TEST_CASE("time that goes back, packets cut off, a file that ends too early") {
    auto frames = call(5000000);
    frames[1].microseconds = 1000000;
    CHECK(judged_octets({pcap(frames)}) == "note time-goes-back {file: 1, seconds: 4.0, count: 1}\n");
    frames = call();
    frames[1].length = static_cast<std::uint32_t>(frames[1].octets.size());
    frames[1].octets.resize(frames[1].octets.size() - 10);
    CHECK(judged_octets({pcap(frames)}).find("note octets-missing 2 {file: 1, count: 1}") != std::string::npos);
    const std::string whole = pcap(call());
    CHECK(judged_octets({whole.substr(0, whole.size() - 20)}).find("note file-cut {file: 1}") != std::string::npos);
}

TEST_CASE("packets that were cut off, of SIP and of media") {
    const auto cut = [](MadeFrame frame) {
        frame.length = static_cast<std::uint32_t>(frame.octets.size());
        frame.octets.resize(frame.octets.size() - 10);
        return frame;
    };
    auto frames = call();
    const std::string rtp = std::string("\x80\x00\x00\x01", 4) + std::string(168, 's');
    frames.push_back(cut({udp("192.0.2.1:6000", "192.0.2.2:7000", rtp, 3), 30000, 0, 0}));
    CHECK(judged_octets({pcap(frames)}) == "");
    frames[0] = cut(frames[0]);
    CHECK(judged_octets({pcap(frames)}) == "note octets-missing 1 {file: 1, count: 2}\n");
}

TEST_CASE("pieces of large datagrams that were not captured, and a large one that is whole") {
    const std::string large =
        message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE", "Subject: " + std::string(3000, 'x') + "\r\n");
    const auto pieces = fragments(udp("192.0.2.1:5060", "192.0.2.2:5060", large, 7), 1480);
    CHECK(judged_octets({pcap(at_intervals({pieces[0], pieces[2]}))}) ==
          "note fragments-missing 1 {file: 1, count: 1}\n");
    CHECK(judged_octets({pcap(at_intervals(pieces))}) == "");
}

TEST_CASE("a gap in a connection, and a connection without one") {
    const std::string alice = "192.0.2.1:40000", bob = "192.0.2.2:5060";
    const std::string both = message("OPTIONS sip:bob@192.0.2.2 SIP/2.0", "1 OPTIONS") +
                             message("OPTIONS sip:bob@192.0.2.2 SIP/2.0", "2 OPTIONS");
    const auto from = [&](std::uint32_t at, std::size_t octets = std::string::npos) {
        return tcp(alice, bob, at + 1, both.substr(at, octets));
    };
    CHECK(judged_octets({pcap(at_intervals({from(0, 100), from(150)}))}) == "note stream-gaps 1 {file: 1, count: 1}\n");
    CHECK(judged_octets({pcap(at_intervals({from(0, 100), from(100)}))}) == "");
}

TEST_CASE("what is encrypted beside SIP is told once, and by the better finding where that is SIP") {
    const WholeJudgement whole;
    const auto encrypted = [](const std::string& server) {
        const std::string hello = std::string("\x01\0\0\x26\x03\x03", 6) + std::string(36, '\0');
        const std::string data = "\x17\x03\x03" + big16(40) + std::string(40, 'x');
        const std::string first = "\x16\x03\x01" + big16(static_cast<std::uint32_t>(hello.size())) + hello;
        return judged_octets({pcap(at_intervals({tcp("192.0.2.1:40000", server, 1, first + data)}))});
    };
    CHECK(encrypted("192.0.2.2:443") == "note encrypted-unread {file: 1, count: 1}\n");
    CHECK(encrypted("192.0.2.2:5061").find("encrypted-unread") == std::string::npos);
    CHECK(encrypted("192.0.2.2:5061").find("tls-unread") != std::string::npos);
}
