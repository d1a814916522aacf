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
