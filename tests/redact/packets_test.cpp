// What is no message: media without what was said, errors that quote, connections that are refused or encrypted; and ways by
// which messages travel.
#include <doctest/doctest.h>

#include "capture/packets.h"
#include "capture/redacted.h"
#include "recording/packets.h"
#include "redact/redact.h"
#include "redact/told.h"
#include "redact/traces.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;
using namespace std::string_literals;

namespace {

const std::string alice = "10.1.2.3:5060", bob = "10.1.2.4:5060", client = "10.1.2.3:40000";

std::uint32_t size_of(const std::string& text) { return static_cast<std::uint32_t>(text.size()); }

std::string said(const std::string& start, const std::string& cseq) {
    return start +
           "\r\nVia: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bK776\r\nFrom: <sip:alice@corp.example.com>;tag=88\r\n"
           "To: <sip:bob@corp.example.com>\r\nCall-ID: a84b4c76e66710@pc33\r\nCSeq: " +
           cseq + "\r\nContent-Length: 0\r\n\r\n";
}
const std::string invite = said("INVITE sip:bob@corp.example.com SIP/2.0", "1 INVITE"),
                  busy = said("SIP/2.0 486 Busy Here", "1 INVITE"),
                  ack = said("ACK sip:bob@corp.example.com SIP/2.0", "1 ACK");

void same_but_for_names(const std::string& octets) {
    const capture::Captured before = captured_of(octets);
    const std::string shared = redacted({octets});
    CHECK(ladder_of(captured_of(shared)) == ladder_of(before));
    CHECK(ladder_of(before) != "");
    const auto left = traces_of(originals_of(before), shared);
    CHECK_MESSAGE(left.empty(), left.front());
}

std::string rtp(std::uint32_t sequence, const std::string& payload, std::uint32_t type = 0) {
    return "\x80"s + static_cast<char>(type) + big16(sequence) + big32(sequence * 160) + big32(0x01020304) + payload;
}

}  // namespace

TEST_CASE("of media loss and jitter stay, and nothing of what was said or pressed") {
    std::vector<MadeFrame> frames = {{udp(alice, bob, invite, 1), 0}};
    for (const std::uint32_t sequence : {1u, 2u, 3u, 5u, 6u, 6u, 9u})
        frames.push_back({udp("10.1.2.3:6000", "10.1.2.4:7000", rtp(sequence, "spoken words", 0)), sequence * 20400});
    const std::string key = "\x07\x8a\x03\x20"s;  // RFC 4733 2.3: 7
    frames.push_back({udp("10.1.2.3:6000", "10.1.2.4:7000", rtp(10, key, 101)), 220000});
    const std::string sdes = "\x81\xca"s + big16(5) + big32(0x01020304) + "\x01\x0e" + "alice@pc33.lan" + "\0\0"s,
                      report =
                          "\x81\xc9"s + big16(7) + big32(0x01020304) + big32(7) + big32(3) + std::string(16, '\x01');
    frames.push_back({udp("10.1.2.3:6001", "10.1.2.4:7001", report + sdes), 300000});
    const std::string octets = pcap(frames), shared = redacted({octets});
    same_but_for_names(octets);
    CHECK(captured_of(octets).flows.size() == 2);
    CHECK(shared.find("spoken") == std::string::npos);
    CHECK(shared.find(key) == std::string::npos);
    CHECK(shared.find("pc33") == std::string::npos);
    CHECK(shared.find("xxxxxxxxxxxxxx") != std::string::npos);
}

TEST_CASE("an error of the network quotes what was lost, with pseudonyms") {
    const std::string lost = packet_of(udp(alice, bob, invite, 1));
    const std::string octets = pcap(at_intervals(
        {udp(alice, bob, invite, 1),
         in_ethernet(0x0800, in_ip("10.1.2.4", "10.1.2.3", 1, "\x03\x03\0\0\0\0\0\0"s + lost)),
         in_ethernet(0x0800, in_ip("10.9.9.9", "10.1.2.3", 1, "\x0b\0\0\0\0\0\0\0"s + lost.substr(0, 60)))}));
    same_but_for_names(octets);
    CHECK(captured_of(octets).icmp.size() == 2);
    const capture::Captured shared = captured_of(redacted({octets}));
    CHECK(shared.icmp[0].error.quoted == shared.messages[0].octets);
}

