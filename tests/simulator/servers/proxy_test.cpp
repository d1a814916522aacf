// What a forking proxy makes of several answers (RFC 3261 16.7).
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "simulator/drawing.h"
#include "simulator/read_exchange.h"
#include "sip/best_response.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// One caller, one proxy and a phone for each script; places as `users` lists them.
simulator::Exchange fork(const std::string& places, const std::vector<std::string>& scripts,
                         const std::string& more = "") {
    std::string toml = R"(
[[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.com"
[[party]]
id = "proxy"
kind = "proxy"
name = "example.com"
address = "192.0.2.10"
host = "proxy.example.com"
domains = ["example.com"]
users = { "sip:bob@example.com" = [)" +
                       places + "] }\n";
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        toml += "[[party]]\nid = \"phone" + number + "\"\nkind = \"phone\"\nname = \"Bob\"\naddress = \"198.51.100." +
                number + "\"\nuri = \"sip:bob@example.com\"\n" + scripts[i] + "\n";
    }
    toml += "[[action]]\nparty = \"alice\"\ndoes = \"call\"\nto = \"sip:bob@example.com\"\n" + more +
            "\n[names]\n\"example.com\" = [\"proxy\"]\n";
    const auto read = read_file(toml, "fork.toml");
    REQUIRE(printed(read.problems) == "");
    return read.exchange;
}

const std::string two = R"("<sip:bob@198.51.100.1>", "<sip:bob@198.51.100.2>")";

// What Alice receives, without 100.
std::string received(const recording::Recording& recording) {
    std::string text;
    for (const auto& sent : recording.messages)
        if (sent.to == 0 && sent.message.status > 100) text += sip::label_of(sent.message) + "\n";
    return text;
}

std::string answers(const std::string& list) { return "answers = [" + list + "]"; }

sip::Message final(int status) {
    sip::Message message;
    message.status = status;
    return message;
}

}  // namespace

TEST_CASE("an answer on one phone stops the other, which is told that the call was completed elsewhere") {
    const auto recording =
        simulator::run(fork(two,
                            {answers(R"({ after = "50ms", status = 180 }, { after = "2s", status = 200 })"),
                             answers(R"({ after = "60ms", status = 180 })")},
                            "hang_up_after = \"1s\""));
    CHECK(drawn(recording) == picture(R"(
        alice                         proxy                         phone1                        phone2
          |---------- INVITE ---------->|                             |                             |
          |<------- 100 Trying ---------|                             |                             |
          |                             |---------- INVITE ---------->|                             |
          |                             |------------------------- INVITE ------------------------->|
          |                             |<------- 180 Ringing --------|                             |
          |                             |<---------------------- 180 Ringing -----------------------|
          |<------- 180 Ringing --------|                             |                             |
          |<------- 180 Ringing --------|                             |                             |
          |                             |<--------- 200 OK -----------|                             |
          |<--------- 200 OK -----------|                             |                             |
          |                             |------------------------- CANCEL ------------------------->|
          |--------------------------- ACK -------------------------->|                             |
          |                             |<------------------------ 200 OK --------------------------|
          |                             |<---------------- 487 Request Terminated ------------------|
          |                             |--------------------------- ACK -------------------------->|
          |--------------------------- BYE -------------------------->|                             |
          |<------------------------ 200 OK --------------------------|                             |
    )"));
    for (const auto& sent : recording.messages)
        if (sent.message.method == "CANCEL")
            CHECK(sent.message.header("Reason") == "SIP ;cause=200 ;text=\"Call completed elsewhere\"");
}

TEST_CASE("a 6xx goes before any other failure, and waits for the cancelled branches") {
    CHECK(received(simulator::run(fork(two, {answers(R"({ after = "50ms", status = 486, phrase = "Busy Here" })"),
                                             answers(R"({ after = "1s", status = 603, phrase = "Decline" })")}))) ==
          "603 Decline\n");
}

TEST_CASE("a 503 alone becomes 500, and beside another failure it is left out") {
    const std::string overloaded = answers(R"({ after = "50ms", status = 503, phrase = "Service Unavailable" })");
    CHECK(received(simulator::run(fork(R"("<sip:bob@198.51.100.1>")", {overloaded}))) == "500 Server Internal Error\n");
    CHECK(
        received(simulator::run(fork(two, {overloaded, answers(R"({ status = 504, phrase = "Server Time-out" })")}))) ==
        "504 Server Time-out\n");
}

TEST_CASE("a place that leads nowhere does not end the search at the others") {
    CHECK(received(simulator::run(fork(R"("<sip:bob@nowhere.example.com>", "<sip:bob@198.51.100.1>")",
                                       {answers(R"({ after = "1s", status = 486, phrase = "Busy Here" })")}))) ==
          "486 Busy Here\n");
    CHECK(received(simulator::run(fork(R"("<sip:bob@nowhere.example.com>")", {}))) == "500 Server Internal Error\n");
}

TEST_CASE("places of lower preference are tried only after those of higher preference have failed") {
    CHECK(received(simulator::run(fork(R"("<sip:bob@198.51.100.2>;q=0.1", "<sip:bob@198.51.100.1>;q=0.9")",
                                       {answers(R"({ after = "1s", status = 486, phrase = "Busy Here" })"),
                                        answers(R"({ after = "1s", status = 200 })")},
                                       "hang_up_after = \"1s\""))) == "200 OK\n200 OK\n");
}

TEST_CASE("a phone that rings on says so every minute, and timer C does not end the call") {
    const auto recording = simulator::run(fork(
        R"("<sip:bob@198.51.100.1>")",
        {answers(R"({ after = "100ms", status = 180 }, { after = "200s", status = 200 })")}, "hang_up_after = \"1s\""));
    CHECK(received(recording) == "180 Ringing\n180 Ringing\n180 Ringing\n180 Ringing\n200 OK\n200 OK\n");
}

TEST_CASE("a phone of which nothing is heard for three minutes is cancelled by timer C") {
    const auto recording =
        simulator::run(fork(R"("<sip:bob@198.51.100.1>")", {answers(R"({ after = "100ms", status = 180 })")},
                            "[network]\nlose = [{ message = \"180 phone1 -> proxy\", nth = [2, 3, 4] }]"));
    CHECK(received(recording) == "180 Ringing\n487 Request Terminated\n");
    for (const auto& sent : recording.messages)
        if (sent.message.method == "CANCEL") CHECK(sent.sent == std::chrono::milliseconds(181130));
}

TEST_CASE("a proxy never says 408 to a request that is no INVITE") {
    simulator::Exchange exchange = fork(R"("<sip:bob@198.51.100.1>")", {"off = true"});
    exchange.actions.front().does = "options";
    const auto recording = simulator::run(exchange);
    CHECK(received(recording) == "");
    CHECK(std::any_of(recording.decisions.begin(), recording.decisions.end(),
                      [](const auto& decision) { return decision.id == "stays-silent"; }));
}

TEST_CASE("a proxy knows who lives in its domain and who does not") {
    CHECK(received(simulator::run(fork("", {}))) == "480 Temporarily Unavailable\n");
    simulator::Exchange exchange = fork(two, {});
    exchange.actions.front().options = exchange_from(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:nobody@example.com"
    )")
                                           .actions.front()
                                           .options;
    CHECK(received(simulator::run(exchange)) == "404 Not Found\n");
}

TEST_CASE("the best response is a 6xx, else the lowest class, and within 4xx what helps to ask again") {
    const auto best = [](std::vector<int> statuses) {
        std::vector<sip::Message> finals;
        for (const int status : statuses) finals.push_back(final(status));
        return sip::best_of(finals).response->status;
    };
    CHECK(best({486, 603, 302}) == 603);
    CHECK(best({503, 407, 501, 404}) == 407);  // the example of RFC 3261 16.7
    CHECK(best({404, 302, 500}) == 302);
    CHECK(best({486, 404}) == 486);
    CHECK(best({503, 500}) == 500);
    CHECK_FALSE(sip::best_of({}).response.has_value());
}

TEST_CASE("challenges of several branches are gathered in the one that goes upstream") {
    sip::Message first = final(407), second = final(401), third = final(486);
    first.add("Proxy-Authenticate", "Digest realm=\"one\", nonce=\"1\"");
    second.add("WWW-Authenticate", "Digest realm=\"two\", nonce=\"2\"");
    const auto best = sip::best_of({third, first, second});
    CHECK(best.response->status == 407);
    CHECK(best.response->header("Proxy-Authenticate") == "Digest realm=\"one\", nonce=\"1\"");
    CHECK(best.response->header("WWW-Authenticate") == "Digest realm=\"two\", nonce=\"2\"");
}

TEST_CASE("each of the 4xx that tell how to ask again goes before 404, and no other does") {
    const std::vector<int> helping = {401, 407, 415, 420, 484};  // RFC 3261 16.7, step 6
    for (int status = 400; status < 500; ++status) {
        const bool helps = std::ranges::find(helping, status) != helping.end();
        const auto best = sip::best_of({final(404), final(status)});
        CHECK_MESSAGE(best.response->status == (helps ? status : 404), status);
        CHECK(best.reason == (helps ? "best-response-helps" : "best-response-lowest-class"));
    }
}

TEST_CASE("of any two failures the best is the 6xx, then the lower class, and 503 only alone") {
    for (const int one : {300, 305, 400, 404, 486, 499, 500, 501, 504, 599, 600, 603, 699})
        for (const int other : {302, 404, 486, 500, 504, 600, 606}) {
            const int chosen = sip::best_of({final(one), final(other)}).response->status;
            const int expected_class = one >= 600 || other >= 600 ? 6 : std::min(one, other) / 100;
            CHECK_MESSAGE(chosen / 100 == expected_class, one, " and ", other, " gave ", chosen);
            CHECK(sip::best_of({final(503), final(one)}).response->status == one);
            CHECK_FALSE(sip::best_of({final(503), final(one)}).replaces_503);
        }
    CHECK(sip::best_of({final(503)}).replaces_503);
}

TEST_CASE("every 6xx cancels the other branches, which are told of it, and no 4xx or 5xx does") {
    for (const int status : {404, 486, 500, 600, 603, 604, 606, 607, 608, 699}) {
        const auto recording = simulator::run(fork(
            two,
            {answers("{ after = \"1s\", status = " + std::to_string(status) + ", phrase = \"No\" }"),
             answers(R"({ after = "60ms", status = 180 }, { after = "5s", status = 486, phrase = "Busy Here" })")}));
        std::string cancelled;
        for (const auto& sent : recording.messages)
            if (sent.message.method == "CANCEL")
                cancelled += std::string(sent.message.header("Reason").value_or("no Reason")) + "\n";
        CHECK(cancelled == (status >= 600 ? "SIP ;cause=" + std::to_string(status) + "\n" : ""));
    }
}

// RFC 3261 9.1: for 64*T1, which is 32 s.
TEST_CASE("a branch that stays silent after its CANCEL is given up 32 seconds later") {
    const auto recording =
        simulator::run(fork(two,
                            {answers(R"({ after = "1s", status = 600, phrase = "Busy Everywhere" })"),
                             answers(R"({ after = "60ms", status = 180 })")},
                            "[network]\nlatency = \"0s\"\nlose = [{ message = \"487 phone2 -> proxy\" }, { message = "
                            "\"200 phone2 -> proxy\" }]"));
    CHECK(received(recording) == "180 Ringing\n600 Busy Everywhere\n");
    for (const auto& sent : recording.messages)
        if (sent.to == 0 && sent.message.status == 600 && !sent.retransmission)
            CHECK(sent.sent == std::chrono::seconds(33));
}
