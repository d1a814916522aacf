// Gateways, and the tables of RFC 3398 behind them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "simulator/agents/q850_mapping.h"
#include "simulator/drawing.h"
#include "sip/uri.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// What Alice gets from a gateway whose ISUP side does this, and what its response adds.
std::string heard(const std::string& isup, const std::string& field = "Reason") {
    const auto recording = simulator::run(exchange_from(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "gateway"
        kind = "gateway"
        name = "gateway"
        address = "192.0.2.2"
        uri = "sip:gw.example.com"
        isup = [)" + isup + R"(]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:+12125550142@192.0.2.2;user=phone"
        hang_up_after = "1s"
        choose = "none"
    )"));
    std::string text;
    for (const auto& sent : recording.messages) {
        if (sent.to != 0 || sent.message.status == 100 ||
            sent.message.header("CSeq")->find("INVITE") == std::string_view::npos)
            continue;
        text += sip::label_of(sent.message);
        if (const auto value = sent.message.header(field)) text += " / " + std::string(*value);
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a cause becomes the status of its row, by who rejected and whether the number is new") {
    CHECK(simulator::status_for(17, false, false).status == 486);
    CHECK(simulator::status_for(21, false, false).status == 403);
    CHECK(simulator::status_for(21, true, false).status == 603);
    CHECK(simulator::status_for(22, false, false).status == 410);
    CHECK(simulator::status_for(22, false, true).status == 301);
    CHECK(simulator::status_for(26, false, false).status == 404);
    CHECK(simulator::status_for(34, false, false).later);
    CHECK(!simulator::status_for(58, false, false).later);
    CHECK(simulator::status_for(99, false, false).status == 500);
    CHECK(simulator::status_for(99, false, false).name == "");
}

TEST_CASE("a status becomes the cause of its row, and 31 where it has none") {
    CHECK(simulator::cause_for(404) == 1);
    CHECK(simulator::cause_for(407) == 21);
    CHECK(simulator::cause_for(505) == 127);
    CHECK(simulator::cause_for(488) == 31);
    CHECK(simulator::cause_for(606) == 31);
    CHECK(simulator::cause_for(607) == 31);
}

TEST_CASE("a release of the telephone network ends the call with a code, and with its cause in Reason") {
    CHECK(heard(R"({ event = "release", cause = 17 })") == "486 Busy Here / Q.850;cause=17;text=\"User busy\"\n");
    CHECK(heard(R"({ event = "release", cause = 21, location = "LN" })") ==
          "403 Forbidden / Q.850;cause=21;text=\"Call rejected\";location=LN\n");
    CHECK(heard(R"({ event = "release", cause = 21, location = "U" })") ==
          "603 Decline / Q.850;cause=21;text=\"Call rejected\";location=U\n");
    CHECK(heard(R"({ event = "release", cause = 22, new_number = "+12125550143" })", "Contact") ==
          "301 Moved Permanently / <sip:+12125550143@192.0.2.2;user=phone>\n");
    CHECK(heard(R"({ event = "release", cause = 22 })", "Contact") == "410 Gone\n");
    CHECK(heard(R"({ event = "release", cause = 42, retry_after = 60 })", "Retry-After") ==
          "503 Service Unavailable / 60\n");
    CHECK(heard(R"({ event = "release", cause = 17, retry_after = 60 })", "Retry-After") == "486 Busy Here\n");
    CHECK(heard(R"({ event = "release", cause = 99 })") == "500 Server Internal Error / Q.850;cause=99\n");
}

TEST_CASE("progress, alerting and answer of the telephone network become 183, 180 and 200") {
    CHECK(
        heard(
            R"({ after = "50ms", event = "progress" }, { after = "100ms", event = "alerting" }, { after = "1s", event = "answer" })") ==
        "183 Session Progress\n180 Ringing\n200 OK\n");
}

namespace {

const std::string rings_and_answers =
    "answers = [{ after = \"100ms\", status = 180 }, { after = \"3s\", status = 200 }]";

// A number that is dialled digit by digit from the telephone network to Bob, by way of a proxy unless his address is
// dialled. Its plan has eleven digits behind +1 and four behind +49.
recording::Recording dialled(const std::string& options, const std::string& bob = rings_and_answers,
                             const std::string& kind = "phone") {
    return simulator::run(exchange_from(R"(
        [[party]]
        id = "gateway"
        kind = "gateway"
        name = "gateway"
        address = "192.0.2.2"
        uri = "sip:+12125550199@gw.example.com;user=phone"
        [[party]]
        id = "proxy"
        kind = "proxy"
        name = "example.com"
        address = "192.0.2.10"
        domains = ["example.com"]
        dial_plan = [{ begins = "+1", digits = 11, next_hop = "sip:192.0.2.3" }, { begins = "+49", digits = 4, next_hop = "sip:192.0.2.3" }]
        [[party]]
        id = "bob"
        kind = ")" + kind + R"("
        name = "Bob"
        address = "192.0.2.3"
        uri = "sip:bob@example.com"
        )" + bob + R"(
        [[action]]
        party = "gateway"
        does = "dial"
        )" + options + R"(
        [names]
        "example.com" = ["proxy"]
    )"));
}

// "to = …, digits = …": the digits of the IAM, and those of the SAMs, each 500 ms after the one before.
std::string number(const std::string& first, const std::vector<std::string>& more, const std::string& rest,
                   const std::string& at = "example.com") {
    std::string text = "to = \"sip:" + first + "@" + at + ";user=phone\"\n" + rest + "\ndigits = [";
    for (std::size_t i = 0; i < more.size(); ++i)
        text += "{ after = \"" + std::to_string(500 * (i + 1)) + "ms\", digits = \"" + more[i] + "\" }, ";
    return text + "]\n";
}

// The INVITEs of the gateway: the millisecond, the number called, CSeq.
std::string invites(const recording::Recording& recording) {
    std::string text;
    for (const auto& sent : recording.messages) {
        if (sent.message.method != "INVITE" || sent.from != 0 || sent.retransmission) continue;
        const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(sent.sent).count();
        text += std::to_string(at) + " " + sip::parse_uri(sent.message.request_uri)->user + " " +
                std::string(*sent.message.header("CSeq")) + "\n";
    }
    return text;
}

std::string decided(const recording::Recording& recording, const std::string& party = "gateway") {
    std::string text;
    for (const auto& decision : recording.decisions) {
        if (recording.actors[decision.actor].id != party) continue;
        text += decision.id;
        for (const std::string& detail : decision.details) text += " " + detail;
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE(
    "overlap: each digit brings an INVITE with the same Call-ID and From tag, a higher CSeq, no To tag and no route") {
    const auto recording = dialled(number("+12125550", {"1", "4", "2"}, "least = 8\nhang_up_after = \"1s\""));
    CHECK(invites(recording) ==
          "0 +12125550 1 INVITE\n500 +121255501 2 INVITE\n1000 +1212555014 3 INVITE\n1500 +12125550142 4 INVITE\n");
    const sip::Message* first = nullptr;
    for (const auto& sent : recording.messages) {
        if (sent.message.method != "INVITE" || sent.from != 0) continue;
        if (!first) first = &sent.message;
        CHECK(sent.message.header("Call-ID") == first->header("Call-ID"));
        CHECK(sent.message.header("From") == first->header("From"));
        CHECK(sent.message.header("To") == "<" + sent.message.request_uri + ">");
        CHECK_FALSE(sent.message.header("Route"));
    }
    CHECK(decided(recording) ==
          "invites-with-digits 8\nkeeps-call-for-digits 484\ninvites-with-more-digits 9\nkeeps-call-for-digits 484\n"
          "invites-with-more-digits 10\nkeeps-call-for-digits 484\ninvites-with-more-digits 11\n");
}

TEST_CASE(
    "overlap: the telephone call is released when T10 is over and every INVITE has failed, by the best of the "
    "responses") {
    CHECK(decided(dialled(number("+12125550", {"1"}, "least = 8"))) ==
          "invites-with-digits 8\nkeeps-call-for-digits 484\ninvites-with-more-digits 9\nkeeps-call-for-digits "
          "484\nreleases-after-digits 484 28\n");
    // A surplus digit: the complete number was busy, the longer one is nobody's (RFC 3578 3.2).
    const auto surplus =
        dialled(number("+4912", {"34", "5"}, "least = 4"), "answers = [{ after = \"50ms\", status = 486 }]");
    CHECK(invites(surplus) == "0 +4912 1 INVITE\n500 +491234 2 INVITE\n1000 +4912345 3 INVITE\n");
    CHECK(decided(surplus).ends_with("releases-after-digits 486 17\n"));
}

TEST_CASE(
    "overlap: an attempt that is not answered yet goes on beside the next, and is cancelled once another has been "
    "answered") {
    const auto recording = dialled(number("+4912", {"34"}, "hang_up_after = \"1s\"", "192.0.2.3"));
    CHECK(decided(recording) ==
          "invites-with-digits 4\ninvites-with-more-digits 6\ncancels-other-digits sip:+491234@192.0.2.3;user=phone\n");
    std::string ended;
    for (const auto& sent : recording.messages)
        if (sent.to == 0 && sent.message.status >= 200 && sent.message.header("CSeq")->ends_with("INVITE"))
            ended += std::string(*sent.message.header("CSeq")) + ": " + sip::label_of(sent.message) + "\n";
    CHECK(ended == "1 INVITE: 200 OK\n2 INVITE: 487 Request Terminated\n");
}

TEST_CASE(
    "a gateway takes an INVITE of the same call with more digits for a SAM, and answers the one before with 484") {
    const auto recording = dialled(
        number("+4912", {"34"}, "hang_up_after = \"1s\"", "192.0.2.3"),
        "isup = [{ after = \"100ms\", event = \"alerting\" }, { after = \"2s\", event = \"answer\" }]", "gateway");
    CHECK(decided(recording, "bob") ==
          "translates-event alerting 180\ntakes-subsequent-digits sip:+491234@192.0.2.3;user=phone\n"
          "translates-event alerting 180\ntranslates-event answer 200\n");
    CHECK(decided(recording) == "invites-with-digits 4\ninvites-with-more-digits 6\nkeeps-call-for-digits 484\n");
}

TEST_CASE("en bloc: the gateway collects digits until T10 is over or a stop digit comes, and sends one INVITE") {
    CHECK(invites(dialled(number("+1212555", {"01", "42"}, "en_bloc = true\nleast = 8"))) ==
          "5000 +12125550142 1 INVITE\n");
    CHECK(invites(dialled(number("+1212555", {"01", "42#"}, "en_bloc = true\nleast = 8"))) ==
          "1000 +12125550142 1 INVITE\n");
    const auto late = dialled(number("+1212555014", {"2"}, "en_bloc = true\nt10 = \"400ms\""));
    CHECK(invites(late) == "400 +1212555014 1 INVITE\n");
    CHECK(decided(late) == "collects-digits 10\nnumber-is-complete 10\ntranslates-status 484 28\nignores-digits 2\n");
}

TEST_CASE("a number that stays too short is released with cause 28 when T35 is over, without any INVITE") {
    const auto recording = dialled(number("+1212", {"5"}, "least = 8"));
    CHECK(invites(recording) == "");
    CHECK(decided(recording) == "waits-for-least-digits 4 8\ntoo-few-digits-came 5\n");
}

TEST_CASE("a call goes into the telephone network only when what it demands is reserved") {
    const auto recording = simulator::run(exchange_from(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        supports = ["100rel", "precondition"]
        methods = ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "PRACK", "UPDATE"]
        [[party]]
        id = "gateway"
        kind = "gateway"
        name = "gateway"
        address = "192.0.2.2"
        uri = "sip:gw.example.com"
        supports = ["100rel", "precondition"]
        methods = ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "PRACK", "UPDATE"]
        reservation_takes = "1s"
        isup = [{ after = "100ms", event = "alerting" }, { after = "1s", event = "answer" }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:+12125550142@192.0.2.2;user=phone"
        headers = ["Require: precondition"]
        attributes = ["curr:qos e2e none", "des:qos mandatory e2e sendrecv"]
        hang_up_after = "1s"
    )"));
    CHECK(decided(recording) ==
          "suspends-call\nreservation-stands\nresumes-call\ntranslates-event alerting 180\ntranslates-event answer "
          "200\n");
}
