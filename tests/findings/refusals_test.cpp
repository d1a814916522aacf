// Refusals that nothing else explains.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

std::string refused(const std::string& answer, const std::string& more = "") {
    return "        1 > 2 INVITE\n        2 > 1 " + answer + " to=y" + more + "\n        1 > 2 ACK to=y\n";
}

}  // namespace

TEST_CASE("a refusal without a reason that anybody can see is told with what was said") {
    CHECK(judged_flow(refused("500", " phrase=Server_Internal_Error")) ==
          "warning refusal-unexplained 1 2 {method: INVITE, code: 500, at: 192.0.2.2:5060, said: none}\n");
    CHECK(judged_flow(refused("403", " | Warning: 399 sbc \"Trunk not provisioned\"")) ==
          "warning refusal-unexplained 1 2 {method: INVITE, code: 403, at: 192.0.2.2:5060, said: Trunk not "
          "provisioned}\n");
    CHECK(judged_flow(refused("502", " | Reason: Q.850;cause=38")) ==
          "warning refusal-unexplained 1 2 {method: INVITE, code: 502, at: 192.0.2.2:5060, said: Q.850 38}\n");
    CHECK(judged_flow(refused("513", " phrase=Message_Too_Large")) ==
          "warning refusal-by-code 1 2 {method: INVITE, code: 513, at: 192.0.2.2:5060, said: none}\n");
    CHECK(judged_flow(refused("499", " phrase=Trunk_full")) ==
          "warning refusal-unexplained 1 2 {method: INVITE, code: 499, at: 192.0.2.2:5060, said: Trunk full}\n");
    // By whoever gave it, not by those who carried it.
    CHECK(judged_flow("1 > 2 INVITE\n2 > 3 INVITE branch=b,a\n3 > 2 500 branch=b,a to=y\n2 > 3 ACK branch=b,a to=y\n"
                      "2 > 1 500 to=y\n1 > 2 ACK to=y\n") ==
          "warning refusal-unexplained 2 3 {method: INVITE, code: 500, at: 192.0.2.3:5060, said: Reason}\n");
}

TEST_CASE("nothing is said where people or their numbers are the reason, or another finding tells it") {
    const WholeJudgement whole;
    for (const char* code : {"486", "603", "404", "480", "487"})
        CHECK(judged_flow(refused(code)).find("refusal-") == std::string::npos);
    CHECK(worse_than_notes(judged_flow(refused("503"))) == "fault unavailable-hop\n");
    CHECK(worse_than_notes(judged_flow(refused("482"))) == "fault loop-refused\n");
    CHECK(judged_flow("1 > 2 SUBSCRIBE | Event: presence\n2 > 1 489 of=SUBSCRIBE to=y\n").find("refusal-unexplained") ==
          std::string::npos);
    // An attempt later, it went well.
    CHECK(judged_flow(refused("500") + "1 > 2 INVITE cseq=2 branch=b\n2 > 1 200 cseq=2 branch=b to=z\n"
                                       "1 > 2 ACK cseq=2 branch=c to=z\n")
              .find("refusal-") == std::string::npos);
}

TEST_CASE("a refusal that comes from the other call of a back-to-back user agent is told there") {
    const auto other = [](const std::string& leg) {
        return worse_than_notes(judged_flow("1 > 2 INVITE\n2 > 3 INVITE call=two branch=b from=w\n" + leg +
                                            "2 > 1 500 to=p\n1 > 2 ACK to=p\n"));
    };
    const std::string ack = "2 > 3 ACK call=two branch=b from=w to=q\n";
    CHECK(other("3 > 2 486 call=two branch=b from=w to=q\n" + ack) == "");
    CHECK(other("3 > 2 500 call=two branch=b from=w to=q\n" + ack) == "warning refusal-unexplained\n");
    CHECK(other("3 > 2 200 call=two branch=b from=w to=q\n" + ack) == "warning refusal-unexplained\n");
    // On one host every call seems to come from where another has arrived.
    CHECK(worse_than_notes(
              judged_flow("1 > 192.0.2.1:5070 INVITE\n1 > 192.0.2.1:5070 INVITE call=two branch=b from=w\n"
                          "192.0.2.1:5070 > 1 486 call=two branch=b from=w to=q\n192.0.2.1:5070 > 1 500 to=p\n")) ==
          "warning refusal-unexplained\n");
}
