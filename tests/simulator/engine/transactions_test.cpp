// Time and loss: what transactions and user agents do when the network is silent.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// Alice and Bob without anything between them; `rest` adds actions, Bob's script and losses.
simulator::Exchange direct(std::string_view rest) { return exchange_from(alice_and_bob(rest)); }

std::string timers_of(const recording::Recording& recording, const std::string& actor, const std::string& name) {
    std::string text;
    for (const auto& timer : recording.timers) {
        if (recording.actors[timer.actor].id != actor || timer.timer != name) continue;
        const char* const what = timer.what == recording::TimerEvent::What::set     ? "set"
                                 : timer.what == recording::TimerEvent::What::fired ? "fired"
                                                                                    : "stopped";
        text += std::to_string(timer.at.count() / 1000) + " " + what;
        if (timer.lasts.count() > 0) text += " " + std::to_string(timer.lasts.count() / 1000);
        text += "\n";
    }
    return text;
}

std::string decisions_of(const recording::Recording& recording) {
    std::string text;
    for (const auto& decision : recording.decisions) {
        text += recording.actors[decision.actor].id + " " + decision.id;
        for (const std::string& detail : decision.details) text += " " + detail;
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("an INVITE into silence is repeated six times and counts as 408 after 32 seconds") {
    const auto recording = simulator::run(direct(R"(
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        [network]
        loss_percent = 100
    )"));
    CHECK(drawn_with_times(recording) == picture(R"(
        alice                 bob
          |------ INVITE ------x|  0.000
          |----- (INVITE) -----x|  0.500
          |----- (INVITE) -----x|  1.500
          |----- (INVITE) -----x|  3.500
          |----- (INVITE) -----x|  7.500
          |----- (INVITE) -----x|  15.500
          |----- (INVITE) -----x|  31.500
    )"));
    CHECK(timers_of(recording, "alice", "B") == "0 set 32000\n32000 fired\n");
    CHECK(decisions_of(recording) == "alice timeout-as-408\n");
    CHECK_FALSE(recording.cut_off);
}

TEST_CASE("a REGISTER into silence is repeated ten times, every four seconds in the end") {
    const auto recording = simulator::run(direct(R"(
        [[action]]
        party = "alice"
        does = "register"
        registrar = "sip:192.0.2.2"
        [network]
        loss_percent = 100
    )"));
    std::string seconds;
    for (const auto& sent : recording.messages) seconds += std::to_string(sent.sent.count() / 1000) + " ";
    CHECK(seconds == "0 500 1500 3500 7500 11500 15500 19500 23500 27500 31500 ");
    CHECK(timers_of(recording, "alice", "F") == "0 set 32000\n32000 fired\n");
}

TEST_CASE("a failure whose ACK is lost is repeated until the ACK arrives") {
    const auto recording = simulator::run(direct(R"(
        answers = [{ after = "100ms", status = 486, phrase = "Busy Here" }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        [network]
        lose = [{ message = "ACK", nth = [1, 2] }]
    )"));
    CHECK(drawn_with_times(recording) == picture(R"(
        alice                  bob
          |------- INVITE ------>|  0.000
          |<-- 486 Busy Here ----|  0.110
          |-------- ACK --------x|  0.120
          |<- (486 Busy Here) ---|  0.610
          |------- (ACK) -------x|  0.620
          |<- (486 Busy Here) ---|  1.610
          |------- (ACK) ------->|  1.620
    )"));
    CHECK(timers_of(recording, "bob", "G") ==
          "110 set 500\n610 fired\n610 set 1000\n1610 fired\n1610 set 2000\n1630 stopped\n");
}

TEST_CASE("a phone whose 200 is never acknowledged repeats it and hangs up after 32 seconds") {
    const auto recording = simulator::run(direct(R"(
        answers = [{ after = "100ms", status = 200 }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        [network]
        lose = [{ message = "ACK" }]
    )"));
    std::string seconds;
    for (const auto& sent : recording.messages)
        if (sip::label_of(sent.message) == "200 OK" && sent.from == 1 && sent.sent < std::chrono::seconds(32))
            seconds += std::to_string(sent.sent.count() / 1000) + " ";
    CHECK(seconds == "110 610 1610 3610 7610 11610 15610 19610 23610 27610 31610 ");
    CHECK(decisions_of(recording) == "bob no-ack-hangs-up\n");
    CHECK(recording.messages[recording.messages.size() - 2].message.method == "BYE");
}

TEST_CASE("a server that says nothing for 200 ms sends 100 by itself") {
    CHECK(drawn_with_times(simulator::run(direct(R"(
        answers = [{ after = "1s", status = 480, phrase = "Temporarily Unavailable" }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
    )"))) == picture(R"(
        alice                              bob
          |------------- INVITE ------------>|  0.000
          |<---------- 100 Trying -----------|  0.210
          |<- 480 Temporarily Unavailable ---|  1.010
          |-------------- ACK -------------->|  1.020
    )"));
}

TEST_CASE("an answer that crosses the CANCEL is acknowledged and then ended with BYE") {
    CHECK(drawn_with_times(simulator::run(direct(R"(
        answers = [{ after = "50ms", status = 180 }, { after = "995ms", status = 200 }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        cancel_after = "1s"
    )"))) == picture(R"(
        alice                 bob
          |------ INVITE ------>|  0.000
          |<--- 180 Ringing ----|  0.060
          |------ CANCEL ------>|  1.000
          |<----- 200 OK -------|  1.005
          |<----- 200 OK -------|  1.010
          |-------- ACK ------->|  1.015
          |-------- BYE ------->|  1.015
          |<----- 200 OK -------|  1.025
    )"));
}

TEST_CASE("any loss ends, and leaves no transaction behind") {
    for (int percent = 0; percent <= 100; percent += 20)
        for (unsigned seed = 1; seed <= 5; ++seed)
            for (const std::string& id : exchange_ids()) {
                simulator::Exchange exchange = exchange_named(id);
                exchange.network.losses.clear();
                exchange.network.loss_percent = percent;
                simulator::Options options;
                options.seed = seed;
                const auto recording = simulator::run(exchange, options);
                CAPTURE(id);
                CAPTURE(percent);
                CAPTURE(seed);
                CHECK_FALSE(recording.cut_off);
                std::map<std::string, int> open;
                for (const auto& change : recording.states) {
                    const std::string key = std::to_string(change.actor) + std::string(change.machine) + change.branch;
                    if (change.from.empty()) ++open[key];
                    if (change.to == "Terminated") --open[key];
                }
                for (const auto& transaction : open) {
                    CAPTURE(transaction.first);
                    CHECK(transaction.second == 0);
                }
            }
}

TEST_CASE("a run is cut off at its limits") {
    simulator::Options options;
    options.most_events = 5;
    CHECK(simulator::run(exchange_named("200-basic-call"), options).cut_off);
    options.most_events = 100000;
    options.longest = std::chrono::seconds(1);
    const auto recording = simulator::run(exchange_named("200-basic-call"), options);
    CHECK(recording.cut_off);
    CHECK(recording.ended <= std::chrono::seconds(1));
}
