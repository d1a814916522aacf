// What user agents do with each other beyond placing a call: changes, timers, reliable responses, transfer, restarts.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <tuple>

#include "simulator/pair.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// The version in "o=alice 2890844526 2890844527 IN IP4 192.0.2.1".
long long version_in(const std::string& description) {
    std::istringstream words(description.substr(description.find("o=")));
    std::string user, id;
    long long version = 0;
    words >> user >> id >> version;
    return version;
}

}  // namespace

TEST_CASE(
    "after a collision the owner of the Call-ID waits 2.1 to 4 seconds and the other side up to 2, whatever chance "
    "says") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        const auto recording = recorded(
            {"", "hang_up_after = \"20s\"", "", action("alice", "hold", "3s") + action("bob", "hold", "3s"), seed});
        long long owner = 0, other = 0;
        for (const auto& decision : recording.decisions) {
            if (decision.id == "waits-as-owner") owner = std::stoll(decision.details.front());
            if (decision.id == "waits-as-other") other = std::stoll(decision.details.front());
        }
        CHECK(owner >= 2100);
        CHECK(owner <= 4000);
        CHECK(other <= 2000);
        CHECK((owner % 10 == 0 && other % 10 == 0));
        int refused = 0;
        for (const auto& sent : recording.messages) refused += sent.message.status == 491;
        CHECK(refused == 2);  // the second attempts do not collide
    }
}

TEST_CASE("an UPDATE that crosses another offer is refused with 491, one without an offer is not") {
    const std::string updates = "methods = [\"INVITE\", \"ACK\", \"CANCEL\", \"BYE\", \"OPTIONS\", \"UPDATE\"]\n";
    const auto recording = recorded(
        {updates, "hang_up_after = \"15s\"", updates,
         action("alice", "update", "3s", "offer = [\"PCMA\"]") + action("bob", "update", "3s", "offer = [\"PCMU\"]")});
    CHECK(sent_by(recording, "bob") == "200 OK, UPDATE, 491 Request Pending, UPDATE, 200 OK, 200 OK");
    CHECK(sent_by(recording, "alice") == "INVITE, UPDATE, 491 Request Pending, 200 OK, UPDATE, BYE");
}

TEST_CASE(
    "with session timers every request of a phone names them but ACK, and an anonymous caller's description names "
    "nobody") {
    const auto recording = recorded(
        {"supports = [\"timer\"]\n", "hang_up_after = \"3s\"\nanonymous = true", "supports = [\"timer\"]\n", ""});
    CHECK(nth_request(recording, "BYE", 1).header("Supported") == "timer");
    CHECK_FALSE(nth_request(recording, "ACK", 1).header("Supported").has_value());
    CHECK(nth_request(recording, "INVITE", 1).body.find("o=- ") != std::string::npos);
    CHECK(recorded({"", "hang_up_after = \"3s\"", "", ""}).messages.front().message.body.find("o=alice ") !=
          std::string::npos);
}

TEST_CASE("a patient phone waits for the change under way before it sends the next") {
    const auto recording = recorded({"", "hang_up_after = \"15s\"", "agrees_after = \"2s\"\n",
                                     action("alice", "hold", "3s") + action("alice", "resume", "4s")});
    CHECK(sent_by(recording, "alice") == "INVITE, INVITE, INVITE, BYE");
    CHECK(sent_by(recording, "bob") == "200 OK, 100 Trying, 200 OK, 100 Trying, 200 OK, 200 OK");
}

TEST_CASE("a hold is mirrored in the answer, and each change raises the version of the description") {
    const auto recording =
        recorded({"", "hang_up_after = \"15s\"", "", action("alice", "hold", "3s") + action("alice", "resume", "6s")});
    CHECK(nth_request(recording, "INVITE", 2).body.find("a=sendonly") != std::string::npos);
    CHECK(nth_request(recording, "INVITE", 3).body.find("a=sendonly") == std::string::npos);
    std::string answered;
    for (const auto& sent : recording.messages)
        if (sent.message.status == 200 && sent.message.body.find("a=recvonly") != std::string::npos)
            answered = sent.message.body;
    CHECK(answered != "");
    const auto version_of = [&](int nth) { return version_in(nth_request(recording, "INVITE", nth).body); };
    CHECK(version_of(2) == version_of(1) + 1);
    CHECK(version_of(3) == version_of(1) + 2);
}

