// Provisional responses that want a PRACK.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

const std::string reliable = "        2 > 1 183 to=y after=500 | Require: 100rel | RSeq: 7\n";
const std::string begun = "        1 > 2 INVITE | Supported: 100rel\n" + reliable;
const std::string prack = "        1 > 2 PRACK cseq=2 branch=p to=y | RAck: 7 1 INVITE\n";

}  // namespace

TEST_CASE("a reliable response without PRACK, with one that is lost, and with one that arrives") {
    CHECK(judged_flow(begun + reliable + reliable) ==
          "fault prack-missing 2 3 4 {code: 183, at: 192.0.2.2:5060, by: 192.0.2.1:5060, count: 2}\n");
    CHECK(worse_than_notes(judged_flow(begun + prack + reliable + reliable)) == "fault prack-lost\n");
    CHECK(judged_flow(begun + reliable + prack + "        2 > 1 200 of=PRACK cseq=2 branch=p to=y\n") == "");
}

TEST_CASE("a PRACK that is refused") {
    CHECK(
        judged_flow(begun + prack + "        2 > 1 481 of=PRACK cseq=2 branch=p to=y\n")
            .find("warning prack-refused 3 4 {at: 192.0.2.2:5060, by: 192.0.2.1:5060, code: 481, sent: 7 1 INVITE}") !=
        std::string::npos);
}

TEST_CASE("each phone to which a call forks counts its own responses") {
    const std::string invite = "        1 > 2 INVITE | Supported: 100rel\n";
    const auto ringing = [](const std::string& phone) {
        return "        2 > 1 183 to=" + phone + " after=500 | Require: 100rel | RSeq: 7\n";
    };
    CHECK(judged_flow(invite + ringing("y") + ringing("z") + ringing("w")) == "");
    // The PRACK was for the first.
    CHECK(judged_flow(invite + ringing("y") + prack + "        2 > 1 200 of=PRACK cseq=2 branch=p to=y\n" +
                      ringing("z") + ringing("z") + ringing("z")) ==
          "fault prack-missing 5 6 7 {code: 183, at: 192.0.2.2:5060, by: 192.0.2.1:5060, count: 2}\n");
}

TEST_CASE("whoever has sent a CANCEL owes no PRACK for what comes after it") {
    CHECK(judged_flow(begun + "        1 > 2 CANCEL\n" + reliable + reliable) == "");
}

TEST_CASE("a second PRACK for what had been acknowledged may be refused") {
    CHECK(judged_flow(begun + prack +
                      "        2 > 1 200 of=PRACK cseq=2 branch=p to=y\n"
                      "        1 > 2 PRACK cseq=3 branch=q to=y | RAck: 7 1 INVITE\n"
                      "        2 > 1 481 of=PRACK cseq=3 branch=q to=y\n") == "");
}

TEST_CASE("a PRACK that a proxy carried on is lost behind it, and spaces in RAck are no other numbers") {
    const auto carried = [](const std::string& second) {
        return "1 > 2 INVITE\n2 > 3 INVITE branch=b,a\n3 > 2 183 branch=b,a to=y | Require: 100rel | RSeq: 7\n"
               "2 > 1 183 to=y | Require: 100rel | RSeq: 7\n1 > 2 PRACK cseq=2 branch=p to=y | RAck: 7 1 INVITE\n" +
               second +
               "3 > 2 183 branch=b,a to=y | Require: 100rel | RSeq: 7\n2 > 1 183 to=y | Require: 100rel | RSeq: 7\n"
               "3 > 2 183 branch=b,a to=y | Require: 100rel | RSeq: 7\n2 > 1 183 to=y | Require: 100rel | RSeq: 7\n";
    };
    CHECK(judged_flow(carried("2 > 3 PRACK cseq=2 branch=q,p to=y | RAck: 7 1 INVITE\n")) ==
          "fault prack-lost 3 6 7 9 {code: 183, at: 192.0.2.3:5060, to: 192.0.2.3:5060, count: 2}\n");
    CHECK(judged_flow(carried("")).starts_with("fault prack-lost 4 5 7 9 "));
    CHECK(judged_flow(begun + "        1 > 2 PRACK cseq=2 branch=p to=y | RAck: 7  1  INVITE\n" + reliable + reliable)
              .starts_with("fault prack-lost "));
}
