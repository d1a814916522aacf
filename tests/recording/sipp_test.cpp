#include <doctest/doctest.h>

#include "recording/sipp.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

recording::Recording recorded(const std::string& id) {
    simulator::Options options;
    options.common = common_steps();
    return simulator::run(exchange_named(id), options);
}

std::size_t actor(const recording::Recording& recording, const std::string& id) {
    std::size_t at = 0;
    while (recording.actors.at(at).id != id) ++at;
    return at;
}

std::string players(const recording::Recording& recording) {
    std::string ids;
    for (const std::size_t party : recording::parties_for_sipp(recording)) ids += recording.actors[party].id + " ";
    return ids;
}

}  // namespace

TEST_CASE("SIPp can play whoever talks to a single other party") {
    CHECK(players(recorded("200-basic-call")) == "alice bob ");
    CHECK(players(recorded("302-call-forwarding")) == "bob ");  // alice asks two servers
    CHECK(players(recorded("503-next-server")) == "alice gw1 gw2 ");
}

TEST_CASE("a scenario waits for what the party received and sends what it sent") {
    for (const auto& [id, party] : {std::pair("200-basic-call", "alice"),
                                    {"487-caller-gives-up", "bob"},
                                    {"401-register", "bob"},
                                    {"200-lost-answer", "bob"},
                                    {"407-proxy-asks", "alice"}}) {
        const recording::Recording recording = recorded(id);
        CHECK(difference_from_expected("simulator/sipp/" + std::string(id) + "." + party + ".xml",
                                       recording::sipp_of(recording, actor(recording, party))) == "");
    }
}

TEST_CASE("words that SIPp would take for its own are kept from it") {
    const recording::Recording recording = simulator::run(exchange_from(R"(
        shows = [486]
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice -- at home"
        address = "[2001:db8::1]"
        uri = "sip:alice@example.com"
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "[2001:db8::2]"
        uri = "sip:bob@example.com"
        answers = [{ after = "10ms", status = 486, phrase = "Busy Here" }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@[2001:db8::2]"
        headers = ["Subject: [len] ]]> \\x41"]
    )"));
    const std::string scenario = recording::sipp_of(recording, 0);
    CHECK(scenario.find("INVITE sip:bob@\\x5B2001:db8::2] SIP/2.0\n") != std::string::npos);
    CHECK(scenario.find("Subject: \\x5Blen] ]\\x5D> \\x5Cx41\n") != std::string::npos);
    CHECK(scenario.find("c=IN IP6 [media_ip]\n") != std::string::npos);
    CHECK(scenario.find("Alice - - at home") != std::string::npos);
}