TEST_CASE("a refused change leaves the call as it was, and another offer may follow") {
    const std::string able = "codecs = [\"PCMU\", \"PCMA\", \"G722\", \"G729\"]\n";
    CHECK(
        sent_by(recorded({able, "hang_up_after = \"8s\"", "", action("alice", "reinvite", "3s", "offer = [\"G729\"]")}),
                "alice") == "INVITE, INVITE, BYE");
    CHECK(sent_by(recorded({able, "hang_up_after = \"8s\"", "",
                            action("alice", "reinvite", "3s", "offer = [\"G729\"]\nsecond_offer = [\"PCMA\"]")}),
                  "bob") == "200 OK, 488 Not Acceptable Here, 200 OK, 200 OK");
}

TEST_CASE("a reliable 183 is repeated until its PRACK arrives, and the 200 waits for it") {
    const auto recording = recorded({"supports = [\"100rel\"]", "hang_up_after = \"2s\"",
                                     "supports = [\"100rel\"]\nanswers = [{ after = \"50ms\", status = 183, phrase = "
                                     "\"Session Progress\" }, { after = \"100ms\", status = 200 }]\n",
                                     "[network]\nlose = [{ message = \"PRACK\", nth = [1] }]"});
    CHECK(drawn(recording) == picture(R"(
        alice                         bob
          |---------- INVITE ---------->|
          |<-- 183 Session Progress ----|
          |----------- PRACK ----------x|
          |<- (183 Session Progress) ---|
          |---------- (PRACK) --------->|
          |<--------- 200 OK -----------|
          |<--------- 200 OK -----------|
          |------------ ACK ----------->|
          |------------ BYE ----------->|
          |<--------- 200 OK -----------|
    )"));
    CHECK(nth_request(recording, "BYE", 1).header("CSeq") == "3 BYE");  // PRACK had number 2
}

TEST_CASE("a PRACK says that its sender knows session timers") {
    const auto recording = recorded(
        {"supports = [\"100rel\", \"timer\"]", "",
         "supports = [\"100rel\"]\nanswers = [{ after = \"50ms\", status = 183, phrase = \"Session Progress\" }]\n",
         ""});
    CHECK(nth_request(recording, "PRACK", 1).header("Supported") == "100rel, timer");
}

TEST_CASE("a reliable response that nobody acknowledges ends the INVITE after 32 seconds") {
    const auto recording = recorded(
        {"supports = [\"100rel\"]", "",
         "supports = [\"100rel\"]\nanswers = [{ after = \"50ms\", status = 183, phrase = \"Session Progress\" }]\n",
         "[network]\nlose = [{ message = \"PRACK\" }]"});
    CHECK(sent_by(recording, "bob") == "183 Session Progress, 504 Server Time-out");
    CHECK(decisions_of(recording) == "bob no-prack\n");
}

TEST_CASE(
    "a caller that requires 100rel is refused by a phone without it, and one that supports it is answered plainly") {
    CHECK(
        sent_by(recorded({"supports = [\"100rel\"]", "headers = [\"Require: 100rel\"]", "hang_up_after = \"1s\"", ""}),
                "bob") == "420 Bad Extension, 200 OK, BYE");
    CHECK(sent_by(recorded({"supports = [\"100rel\"]", "", "hang_up_after = \"1s\"", ""}), "bob") == "200 OK, BYE");
}

TEST_CASE("without a refresh the other side hangs up before the session interval ends") {
    const std::string timer = "supports = [\"timer\"]\n";
    const auto recording =
        recorded({timer, "session_expires = 90", timer,
                  "[network]\nlose = [{ message = \"INVITE alice -> bob\", nth = [2, 3, 4, 5, 6, 7, 8] }]"});
    CHECK(sent_by(recording, "bob") == "200 OK, BYE");
    for (const auto& sent : recording.messages)  // a third of 90 seconds before the end (RFC 4028 10)
        if (sent.message.method == "BYE" && recording.actors[sent.from].id == "bob")
            CHECK(sent.sent.count() / 1000 == 60060);
}

TEST_CASE("a refresh goes on for as long as the call, by re-INVITE where UPDATE is not known") {
    const std::string timer = "supports = [\"timer\"]\n";
    const auto recording = recorded({timer, "session_expires = 90\nhang_up_after = \"100s\"", timer, ""});
    CHECK(sent_by(recording, "alice") == "INVITE, INVITE, INVITE, BYE");
    CHECK(nth_request(recording, "INVITE", 2).header("Session-Expires") == "90;refresher=uac");
}

TEST_CASE("a 422 is answered with the interval asked for, once") {
    const auto recording = recorded({"supports = [\"timer\"]", "session_expires = 90\nhang_up_after = \"1s\"",
                                     "supports = [\"timer\"]\nmin_session = 300\n", ""});
    CHECK(sent_by(recording, "bob") == "422 Session Interval Too Small, 200 OK, 200 OK");
    CHECK(nth_request(recording, "INVITE", 2).header("Session-Expires") == "300");
    CHECK(nth_request(recording, "INVITE", 2).header("Min-SE") == "300");
}

TEST_CASE("a successful transfer ends the call of whoever asked for it") {
    const std::string refers =
        "methods = [\"INVITE\", \"ACK\", \"CANCEL\", \"BYE\", \"OPTIONS\", \"REFER\", \"NOTIFY\"]\ncontent_types = "
        "[\"application/sdp\", \"message/sipfrag\"]\n";
    const auto recording = recorded({refers, "", refers, R"(
[[party]]
id = "carol"
kind = "phone"
name = "Carol"
address = "192.0.2.3"
uri = "sip:carol@example.com"
answers = [{ after = "50ms", status = 200 }]
hang_up_after = "5s"
)" + action("alice", "refer", "3s", "refer_to = \"sip:carol@192.0.2.3\"")});
    CHECK(sent_by(recording, "alice") == "INVITE, REFER, 200 OK, 200 OK, BYE");
    CHECK(sent_by(recording, "bob") == "200 OK, 200 OK, NOTIFY, INVITE, NOTIFY, 200 OK, 200 OK");
    CHECK(nth_request(recording, "NOTIFY", 2).body == "SIP/2.0 200 OK\r\n");
}

