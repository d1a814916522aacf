// CANCEL: what it ended, and what it came too late or too early for.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

const std::string ringing = R"(
        1 > 2 INVITE
        2 > 1 180 to=y
)";
// Time goes on.
std::string later(const std::string& milliseconds) {
    return "        1 > 3 OPTIONS call=two branch=o after=" + milliseconds +
           "\n        3 > 1 200 of=OPTIONS call=two branch=o to=z\n";
}

}  // namespace

TEST_CASE("a call that the caller gave up is normal, and says after how long") {
    CHECK(judged_flow(ringing + R"(
        1 > 2 CANCEL after=8000
        2 > 1 200 of=CANCEL to=y
        2 > 1 487 to=y
        1 > 2 ACK to=y
    )") == "note cancelled 1 3 5 {by: 192.0.2.1:5060, seconds: 8.0}\n");
}

TEST_CASE("a call that was taken elsewhere says so in its Reason") {
    CHECK(judged_flow(ringing + R"(
        1 > 2 CANCEL after=3000 | Reason: SIP;cause=200;text="Call completed elsewhere"
        2 > 1 200 of=CANCEL to=y
        2 > 1 487 to=y
        1 > 2 ACK to=y
    )") == "note completed-elsewhere 3 5 {text: Call completed elsewhere, at: 192.0.2.2:5060}\n");
    CHECK(judged_flow("1 > 2 CANCEL | Reason: SIP;cause=200;text=\"Call completed elsewhere\"") ==
          "note completed-elsewhere 1 {text: Call completed elsewhere, at: 192.0.2.2:5060}\n");
}

TEST_CASE("branches that lost are cancelled without fault") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        2 > 4 INVITE branch=c,a
        3 > 2 180 branch=b,a to=y
        4 > 2 180 branch=c,a to=z
        3 > 2 200 branch=b,a to=y
        2 > 1 200 to=y
        2 > 4 CANCEL branch=c
        4 > 2 200 of=CANCEL branch=c to=z
        4 > 2 487 branch=c,a to=z
        2 > 4 ACK branch=c to=z
    )") == "note other-branches-cancelled 6 8 10 {count: 1, by: 192.0.2.2:5060, answered: 192.0.2.3:5060}\n");
}

TEST_CASE("a CANCEL that crosses the answer is followed by BYE") {
    const WholeJudgement whole;
    const std::string crossed = ringing + R"(
        1 > 2 CANCEL
        2 > 1 200 to=y
        2 > 1 481 of=CANCEL to=y
        1 > 2 ACK branch=k to=y
    )";
    CHECK(judged_flow(crossed) == "");
    CHECK(judged_flow(crossed + "        1 > 2 BYE cseq=2 branch=e to=y\n") ==
          "note cancel-crossed-answer 3 4 7 {code: 200}\n"
          "note call-ended 4 7 {side: caller, by: 192.0.2.1:5060, seconds: 0.0}\n");
    CHECK(judged_flow(crossed + later("6000")) == "fault cancel-crossed-unended 3 4 {code: 200, by: 192.0.2.1:5060}\n");
}

