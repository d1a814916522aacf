// Captures in which one thing happens thousands of times: four times as many take about four times as long, not sixteen.
#include <doctest/doctest.h>

#include <ctime>
#include <functional>

#include "capture/packets.h"
#include "findings/judged.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

const std::string alice = "192.0.2.1:5060", bob = "192.0.2.2:5060";

using Happens = std::function<std::vector<std::string>(int)>;

// Seconds of the processor, and what was found at last.
double seconds_for(int times, const Happens& happens, std::string& found) {
    std::vector<std::string> frames;
    for (int i = 0; i < times; ++i)
        for (std::string& frame : happens(i)) frames.push_back(std::move(frame));
    const std::string octets = pcap(at_intervals(frames));
    const std::clock_t begun = std::clock();
    capture::Captured captured;
    captured.read_octets(octets);
    captured.arrange();
    found = judged(captured, calls::group(captured));
    return double(std::clock() - begun) / CLOCKS_PER_SEC;
}

void grows_with_the_capture(const Happens& happens, const std::string& rule) {
    std::string few, many;
    const double once = seconds_for(2500, happens, few), four_times = seconds_for(10000, happens, many);
    CHECK(few.find(rule) != std::string::npos);
    CHECK(many.find(rule) != std::string::npos);
    CHECK_MESSAGE(four_times < 9 * once + 0.1, once << " s, " << four_times << " s");
}

std::string numbered(const std::string& start, const std::string& cseq, const std::string& branch,
                     const std::string& call, const std::string& more = "") {
    return start + "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + branch +
           "\r\nFrom: <sip:alice@example.com>;tag=a\r\nTo: <sip:bob@example.com>" +
           (start.starts_with("SIP/2.0") ? ";tag=b" : "") + "\r\nCall-ID: " + call + "\r\nCSeq: " + cseq +
           "\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n";
}

}  // namespace

TEST_CASE("a device that offers a wrong password all day in one call") {
    grows_with_the_capture(
        [](int i) {
            const std::string number = std::to_string(i), first = std::to_string(2 * i + 1) + " REGISTER",
                              second = std::to_string(2 * i + 2) + " REGISTER",
                              ask = "REGISTER sip:example.com SIP/2.0";
            const std::string challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"" + number + "\"\r\n";
            const std::string answer = "Authorization: Digest username=\"alice\", realm=\"r\", nonce=\"" + number +
                                       "\", uri=\"sip:example.com\", response=\"0123456789abcdef0123456789abcdef\"\r\n";
            return std::vector{
                udp(alice, bob, numbered(ask, first, "a" + number, "one")),
                udp(bob, alice, numbered("SIP/2.0 401 Unauthorized", first, "a" + number, "one", challenge)),
                udp(alice, bob, numbered(ask, second, "b" + number, "one", answer)),
                udp(bob, alice, numbered("SIP/2.0 403 Forbidden", second, "b" + number, "one"))};
        },
        "password-guessing");
}

TEST_CASE("a server that is overloaded all day, and a client that does not wait") {
    grows_with_the_capture(
        [](int i) {
            const std::string number = std::to_string(i);
            return std::vector{
                udp(alice, bob, numbered("OPTIONS sip:bob@192.0.2.2 SIP/2.0", "1 OPTIONS", number, number)),
                udp(bob, alice,
                    numbered("SIP/2.0 503 Service Unavailable", "1 OPTIONS", number, number, "Retry-After: 60\r\n"))};
        },
        "retry-too-early");
}

TEST_CASE("a server that is down all day, and a network that says so each time") {
    grows_with_the_capture(
        [](int i) {
            const std::string number = std::to_string(i);
            const std::string lost =
                udp(alice, bob, numbered("OPTIONS sip:bob@192.0.2.2 SIP/2.0", "1 OPTIONS", number, number));
            return std::vector{lost, in_ethernet(0x0800, in_ip("192.0.2.2", "192.0.2.1", 1,
                                                               "\3\3" + std::string(6, '\0') + packet_of(lost)))};
        },
        "unreachable");
}
