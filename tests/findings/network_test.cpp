// Large datagrams, errors of the network, connections that fail.
#include <doctest/doctest.h>

#include "capture/packets.h"
#include "findings/judged.h"

using namespace sipdex;
using namespace sipdex::test;
using namespace std::string_literals;

namespace {

constexpr std::uint32_t ip4 = 0x0800, icmp = 1;

std::string judged_packets(const std::vector<MadeFrame>& frames) {
    const capture::Captured captured = captured_of(pcap(frames));
    return judged(captured, calls::group(captured));
}

const std::string invite = message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE");

// A router's word on a datagram: its type, code and the four octets behind the checksum.
MadeFrame error_of(const std::string& datagram, const std::string& head, std::int64_t at) {
    return {in_ethernet(ip4, in_ip("192.0.2.9", "192.0.2.1", icmp, head + packet_of(datagram))), at, 0, 0};
}

}  // namespace

TEST_CASE("a request that is larger than 1300 octets is a note where it works, a fault where nothing comes back") {
    const std::string large = "1 > 2 INVITE | X-Padding: " + std::string(1200, 'p') + "\n";
    CHECK(judged_flow(large + "2 > 1 180 to=y\n") ==
          "note request-too-large 1 {count: 1, method: INVITE, octets: 1388}\n");
    const std::string again = "1 > 2 INVITE after=1000 | X-Padding: " + std::string(1200, 'p') + "\n";
    CHECK(judged_flow(large + again + again) ==
          "fault request-too-large-lost 1 2 3 {method: INVITE, octets: 1388, to: 192.0.2.2:5060}\n");
    CHECK(judged_flow("1 > 2 INVITE | X-Padding: " + std::string(1000, 'p') + "\n2 > 1 180 to=y\n") == "");
    // The rule is about requests.
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 180 to=y | X-Padding: " + std::string(1200, 'p') + "\n") == "");
    // Small ones are lost as well: it is not the size. And where they arrive, it may be.
    const std::string small = "1 > 2 OPTIONS call=two branch=o\n";
    CHECK(judged_flow(small + large + again + again) == "");
    CHECK(worse_than_notes(judged_flow(small + "2 > 1 200 of=OPTIONS call=two branch=o to=z\n" + large + again +
                                       again)) == "fault request-too-large-lost\n");
    // The next server took it.
    CHECK(worse_than_notes(judged_flow(large + again + again + "1 > 3 INVITE branch=b\n3 > 1 200 branch=b to=z\n")) ==
          "");
}

TEST_CASE("an error of the network names the message, the host and the port") {
    const std::string lost = udp("192.0.2.1:5060", "192.0.2.2:5060", invite, 1);
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(lost, "\x03\x03\0\0\0\0\0\0"s, 5000)}) ==
          "fault unreachable 1 {label: INVITE, to: 192.0.2.2:5060, what: port, reporter: 192.0.2.9, count: 1}\n");
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(lost, "\x03\x0d\0\0\0\0\0\0"s, 5000)}) ==
          "fault unreachable 1 {label: INVITE, to: 192.0.2.2:5060, what: prohibited, reporter: 192.0.2.9, count: 1}\n");
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(lost, "\x03\x04\0\0\0\0\x05\x78"s, 5000)}) ==
          "fault datagram-too-big 1 {label: INVITE, octets: " + std::to_string(invite.size()) +
              ", to: 192.0.2.2:5060, mtu: 1400, reporter: 192.0.2.9}\n");
    // RFC 3261 18.4: "TTL exceeded" is to be ignored.
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(lost, "\x0b\0\0\0\0\0\0\0"s, 5000)}) == "");
    // Of another datagram.
    const std::string other = udp("192.0.2.1:5060", "192.0.2.3:5060", invite, 2);
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(other, "\x03\x03\0\0\0\0\0\0"s, 5000)}) == "");
    // Whoever has said good-bye listens no more.
    for (const std::string method : {"BYE", "INVITE"}) {
        const std::string asked = udp("192.0.2.2:5060", "192.0.2.1:5060",
                                      message(method + " sip:a@192.0.2.1 SIP/2.0", "2 " + method), 4),
                          bye = udp("192.0.2.1:5060", "192.0.2.2:5060", message("SIP/2.0 200 OK", "2 " + method), 5);
        CHECK(judged_packets({{asked, 0, 0, 0}, {bye, 100, 0, 0}, error_of(bye, "\x03\x03\0\0\0\0\0\0"s, 5000)})
                  .empty() == (method == "BYE"));
    }
    // Answered all the same, as by a server that had only just started, or to smaller pieces.
    const MadeFrame answer{udp("192.0.2.2:5060", "192.0.2.1:5060", message("SIP/2.0 180 Ringing", "1 INVITE"), 3), 9000,
                           0, 0};
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(lost, "\x03\x03\0\0\0\0\0\0"s, 5000), answer}) == "");
    CHECK(judged_packets({{lost, 0, 0, 0}, error_of(lost, "\x03\x04\0\0\0\0\x05\x78"s, 5000), answer}) == "");
}