TEST_CASE("a CANCEL that matches nothing, comes too early, or ends nothing") {
    CHECK(judged_flow(ringing + R"(
        1 > 2 CANCEL
        2 > 1 481 of=CANCEL to=z
    )") == "warning cancel-unknown 1 3 4 {by: 192.0.2.1:5060, to: 192.0.2.2:5060}\n");
    CHECK(worse_than_notes(judged_flow(R"(
        1 > 2 INVITE
        1 > 2 CANCEL
        2 > 1 200 of=CANCEL to=y
        2 > 1 487 to=y
        1 > 2 ACK to=y
    )")) == "warning cancel-too-early\n");
    const std::string accepted = ringing + R"(
        1 > 2 CANCEL
        2 > 1 200 of=CANCEL to=y
    )";
    CHECK(judged_flow(accepted + later("31000")) == "");
    CHECK(worse_than_notes(judged_flow(accepted + later("33000"))) == "warning cancel-without-487\n");
}

TEST_CASE("a proxy between changes nothing: who cancelled must still hang up, and the last hop owes the 487") {
    const std::string through = R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        3 > 2 180 branch=b,a to=y
        2 > 1 180 to=y
        1 > 2 CANCEL
        2 > 1 200 of=CANCEL
        2 > 3 CANCEL branch=b
)";
    const std::string answered = through + R"(
        3 > 2 200 branch=b,a to=y
        3 > 2 481 of=CANCEL branch=b to=q
        2 > 1 200 to=y
        1 > 2 ACK branch=k to=y
)";
    CHECK(judged_flow(answered + later("6000")) ==
          "fault cancel-crossed-unended 5 10 {code: 200, by: 192.0.2.1:5060}\n");
    CHECK(judged_flow(answered + "        1 > 2 BYE cseq=2 branch=e to=y after=9000\n") ==
          "note cancel-crossed-answer 5 10 12 {code: 200}\n");
    CHECK(judged_flow(answered + "        2 > 1 BYE cseq=1 branch=e from=y to=x after=60000\n") ==
          "fault cancel-crossed-unended 5 10 {code: 200, by: 192.0.2.1:5060}\n");
    CHECK(judged_flow(through + "        3 > 2 200 of=CANCEL branch=b to=y\n" + later("33000")) ==
          "warning cancel-without-487 2 7 8 {to: 192.0.2.3:5060, seconds: 33.0}\n");
}

TEST_CASE("a CANCEL that came too early is not told twice, nor where no response was captured at all") {
    const std::string early = "        1 > 2 INVITE\n        1 > 2 CANCEL after=5000\n";
    CHECK(judged_flow(early) == "");
    CHECK(judged_flow(early + "        2 > 1 481 of=CANCEL to=z\n        2 > 1 180 to=y\n") ==
          "warning cancel-too-early 1 2 {by: 192.0.2.1:5060, to: 192.0.2.2:5060}\n");
}

TEST_CASE("a CANCEL with another branch, number or target than its INVITE") {
    const auto cancelled = [](const std::string& to, const std::string& more, const std::string& before = "") {
        return judged_flow(ringing + before + "        1 > " + to + " CANCEL" + more + "\n        " + to +
                           " > 1 481 of=CANCEL" + more + " to=z\n");
    };
    const std::string told = "warning cancel-unknown 1 3 4 {by: 192.0.2.1:5060, to: 192.0.2.2:5060}\n";
    CHECK(cancelled("2", " branch=q") == told);
    CHECK(cancelled("2", " cseq=2") == told);
    CHECK(cancelled("3", "") == "warning cancel-unknown 1 3 4 {by: 192.0.2.1:5060, to: 192.0.2.3:5060}\n");
    CHECK(cancelled("2", " branch=q", "        2 > 1 486 to=y\n        1 > 2 ACK to=y\n") == "");  // nothing to cancel
}

TEST_CASE("of two answers the caller must end the one that it does not want") {
    const std::string both = R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        2 > 4 INVITE branch=c,a
        3 > 2 180 branch=b,a to=y
        4 > 2 180 branch=c,a to=z
        3 > 2 200 branch=b,a to=y
        2 > 1 200 to=y
        2 > 4 CANCEL branch=c
        4 > 2 200 branch=c,a to=z
        2 > 1 200 to=z
        4 > 2 481 of=CANCEL branch=c to=q
        1 > 2 ACK branch=k to=y
)";
    const std::string end = "        1 > 2 BYE cseq=2 branch=e to=y after=20000\n";
    CHECK(worse_than_notes(judged_flow(both + end)) == "fault cancel-crossed-unended\n");
    CHECK(judged_flow(both + end).starts_with("fault cancel-crossed-unended 8 9 {code: 200, by: 192.0.2.1:5060}\n"));
    CHECK(worse_than_notes(judged_flow(both + "        1 > 2 BYE cseq=2 branch=f to=z\n" + end)) == "");
}