TEST_CASE("connections stay what they were: cut, refused, reset, encrypted, of WebSocket") {
    SUBCASE("messages in pieces, and octets that lack") {
        same_but_for_names(
            pcap(at_intervals({tcp(client, bob, 1, {}, true), tcp(client, bob, 2, invite.substr(0, 100)),
                               tcp(client, bob, 102, invite.substr(100)), tcp(bob, client, 1, busy + busy),
                               tcp(client, bob, 2 + size_of(invite), ack)})));
    }
    SUBCASE("refused, and then reset") {
        const auto reset = [](const std::string& from, const std::string& to, std::uint32_t sequence) {
            recording::Segment segment;
            segment.sequence = sequence;
            segment.reset = segment.ack = true;
            return recording::tcp_frame(recording::endpoint_of(from, 0), recording::endpoint_of(to, 1), segment, 9);
        };
        const std::string octets = pcap(
            at_intervals({udp(alice, bob, invite, 1), tcp(client, bob, 1, {}, true), reset(bob, client, 0),
                          tcp(client, bob, 70001, {}, true), tcp(client, bob, 70002, invite), reset(bob, client, 50)}));
        same_but_for_names(octets);
        const capture::Captured shared = captured_of(redacted({octets}));
        REQUIRE(shared.resets.size() == 2);
        CHECK(shared.resets[0].reset.refused);
        CHECK(!shared.resets[1].reset.refused);
    }
    SUBCASE("encrypted, and refused there") {
        const std::string name = "sip.corp.example.com", versions = "\x04\x03\x04\x03\x03"s;
        const std::string server_name =
            big16(0) + big16(size_of(name) + 5) + big16(size_of(name) + 3) + '\0' + big16(size_of(name)) + name;
        const std::string extensions = server_name + big16(43) + big16(5) + versions;
        const std::string hello = "\x03\x03"s + std::string(32, 'r') + '\0' + big16(2) + "\x13\x01"s + "\x01\0"s +
                                  big16(size_of(extensions)) + extensions;
        const std::string octets = pcap(
            at_intervals({udp(alice, bob, invite, 1), tcp(client, "10.1.2.4:5061", 1, {}, true),
                          tcp(client, "10.1.2.4:5061", 2,
                              "\x16\x03\x01"s + big16(size_of(hello) + 4) + "\x01\0"s + big16(size_of(hello)) + hello),
                          tcp("10.1.2.4:5061", client, 1, "\x15\x03\x03\0\x02\x02\x2a"s)}));
        same_but_for_names(octets);
        const capture::Captured shared = captured_of(redacted({octets}));
        REQUIRE(shared.tls.size() == 1);
        CHECK(shared.tls[0].connection.server_name.find("corp") == std::string::npos);
        CHECK(shared.tls[0].connection.alerts.at(0).description == 42);
    }
    SUBCASE("of WebSocket") {
        const std::string asks = "GET / HTTP/1.1\r\nUpgrade: websocket\r\nCookie: alice\r\n\r\n";
        const std::string octets = pcap(at_intervals(
            {tcp(client, bob, 1, asks),
             tcp(bob, client, 1, "HTTP/1.1 101 x\r\n\r\n\x81\x7e"s + big16(size_of(busy)) + busy),
             tcp(client, bob, 1 + size_of(asks), "\x81\xfe"s + big16(size_of(ack)) + std::string(4, '\0') + ack)}));
        same_but_for_names(octets);
        CHECK(redacted({octets}).find("Cookie") == std::string::npos);
    }
    SUBCASE("of SCTP") {
        same_but_for_names(pcap(at_intervals(
            {in_ethernet(0x0800, in_ip("10.1.2.3", "10.1.2.4", 132,
                                       big16(5060) + big16(5060) + big32(1) + big32(0) + "\0\x03"s +
                                           big16(16 + size_of(ack)) + big32(1) + big32(0) + big32(0) + ack))})));
    }
}

