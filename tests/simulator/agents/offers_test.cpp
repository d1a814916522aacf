// Calls whose INVITE has no offer: who offers then, who answers, and what comes of it when nobody does (RFC 3261 13.2.1,
// 14; RFC 3262 5).
#include <doctest/doctest.h>

#include "simulator/pair.h"
#include "simulator/session/session.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// "PCMU PCMA", as a message describes its stream; empty where it describes none.
std::string codecs_in(const sip::Message& message) {
    std::string codecs;
    for (const std::string& codec : simulator::media_in(message.body).value_or(simulator::Media{}).codecs)
        codecs += (codecs.empty() ? "" : " ") + codec;
    return codecs;
}

}  // namespace

TEST_CASE("an INVITE without an offer gets one in the 200, and the ACK answers it as often as the 200 is repeated") {
    const auto recording = recorded({"", "delayed_offer = true\noffer = [\"PCMA\"]\nhang_up_after = \"5s\"", "",
                                     "[network]\nlose = [{ message = \"ACK\", nth = [1] }]"});
    CHECK(drawn(recording) == picture(R"(
        alice                 bob
          |------ INVITE ------>|
          |<----- 200 OK -------|
          |-------- ACK -------x|
          |<---- (200 OK) ------|
          |------- (ACK) ------>|
          |-------- BYE ------->|
          |<----- 200 OK -------|
    )"));
    CHECK(nth_request(recording, "INVITE", 1).body == "");
    CHECK(!nth_request(recording, "INVITE", 1).header("Content-Type"));
    CHECK(codecs_in(recording.messages[1].message) == "PCMU PCMA");
    CHECK(codecs_in(nth_request(recording, "ACK", 1)) == "PCMA");
}

TEST_CASE("an offer that a caller cannot take is answered with port 0, and the call ends") {
    const auto recording = recorded({"codecs = [\"G729\"]", "delayed_offer = true", "", ""});
    CHECK(sent_by(recording, "alice") == "INVITE, BYE");
    CHECK(nth_request(recording, "ACK", 1).body.find("m=audio 0 RTP/AVP 18\r\n") != std::string::npos);
    CHECK(decisions_of(recording) == "alice refuses-stream\n");
}

TEST_CASE("without an answer in the ACK, or an offer in the 200, there is no session and somebody hangs up") {
    const auto unanswered = recorded({"", "delayed_offer = true\nforgets_answer = true", "", ""});
    CHECK(sent_by(unanswered, "bob") == "200 OK, BYE");
    CHECK(decisions_of(unanswered) == "bob answer-missing\n");
    const auto unoffered = recorded(
        {"", "delayed_offer = true",
         "answers = [{ after = \"50ms\", status = 200, content_type = \"text/plain\", body = \"Hello\" }]\n", ""});
    CHECK(sent_by(unoffered, "alice") == "INVITE, BYE");
    CHECK(decisions_of(unoffered) == "alice offer-missing\n");
}

TEST_CASE(
    "sent reliably, the first response to an INVITE without an offer has one, the PRACK answers it, and no later "
    "message describes the session") {
    const std::string reliable = "supports = [\"100rel\"]\n";
    const std::string answers =
        "answers = [{ after = \"50ms\", status = 180 }, { after = \"500ms\", status = 180 }, { after = \"1s\", status "
        "= 200 }]\n";
    const auto recording = recorded(
        {reliable, "delayed_offer = true\noffer = [\"PCMA\"]\nhang_up_after = \"5s\"", reliable + answers, ""});
    std::string described;
    for (const auto& sent : recording.messages)
        described += sip::label_of(sent.message) + ":" + codecs_in(sent.message) + "\n";
    CHECK(described ==
          "INVITE:\n180 Ringing:PCMU PCMA\nPRACK:PCMA\n200 OK:\n180 Ringing:\nPRACK:\n200 OK:\n200 "
          "OK:\nACK:\nBYE:\n200 OK:\n");
    const auto plain = recorded({"", "delayed_offer = true\nhang_up_after = \"1s\"",
                                 "answers = [{ after = \"50ms\", status = 183, phrase = \"Session Progress\" }, { "
                                 "after = \"1s\", status = 200 }]\n",
                                 ""});
    CHECK(codecs_in(plain.messages[1].message) == "");  // RFC 3261 13.2.1: not in a 183 that may be lost
}

TEST_CASE("an offer in a reliable response that cannot be taken ends in CANCEL, and a missing answer in 488") {
    const std::string reliable = "supports = [\"100rel\"]\n";
    const std::string rings =
        reliable + "answers = [{ after = \"50ms\", status = 180 }, { after = \"1s\", status = 200 }]\n";
    CHECK(sent_by(recorded({reliable + "codecs = [\"G729\"]", "delayed_offer = true", rings, ""}), "alice") ==
          "INVITE, PRACK, CANCEL");
    CHECK(sent_by(recorded({reliable, "delayed_offer = true\nforgets_answer = true", rings, ""}), "bob") ==
          "180 Ringing, 200 OK, 488 Not Acceptable Here");
}

TEST_CASE("a re-INVITE without an offer asks the other side for all it can do, and ends a hold") {
    const auto recording =
        recorded({"", "offer = [\"PCMA\"]\nhang_up_after = \"15s\"", "",
                  action("alice", "hold", "3s") + action("alice", "reinvite", "6s", "delayed_offer = true")});
    CHECK(nth_request(recording, "INVITE", 3).body == "");
    std::string offered;
    for (const auto& sent : recording.messages)
        if (sent.message.status == 200 && sent.message.header("CSeq") == "3 INVITE") offered = sent.message.body;
    CHECK(offered.find("a=rtpmap:0 PCMU") != std::string::npos);
    CHECK(offered.find("a=recvonly") == std::string::npos);
    CHECK(codecs_in(nth_request(recording, "ACK", 3)) == "PCMA");
}

TEST_CASE("while an offer in a 200 waits for its answer, the phone makes no other one and refuses any that comes") {
    const std::string lost = "[network]\nlose = [{ message = \"ACK\", nth = [1] }]";
    const auto patient =
        recorded({"", "delayed_offer = true\nhang_up_after = \"5s\"", "", action("bob", "hold", "200ms") + lost});
    CHECK(sent_by(patient, "bob") == "200 OK, INVITE, 200 OK");
    for (const auto& sent : patient.messages)
        if (sent.message.method == "INVITE" && sent.from == 1)
            CHECK(sent.sent.count() / 1000 > 560);  // the second ACK is there
    const auto crossed =
        recorded({"", "delayed_offer = true\nhang_up_after = \"9s\"", "", action("alice", "hold", "200ms") + lost});
    CHECK(sent_by(crossed, "bob") == "200 OK, 491 Request Pending, 200 OK, 200 OK");
}