TEST_CASE("a phone with one line says 486, 600 when it speaks for all devices, and 182 when it queues") {
    const std::string carol =
        "\n[[party]]\nid = \"carol\"\nkind = \"caller\"\nname = \"Carol\"\naddress = \"192.0.2.3\"\nuri = "
        "\"sip:carol@example.com\"\n" +
        action("carol", "call", "2s", "to = \"sip:bob@192.0.2.2\"\nhang_up_after = \"1s\"");
    const auto heard = [&](const std::string& bob) {
        std::string text;
        for (const auto& sent : recorded({"", "hang_up_after = \"5s\"", bob, carol}).messages)
            if (sent.to == 2 && sent.message.status > 100) text += sip::label_of(sent.message) + "\n";
        return text;
    };
    CHECK(heard("lines = 1\n") == "486 Busy Here\n");
    CHECK(heard("lines = 1\nfor_all = true\n") == "600 Busy Everywhere\n");
    CHECK(heard("lines = 1\nqueues = true\n") == "182 Queued, 1 in line\n200 OK\n200 OK\n");
    CHECK(heard("lines = 2\n") == "200 OK\n200 OK\n");
}

TEST_CASE("after a restart a phone knows no calls, and takes new ones") {
    const auto recording =
        recorded({"", "", "restarts_at = \"3s\"\nhang_up_after = \"20s\"\n",
                  action("alice", "hold", "10s") +
                      action("alice", "call", "15s", "to = \"sip:bob@192.0.2.2\"\nhang_up_after = \"1s\"")});
    CHECK(sent_by(recording, "bob") ==
          "200 OK, 481 Call/Transaction Does Not Exist, 481 Call/Transaction Does Not Exist, 200 OK, 200 OK");
    CHECK(decisions_of(recording) == "bob restarts\nbob knows-no-dialog\nalice dialog-is-gone\nbob knows-no-dialog\n");
}

TEST_CASE("after a 484 the caller dials on, and stops when it has no more digits") {
    const std::string incomplete = "answers = [{ after = \"10ms\", status = 484, phrase = \"Address Incomplete\" }]\n";
    const auto recording =
        recorded({"", "more_digits = [\"sip:12@192.0.2.2\", \"sip:123@192.0.2.2\"]", incomplete, ""});
    CHECK(sent_by(recording, "alice") == "INVITE, INVITE, INVITE");
    CHECK(nth_request(recording, "INVITE", 3).request_uri == "sip:123@192.0.2.2");
}