TEST_CASE("a refused connection is told of servers of SIP only") {
    capture::Captured captured = captured_of(pcap({{udp("192.0.2.1:5060", "192.0.2.2:5060", invite, 1), 0, 0, 0}}));
    const auto refuse = [&](const char* by) {
        capture::ResetEvent event;
        event.reset = {std::chrono::seconds(1), 2, *capture::parse_address(by),
                       *capture::parse_address("192.0.2.1:40000"), true};
        captured.resets = {event};
        return judged(captured, calls::group(captured));
    };
    CHECK(refuse("192.0.2.7:5061") == "fault connection-refused {by: 192.0.2.7:5061, to: 192.0.2.1, count: 1}\n");
    CHECK(refuse("192.0.2.7:443") == "");
    // A moment later it was accepted.
    captured.messages.front().transport = capture::Transport::tcp;
    captured.messages.front().to = *capture::parse_address("192.0.2.7:5061");
    captured.messages.front().time = {};
    CHECK(refuse("192.0.2.7:5061").starts_with("fault connection-refused "));
    captured.messages.front().time = std::chrono::seconds(10);
    CHECK(refuse("192.0.2.7:5061") == "");
}

TEST_CASE("TLS that fails tells why, TLS that works tells that it cannot be read") {
    capture::Captured captured;
    capture::TlsEvent event;
    event.connection.client = *capture::parse_address("192.0.2.1:40000");
    event.connection.server = *capture::parse_address("192.0.2.2:5061");
    event.connection.server_name = "sip.example.com";
    event.connection.version = 0x0303;
    event.connection.client_octets = 900;
    captured.tls = {event};
    CHECK(judged(captured, calls::group(captured)) ==
          "note tls-unread {server: 192.0.2.2:5061, version: TLS 1.2, count: 1, octets: 900}\n");
    captured.tls[0].connection.alerts = {{{}, false, 2, 48}};
    CHECK(judged(captured, calls::group(captured)) ==
          "fault tls-alert {alert: unknown_ca, by: 192.0.2.1:40000, to: 192.0.2.2:5061, side: client, name: "
          "sip.example.com, version: TLS 1.2}\n");
    // Before TLS 1.3 a server that knows no such name may warn of it and go on.
    captured.tls[0].connection.alerts = {{{}, true, 1, 112}};
    captured.tls[0].connection.server_octets = 900;
    CHECK(judged(captured, calls::group(captured)).starts_with("note tls-unread "));
    captured.tls[0].connection.server_octets = 0;
    CHECK(judged(captured, calls::group(captured)).starts_with("fault tls-alert "));
    captured.tls[0].connection.server.port = 443;  // the web
    CHECK(judged(captured, calls::group(captured)) == "");
}

