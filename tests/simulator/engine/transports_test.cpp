// UDP and TCP: what differs between them where the RFC says so.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "simulator/drawing.h"
#include "sip/via.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

simulator::Exchange call_over(const std::string& network, const std::string& bob = "") {
    return exchange_from(alice_and_bob(R"(
        answers = [{ after = "100ms", status = 180 }, { after = "5s", status = 486, phrase = "Busy Here" }]
    )") + bob + picture(R"(
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        [network]
    )") + network);
}

std::size_t timers_set(const recording::Recording& recording, const std::string& name) {
    return static_cast<std::size_t>(
        std::count_if(recording.timers.begin(), recording.timers.end(), [&](const recording::TimerEvent& timer) {
            return timer.timer == name && timer.what == recording::TimerEvent::What::set;
        }));
}

}  // namespace

TEST_CASE("over TCP the Via says so, nothing is retransmitted and timer D lasts no time") {
    const auto udp = simulator::run(call_over("transport = \"UDP\"\n")),
               tcp = simulator::run(call_over("transport = \"TCP\"\n"));
    CHECK(sip::top_via(udp.messages.front().message)->transport == "UDP");
    CHECK(sip::top_via(tcp.messages.front().message)->transport == "TCP");
    CHECK(sip::top_via(udp.messages.front().message)->wants_rport());
    CHECK_FALSE(sip::top_via(tcp.messages.front().message)->wants_rport());
    CHECK(timers_set(udp, "A") > 0);
    CHECK(timers_set(tcp, "A") == 0);
    CHECK(timers_set(udp, "G") > 0);
    CHECK(timers_set(tcp, "G") == 0);
    CHECK(timers_set(tcp, "B") == 1);                         // the transaction's own patience is the same
    CHECK(tcp.ended < udp.ended - std::chrono::seconds(20));  // UDP waits 32 s for stray responses
    CHECK(drawn(udp) == drawn(tcp));
}

TEST_CASE("what the network drops, TCP brings a second later, and what follows waits behind it") {
    const auto recording =
        simulator::run(call_over("transport = \"TCP\"\nlose = [{ message = \"180 bob -> alice\" }]\n"));
    for (const auto& sent : recording.messages) {
        REQUIRE(sent.received);
        const recording::Time late = *sent.received - sent.sent;
        CHECK(late == (sent.message.status == 180 ? recording::Time(std::chrono::milliseconds(1010))
                                                  : recording::Time(std::chrono::milliseconds(10))));
        CHECK_FALSE(sent.retransmission);
    }
}

TEST_CASE("a refused connection is known at once, and counts as 503") {
    const auto udp = simulator::run(call_over("transport = \"UDP\"\n", "off = true\n"));
    const auto tcp = simulator::run(call_over("transport = \"TCP\"\n", "off = true\n"));
    CHECK(udp.messages.size() == 7);  // the INVITE and its six repetitions
    CHECK(udp.ended >= std::chrono::seconds(32));
    CHECK(tcp.messages.empty());
    CHECK(tcp.ended < std::chrono::seconds(1));
    REQUIRE_FALSE(tcp.decisions.empty());
    CHECK(tcp.decisions.front().id == "transport-error-as-503");
}

TEST_CASE("a request above 1300 octets goes by TCP, and so does the CANCEL that ends it") {
    const auto exchange = exchange_from(alice_and_bob(R"(
        answers = [{ after = "100ms", status = 180 }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        cancel_after = "2s"
    )") + "headers = [\"Subject: " + std::string(1200, 'x') +
                                        "\"]\n");
    for (const auto& sent : simulator::run(exchange).messages)
        CHECK_MESSAGE(sent.transport == "TCP", sent.octets().substr(0, 40));
}