namespace {

const std::string with_preconditions =
    "supports = [\"100rel\", \"precondition\"]\n"
    "methods = [\"INVITE\", \"ACK\", \"CANCEL\", \"BYE\", \"OPTIONS\", \"PRACK\", \"UPDATE\"]\n";
const std::string rings = "answers = [{ after = \"100ms\", status = 180 }, { after = \"1s\", status = 200 }]\n";

// Alice demands a reservation of this type, "e2e" or "local" and "remote", and hangs up 2 s after the answer.
recording::Recording with_demand(const std::string& attributes, const std::string& bob, const std::string& rest = "") {
    return recorded(
        {with_preconditions,
         "headers = [\"Require: precondition\"]\nhang_up_after = \"2s\"\nattributes = [" + attributes + "]\n",
         with_preconditions + rings + bob, rest});
}
const std::string end_to_end = "\"curr:qos e2e none\", \"des:qos mandatory e2e sendrecv\"";
const std::string segmented =
    "\"curr:qos local none\", \"curr:qos remote none\", \"des:qos mandatory local sendrecv\", \"des:qos mandatory "
    "remote sendrecv\"";

// The precondition lines of each description, in the order of the messages: "183 curr:qos e2e none ...".
std::string preconditions_in(const recording::Recording& recording) {
    std::string text;
    for (const auto& sent : recording.messages) {
        if (sent.message.body.empty()) continue;
        text += sip::label_of(sent.message) + ":";
        std::istringstream lines(sent.message.body);
        for (std::string line; std::getline(lines, line);)
            if (line.find(":qos") != std::string::npos) text += " " + line.substr(2, line.size() - 3);
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE(
    "a phone rings only when both sides have reserved what is mandatory, and tells the status of each in between") {
    const auto recording = with_demand(end_to_end, "");
    CHECK(sent_by(recording, "bob") == "183 Session Progress, 200 OK, 200 OK, 180 Ringing, 200 OK, 200 OK, 200 OK");
    CHECK(preconditions_in(recording) ==
          "INVITE: curr:qos e2e none des:qos mandatory e2e sendrecv\n"
          "183 Session Progress: curr:qos e2e none des:qos mandatory e2e sendrecv conf:qos e2e recv\n"
          "UPDATE: curr:qos e2e send des:qos mandatory e2e sendrecv\n"
          "200 OK: curr:qos e2e sendrecv des:qos mandatory e2e sendrecv\n");
    CHECK(decisions_of(recording) ==
          "bob suspends-call\nalice begins-reservation\nbob reservation-stands\nalice reservation-stands\nbob "
          "resumes-call\n");
    CHECK(preconditions_in(with_demand(segmented, "")) ==
          "INVITE: curr:qos local none curr:qos remote none des:qos mandatory local sendrecv des:qos mandatory remote "
          "sendrecv\n"
          "183 Session Progress: curr:qos remote none curr:qos local none des:qos mandatory remote sendrecv des:qos "
          "mandatory local sendrecv"
          " conf:qos remote sendrecv\n"
          "UPDATE: curr:qos local sendrecv curr:qos remote none des:qos mandatory local sendrecv des:qos mandatory "
          "remote sendrecv\n"
          "200 OK: curr:qos remote sendrecv curr:qos local sendrecv des:qos mandatory remote sendrecv des:qos "
          "mandatory local sendrecv\n");
}

TEST_CASE(
    "a reservation that fails on the called side ends the INVITE with 580, which names what could not be had and has "
    "no port") {
    const auto recording = with_demand(end_to_end, "reservation_takes = \"2s\"\nreservation_fails = true\n");
    CHECK(sent_by(recording, "bob") == "183 Session Progress, 200 OK, 200 OK, 580 Precondition Failure");
    CHECK(sent_by(recording, "alice") == "INVITE, PRACK, UPDATE");
    const auto& refusal = std::find_if(recording.messages.begin(), recording.messages.end(), [](const auto& sent) {
                              return sent.message.status == 580;
                          })->message;
    CHECK(refusal.header("CSeq") == nth_request(recording, "INVITE", 1).header("CSeq"));
    CHECK(refusal.body.find("m=audio 0 RTP/AVP") != std::string::npos);
    CHECK(refusal.body.find("a=des:qos failure e2e send\r\n") != std::string::npos);
    CHECK(preconditions_in(with_demand(segmented, "reservation_takes = \"2s\"\nreservation_fails = true\n"))
              .ends_with("580 Precondition Failure: des:qos failure local sendrecv\n"));
}

TEST_CASE("a phone that cannot reserve refuses a demand within a call with 580, too, and the call goes on as it was") {
    for (const std::string change : {"update", "reinvite"}) {
        CAPTURE(change);
        const auto recording =
            recorded({with_preconditions, "hang_up_after = \"8s\"", with_preconditions + rings + "reserves = false\n",
                      action("alice", change, "4s", "attributes = [" + end_to_end + "]")});
        CHECK(sent_by(recording, "bob").ends_with("200 OK, 580 Precondition Failure, 200 OK"));
        CHECK(sent_by(recording, "alice").ends_with(", BYE"));
    }
}

TEST_CASE("what is only optional keeps nobody waiting") {
    const auto recording =
        with_demand("\"curr:qos e2e none\", \"des:qos optional e2e sendrecv\"", "reservation_fails = true\n");
    CHECK(sent_by(recording, "bob") == "180 Ringing, 200 OK, 200 OK, 200 OK");
}

TEST_CASE("a phone that changes its address says so by a re-INVITE, and is reached there") {
    const auto recording =
        recorded({"", "hang_up_after = \"10s\"", "", action("bob", "move", "3s", "address = \"192.0.2.100\"")});
    CHECK(sent_by(recording, "bob") == "200 OK, INVITE, 200 OK");
    const sip::Message& told = nth_request(recording, "INVITE", 2);
    CHECK(told.header("Contact") == "<sip:bob@192.0.2.100:5060>");
    CHECK(told.header("Via").value_or("").starts_with("SIP/2.0/UDP 192.0.2.100:5060;"));
    CHECK(told.body.find("c=IN IP4 192.0.2.100") != std::string::npos);
    CHECK(version_in(told.body) == version_in(recording.messages[1].message.body) + 1);
    CHECK(nth_request(recording, "BYE", 1).request_uri == "sip:bob@192.0.2.100:5060");
    CHECK(decisions_of(recording) == "bob moves\n");
}

namespace {

// Alice calls Bob's PBX; his desk phone and his mobile answer so. `call` goes on with her call.
recording::Recording through_pbx(const std::string& desk, const std::string& mobile,
                                 const std::string& call = "hang_up_after = \"2s\"") {
    std::string text = R"(
[[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.com"
[[party]]
id = "pbx"
kind = "pbx"
name = "PBX"
address = "192.0.2.2"
uri = "sip:bob@example.com"
extension = "sip:bob@192.0.2.3"
forwards_to = "sip:mobile@192.0.2.4"
forwards_after = "5s"
)";
    for (const auto& [id, address, answers] :
         {std::tuple("desk", "192.0.2.3", desk), std::tuple("mobile", "192.0.2.4", mobile)})
        text += "[[party]]\nid = \"" + std::string(id) + "\"\nkind = \"phone\"\nname = \"" + id + "\"\naddress = \"" +
                address + "\"\nuri = \"sip:bob@example.com\"\n" + answers + "\n";
    return simulator::run(exchange_from(
        text + "[[action]]\nparty = \"alice\"\ndoes = \"call\"\nto = \"sip:bob@192.0.2.2\"\n" + call + "\n"));
}

const std::string only_rings = "answers = [{ after = \"50ms\", status = 180 }]";
const std::string picks_up = "answers = [{ after = \"50ms\", status = 180 }, { after = \"1s\", status = 200 }]";

}  // namespace

TEST_CASE("a PBX joins two calls with dialogs of their own, forwards one that nobody takes, and tells so with 181") {
    const auto recording = through_pbx(only_rings, picks_up);
    std::string heard;
    std::set<std::string> calls, answerers;
    for (const auto& sent : recording.messages) {
        if (sent.to == 0) heard += sip::label_of(sent.message) + ", ";
        if (sent.message.method == "INVITE") calls.insert(std::string(*sent.message.header("Call-ID")));
        if (sent.to == 0) answerers.insert(std::string(*sent.message.header("To")));
    }
    CHECK(heard == "180 Ringing, 181 Call Is Being Forwarded, 180 Ringing, 200 OK, 200 OK, ");
    CHECK(calls.size() == 3);
    CHECK(answerers.size() == 1);
    // Its second 180 is, octet for octet, the first.
    CHECK(sent_by(recording, "pbx") ==
          "INVITE, 180 Ringing, 181 Call Is Being Forwarded, INVITE, CANCEL, 200 OK, BYE, 200 OK");
    CHECK(sent_by(recording, "desk") == "180 Ringing, 200 OK, 487 Request Terminated");
}

TEST_CASE("a PBX passes on an answer, a refusal, a hang-up from either side and a CANCEL to its other call") {
    CHECK(sent_by(through_pbx(picks_up, only_rings), "pbx") == "INVITE, 180 Ringing, 200 OK, BYE, 200 OK");
    CHECK(sent_by(through_pbx(picks_up + "\nhang_up_after = \"2s\"", only_rings, ""), "pbx") ==
          "INVITE, 180 Ringing, 200 OK, BYE, 200 OK");
    CHECK(sent_by(through_pbx("answers = [{ after = \"50ms\", status = 486 }]", only_rings), "pbx") ==
          "INVITE, 486 Busy Here");
    CHECK(sent_by(through_pbx(only_rings, only_rings, "cancel_after = \"2s\""), "pbx") ==
          "INVITE, 180 Ringing, 200 OK, 487 Request Terminated, CANCEL");
}
