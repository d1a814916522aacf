// Requests that found no dialog, and how calls ended.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

const std::string call = R"(
        1 > 2 INVITE
        2 > 1 200 to=y
        1 > 2 ACK branch=k to=y
)";

std::string bye_after(const std::string& milliseconds, const std::string& more = "") {
    return call + "        1 > 2 BYE cseq=2 branch=e to=y after=" + milliseconds + more +
           "\n        2 > 1 200 of=BYE cseq=2 branch=e to=y\n";
}

}  // namespace

TEST_CASE("the end of a call tells who hung up, after how long and why") {
    CHECK(judged_flow(bye_after("9990")) == "note call-ended 2 4 {side: caller, by: 192.0.2.1:5060, seconds: 10.0}\n");
    CHECK(judged_flow(bye_after("9990", " | Reason: Q.850;cause=16")) ==
          "note call-ended 2 4 {side: caller, by: 192.0.2.1:5060, seconds: 10.0}\n");
    CHECK(judged_flow(bye_after("9990", " | Reason: Q.850;cause=41;text=\"Temporary failure\"")) ==
          "warning call-cut-for-reason 4 {by: 192.0.2.1:5060, protocol: Q.850, cause: 41, text: Temporary failure}\n"
          "note call-ended 2 4 {side: caller, by: 192.0.2.1:5060, seconds: 10.0}\n");
    CHECK(judged_flow(bye_after("9990", " | Reason: Q.850;cause=31")) ==
          "note call-ended 2 4 {side: caller, by: 192.0.2.1:5060, seconds: 10.0}\n"
          "note call-ended-for-reason 4 {by: 192.0.2.1:5060, protocol: Q.850, cause: 31, text: none}\n");
    CHECK(judged_flow(call + "        2 > 1 BYE cseq=1 branch=e from=y to=x after=2990\n") ==
          "note call-ended 2 4 {side: called, by: 192.0.2.2:5060, seconds: 3.0}\n");
    // Of a call whose beginning is not there only why can be told.
    CHECK(judged_flow("1 > 2 BYE cseq=2 branch=e to=y | Reason: SIP;cause=488;text=\"Not Acceptable Here\"") ==
          "note call-ended-for-reason 1 {by: 192.0.2.1:5060, protocol: SIP, cause: 488, text: Not Acceptable Here}\n");
}

TEST_CASE("a call that ends after a round number of minutes") {
    CHECK(worse_than_notes(judged_flow(bye_after("1799700"))) == "warning dropped-on-the-minute\n");
    CHECK(worse_than_notes(judged_flow(bye_after("1790000"))) == "");
    CHECK(worse_than_notes(judged_flow(bye_after("59990"))) == "");
}