TEST_CASE("what was amiss with the original is told by the copy, and by a copy of the copy") {
    std::vector<MadeFrame> frames = at_intervals({udp(client, bob, invite, 1), udp(bob, client, busy, 2)});
    frames.push_back({udp(client, bob, ack, 3), -400'000, 0, 0});
    std::string octets = pcap(frames);
    octets.resize(octets.size() - 10);
    const std::string before = problems_of(captured_of(octets)), shared = redacted({octets});
    CHECK(before == "tail_missing");
    CHECK(problems_of(captured_of(shared)) == before);
    CHECK(problems_of(captured_of(redacted({shared}))) == before);
    CHECK(findings_of(captured_of(octets)).find("file-cut") != std::string::npos);
    CHECK(findings_of(captured_of(shared)) == findings_of(captured_of(octets)));

    frames[2].octets = udp(client, bob, ack, 3);
    frames.push_back({udp(client, bob, said("OPTIONS sip:bob@corp.example.com SIP/2.0", "2 OPTIONS"), 4), 2'000, 0, 0});
    for (MadeFrame& one : frames) one.microseconds += 500'000;
    const auto back = captured_of(redacted({pcap(frames)}));
    REQUIRE(problems_of(back) == "time_goes_back");
    CHECK(back.files[0].summary.problems[0].number == 401);
    CHECK(back.files[0].summary.problems[0].count == 1);

    CHECK(capture::problem_in_comment("before redaction: stream_gap 2, 1460")->number == 1460);
    CHECK(capture::problem_in_comment("before redaction: stream_gap 2")->count == 2);
    for (const char* const other :
         {"before redaction: stream_gap", "before redaction: stream_gap x", "before redaction: stream_gap 2, ",
          "before redaction: stream_gap 2, x", "before redaction: encrypted 2", "stream_gap 2", ""}) {
        CAPTURE(other);
        CHECK_FALSE(capture::problem_in_comment(other));
    }
}

TEST_CASE("a packet that was captured twice is still one, and what was cut is still cut") {
    std::string routed = udp(alice, bob, invite, 7);
    routed[14 + 8] = 63;  // one router on
    std::vector<MadeFrame> frames = {
        {udp(alice, bob, invite, 7), 0}, {routed, 300}, {udp(alice, bob, invite, 8), 500000}};
    same_but_for_names(pcap(frames));
    frames = {{udp(alice, bob, invite, 7), 0, 0}, {udp(alice, bob, invite, 7), 200, 1}};
    same_but_for_names(pcapng(frames, {{}, {}}));
    const std::string whole = udp(alice, bob, invite, 7);
    same_but_for_names(pcap({{whole.substr(0, 200), 0, 0, size_of(whole)}, {udp(bob, alice, busy, 8), 1000}}));
}

TEST_CASE("addresses of both versions, and tunnels, give plain packets") {
    same_but_for_names(pcap(at_intervals({udp("[2a01:cb00::1:2]:5060", "[2a01:cb00::1:3]:5060", invite),
                                          udp("[2a01:cb00::1:3]:5060", "[2a01:cb00::1:2]:5060", busy)})));
    const std::string inner = packet_of(udp(alice, bob, invite, 1));
    const std::string octets = pcap(at_intervals({in_ethernet(0x0800, in_ip("194.2.0.1", "194.2.0.2", 4, inner))}));
    same_but_for_names(octets);
    CHECK(captured_of(redacted({octets})).messages.at(0).tunnelled == false);
}

TEST_CASE("a log gives packets between its parties, the made-up ones too") {
    const std::string log = "2022/03/01 20:52:38.761521 10.1.2.3:42459 -> 10.1.2.4:5060\n" + invite +
                            "\n20:52:39.1 IP 10.1.2.4.5060 > 10.1.2.3.42459\n" + busy;
    const std::string named = "F1 INVITE Alice -> Proxy 1\n\n" + invite + "\nF2 486 Busy Here Proxy 1 -> Alice\n\n" +
                              busy + "\nF3 ACK Alice -> Proxy 1\n\n" + ack;
    evidence::Vocabulary words;
    for (const char* const name : {"Via", "From", "To", "Call-ID", "CSeq", "Content-Length"}) words.add_field(name);
    words.add_phrase(486, "Busy Here");
    for (const std::string& text : {log, named}) {
        capture::Captured captured;
        captured.read_log(text, words);
        captured.arrange();
        std::string shared;
        redact::redact(captured, {}, [&](std::string_view octets) { shared += octets; }, {.key = 1, .more = 7});
        const capture::Captured again = captured_of(shared);
        REQUIRE(again.messages.size() == captured.messages.size());
        CHECK(again.messages.size() >= 2);
        CHECK(again.messages[0].from == again.messages[1].to);
        CHECK(again.messages[0].to == again.messages[1].from);
        CHECK(again.messages[0].from.known());
        CHECK(traces_of(originals_of(captured), shared).empty());
    }
}

TEST_CASE("a datagram tells how large it was before, and goes on telling it when it is redacted again") {
    const std::string large =
        message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE", "Subject: " + std::string(1100, 's') + "\r\n");
    const std::string once = redacted({pcap({{udp("192.0.2.1:5060", "192.0.2.2:5060", large, 1), 0, 0, 0}})});
    const std::string comment = std::to_string(large.size()) + " octets before redaction";
    CHECK(once.find(comment) != std::string::npos);
    const capture::Captured read = captured_of(once);
    REQUIRE(read.messages.size() == 1);
    CHECK(read.messages[0].octets.size() != large.size());
    CHECK(read.messages[0].before == large.size());
    CHECK(captured_of(redacted({once}, 2)).messages.at(0).before == large.size());

    CHECK(capture::size_in_comment(capture::comment_of_size(1388)) == 1388);
    for (const char* other : {"", "1388", "0 octets before redaction", "65536 octets before redaction",
                              "1388 octets before redaction!", "-5 octets before redaction"})
        CHECK_FALSE(capture::size_in_comment(other));
}