TEST_CASE("a connection that breaks is told where a request on it still waits for its answer") {
    const std::string alice = "192.0.2.1:40000", bob = "192.0.2.2:5060";
    const std::string ringing = message("SIP/2.0 180 Ringing", "1 INVITE"),
                      busy = message("SIP/2.0 486 Busy Here", "1 INVITE");
    const auto broken = [&](const std::vector<std::string>& frames, int seconds = 5) {
        capture::Captured captured = captured_of(pcap(at_intervals(frames)));
        capture::ResetEvent event;
        event.reset = {captured.messages.front().time + std::chrono::seconds(seconds), 9, *capture::parse_address(bob),
                       *capture::parse_address(alice), false};
        captured.resets = {event};
        return judged(captured, calls::group(captured));
    };
    const std::string asked = tcp(alice, bob, 1, invite);
    const std::string told = "fault connection-reset 1 {method: INVITE, by: 192.0.2.2:5060, to: 192.0.2.1:40000}\n";
    CHECK(broken({asked}) == told);
    CHECK(broken({asked, tcp(bob, alice, 1, ringing)}) == told);
    CHECK(broken({asked, tcp(bob, alice, 1, busy)}) == "");
    // It connected anew and sent it again.
    const std::string again = std::string(invite).replace(invite.find("z9hG4bK"), 7, "z9hG4bKagain"),
                      taken = std::string(ringing).replace(ringing.find("z9hG4bK"), 7, "z9hG4bKagain");
    CHECK(broken({asked, tcp("192.0.2.1:40002", bob, 1, again)}) == told);
    CHECK(broken({asked, tcp("192.0.2.1:40002", bob, 1, again),
                  tcp(bob, "192.0.2.1:40002", 1, std::string(taken).replace(0, 19, "SIP/2.0 200 OK"))}) == "");
    CHECK(broken({asked}, 60) == "");                               // given up long before
    CHECK(broken({tcp("192.0.2.1:40001", bob, 1, invite)}) == "");  // another connection
    CHECK(broken({udp("192.0.2.1:40000", bob, invite, 1)}) == "");  // none at all
}

TEST_CASE("OPTIONS checks of one address that is gone are one finding, behind the faults of calls") {
    const WholeJudgement whole;
    std::vector<MadeFrame> frames;
    for (int i = 0; i < 3; ++i) {
        std::string check = message("OPTIONS sip:bob@192.0.2.2 SIP/2.0", std::to_string(i + 1) + " OPTIONS");
        const std::string id = "Call-ID: ";
        check.insert(check.find(id) + id.size(), std::string(1, static_cast<char>('a' + i)));
        const std::string sent = udp("192.0.2.1:5060", "192.0.2.2:5060", check, 10 + static_cast<std::uint16_t>(i));
        frames.push_back({sent, i * 1000000, 0, 0});
        frames.push_back(error_of(sent, "\x03\x03\0\0\0\0\0\0"s, i * 1000000 + 5000));
    }
    const std::string lost = udp("192.0.2.1:5060", "192.0.2.3:5060", invite, 1);
    frames.push_back({lost, 9000000, 0, 0});
    frames.push_back(error_of(lost, "\x03\x03\0\0\0\0\0\0"s, 9005000));
    CHECK(judged_packets(frames) ==
          "fault unreachable 4 {label: INVITE, to: 192.0.2.3:5060, what: port, reporter: 192.0.2.9, count: 1}\n"
          "fault unreachable 1 2 3 {label: OPTIONS, to: 192.0.2.2:5060, what: port, reporter: 192.0.2.9, count: 3}\n");
}

TEST_CASE("an error of the network explains the request that it is about, and no other of the call") {
    const WholeJudgement whole;
    std::vector<MadeFrame> frames;
    const std::string bye =
        udp("192.0.2.1:5060", "192.0.2.2:5060", message("BYE sip:bob@192.0.2.2 SIP/2.0", "2 BYE"), 9);
    for (int i = 0; i < 4; ++i)
        frames.push_back(
            {udp("192.0.2.1:5060", "192.0.2.2:5060", invite, 1 + static_cast<std::uint16_t>(i)), i * 2000000, 0, 0});
    CHECK(worse_than_notes(judged_packets(frames)) == "fault request-unanswered\n");
    frames.push_back({bye, 9000000, 0, 0});
    frames.push_back(error_of(bye, "\x03\x03\0\0\0\0\0\0"s, 9005000));
    CHECK(worse_than_notes(judged_packets(frames)) == "fault request-unanswered\nfault unreachable\n");
    frames.push_back(error_of(udp("192.0.2.1:5060", "192.0.2.2:5060", invite, 4), "\x03\x03\0\0\0\0\0\0"s, 9006000));
    CHECK(worse_than_notes(judged_packets(frames)) == "fault unreachable\n");
}