TEST_CASE("a request with a tag of another dialog says which tag is wrong") {
    CHECK(judged_flow(call + R"(
        1 > 2 INVITE cseq=2 branch=f to=q
        2 > 1 481 cseq=2 branch=f to=q
        1 > 2 ACK cseq=2 branch=f to=q
    )") == "fault dialog-wrong-tag 2 4 5 {method: INVITE, from: 192.0.2.1:5060, field: To, sent: q, right: y}\n");
}

TEST_CASE("a party that has forgotten the call, and a server that never had it") {
    CHECK(judged_flow(call + R"(
        1 > 2 INVITE cseq=2 branch=f to=y after=9990
        2 > 1 481 cseq=2 branch=f to=y
        1 > 2 ACK cseq=2 branch=f to=y
    )") == "fault dialog-forgotten 2 4 5 {method: INVITE, at: 192.0.2.2:5060, seconds: 10.0}\n");
    CHECK(judged_flow(call + R"(
        1 > 3 INVITE cseq=2 branch=f to=y
        3 > 1 481 cseq=2 branch=f to=y
        1 > 3 ACK cseq=2 branch=f to=y
    )") == "fault dialog-other-server 2 4 5 {method: INVITE, at: 192.0.2.3:5060, made: 192.0.2.2:5060}\n");
    CHECK(judged_flow(R"(
        1 > 2 BYE cseq=2 branch=f to=y
        2 > 1 481 of=BYE cseq=2 branch=f to=y
    )") == "warning dialog-unknown 1 2 {method: BYE, at: 192.0.2.2:5060}\n");
}

TEST_CASE("when both hang up, 481 is normal") {
    CHECK(worse_than_notes(judged_flow(call + R"(
        1 > 2 BYE cseq=2 branch=e to=y
        2 > 1 BYE cseq=7 branch=g from=y to=x
        2 > 1 481 of=BYE cseq=2 branch=e to=y
        1 > 2 481 of=BYE cseq=7 branch=g from=y to=x
    )")) == "");
}

TEST_CASE("a subscription that its notifier has forgotten") {
    CHECK(judged_flow(R"(
        1 > 2 SUBSCRIBE | Event: presence
        2 > 1 200 of=SUBSCRIBE to=y
        1 > 2 SUBSCRIBE cseq=2 branch=b to=y | Event: presence
        2 > 1 481 of=SUBSCRIBE cseq=2 branch=b to=y
    )") == "warning subscription-forgotten 3 4 {method: SUBSCRIBE, at: 192.0.2.2:5060, event: presence}\n");
}

TEST_CASE("a request that meets the end of the call, and one that is refused in the middle of it") {
    const std::string hung_up = call + R"(
        2 > 1 BYE cseq=7 branch=g from=y to=x after=2990
        1 > 2 INFO cseq=2 branch=e to=y
        1 > 2 200 of=BYE cseq=7 branch=g from=y to=x
    )";
    const std::string refused = "        2 > 1 481 of=INFO cseq=2 branch=e to=y\n";
    CHECK(judged_flow(hung_up + refused).find("note dialog-over 4 5 7 {method: INFO, at: 192.0.2.2:5060}\n") !=
          std::string::npos);
    CHECK(worse_than_notes(judged_flow(hung_up + refused)) == "");
    CHECK(worse_than_notes(judged_flow(call + "        1 > 2 INFO cseq=2 branch=e to=y\n" + refused)) ==
          "fault dialog-forgotten\n");
    // Hung up twice by the same side: the first BYE was enough, unless it was refused itself.
    const auto twice = [](const std::string& first) {
        return worse_than_notes(judged_flow(call + "        1 > 2 BYE cseq=2 branch=e to=y\n        2 > 1 " + first +
                                            " of=BYE cseq=2 branch=e to=y\n        1 > 2 BYE cseq=3 branch=f to=y\n" +
                                            "        2 > 1 481 of=BYE cseq=3 branch=f to=y\n"));
    };
    CHECK(twice("200") == "");
    CHECK(twice("500") == "fault dialog-forgotten\n");
}

TEST_CASE("a call that is cut because its ACK comes too late, and one that is hung up by then") {
    const WholeJudgement whole;
    const auto ended = [](const std::string& repeats_after_ack, const std::string& pause) {
        std::string lines = "        1 > 2 INVITE\n        2 > 1 200 to=y\n";
        const std::string again = "        2 > 1 200 to=y after=4000\n";
        for (int i = 0; i < 6; ++i) lines += again;
        lines += "        1 > 2 ACK branch=k to=y after=1000\n" + repeats_after_ack;
        return worse_than_notes(judged_flow(lines + "        2 > 1 BYE cseq=7 branch=g from=y to=x after=" + pause +
                                            "\n        1 > 2 200 of=BYE cseq=7 branch=g from=y to=x\n"));
    };
    const std::string once_more = "        2 > 1 200 to=y after=3000\n";
    CHECK(ended(once_more, "4000") == "fault dropped-without-ack\n");
    CHECK(ended(once_more + once_more, "1000") == "fault ack-lost\n");  // which says it better
    CHECK(ended("", "7000") == "");                                     // the ACK came, and 7 s later somebody hung up
}

TEST_CASE("branches of a fork are dialogs of their own, and an early one may be over without BYE") {
    const WholeJudgement whole;
    const std::string forked = R"(
        1 > 2 INVITE
        2 > 1 200 to=y
        2 > 1 200 to=z
        1 > 2 ACK branch=k to=y
        1 > 2 ACK branch=l to=z
        1 > 2 BYE cseq=2 branch=e to=z after=3000
        2 > 1 481 of=BYE cseq=2 branch=e to=z
)";
    CHECK(judged_flow(forked).starts_with(
        "fault dialog-forgotten 3 6 7 {method: BYE, at: 192.0.2.2:5060, seconds: 3.0}\n"));
    // ACK and BYE carry the same wrong tag.
    CHECK(
        judged_flow(R"(
        1 > 2 INVITE
        2 > 1 200 to=y
        1 > 2 ACK branch=l to=q
        1 > 2 BYE cseq=2 branch=e to=q after=3000
        2 > 1 481 of=BYE cseq=2 branch=e to=q
    )")
            .find("fault dialog-wrong-tag 2 4 5 {method: BYE, from: 192.0.2.1:5060, field: To, sent: q, right: y}\n") !=
        std::string::npos);
    const auto early = [](const std::string& before, const std::string& method) {
        return worse_than_notes(judged_flow(
            "        1 > 2 INVITE\n        2 > 1 183 to=y\n" + before + "        1 > 2 " + method +
            " cseq=2 branch=p to=y | RAck: 1 1 INVITE\n        2 > 1 481 of=" + method + " cseq=2 branch=p to=y\n"));
    };
    CHECK(early("", "UPDATE") == "fault dialog-forgotten\n");
    CHECK(early("        2 > 1 486 to=y\n        1 > 2 ACK to=y\n", "UPDATE") == "");
    CHECK(early("        2 > 1 200 to=z\n        1 > 2 ACK branch=k to=z\n", "UPDATE") == "");
    CHECK(early("", "PRACK") == "warning prack-refused\n");  // it matched no response, which is another fault
}

TEST_CASE("who is asked where the Contact says was not asked in the wrong place") {
    const auto asked = [](const std::string& contact, const std::string& at) {
        return worse_than_notes(judged_flow("        1 > 2 INVITE\n        2 > 1 200 to=y | Contact: <sip:bob@" +
                                            contact + ">\n        1 > 2 ACK branch=k to=y\n        1 > " + at +
                                            " INFO cseq=2 branch=f to=y after=9990\n        " + at +
                                            " > 1 481 of=INFO cseq=2 branch=f to=y\n"));
    };
    CHECK(asked("pbx.example.com", "3") == "fault dialog-other-server\n");
    CHECK(asked("192.0.2.3", "3") == "fault dialog-forgotten\n");
    CHECK(asked("192.0.2.2:5080", "192.0.2.2:5080") == "fault dialog-forgotten\n");
}

TEST_CASE("a subscription that one side has ended is not forgotten") {
    const std::string subscribed = R"(
        1 > 2 SUBSCRIBE | Event: presence
        2 > 1 200 of=SUBSCRIBE to=y
)";
    const auto refused = [&](const std::string& before, const std::string& event, const std::string& state) {
        return judged_flow(subscribed + before + "        2 > 1 NOTIFY cseq=2 branch=n from=y to=x | Event: " + event +
                           " | Subscription-State: " + state +
                           "\n        1 > 2 481 of=NOTIFY cseq=2 branch=n from=y to=x\n");
    };
    CHECK(refused("", "presence", "active") ==
          "warning subscription-forgotten 3 4 {method: NOTIFY, at: 192.0.2.1:5060, event: presence}\n");
    CHECK(refused("", "presence", "terminated;reason=timeout") == "");
    CHECK(refused("", "refer;id=2", "active") == "");
    CHECK(refused("        1 > 2 SUBSCRIBE cseq=2 branch=b to=y | Event: presence | Expires: 0\n", "presence",
                  "active") == "");
}
