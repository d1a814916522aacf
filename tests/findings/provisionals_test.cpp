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
