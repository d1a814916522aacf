// Two INVITEs of one call at a time.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

const std::string call = R"(
        1 > 2 INVITE
        2 > 1 200 to=y
        1 > 2 ACK branch=k to=y
)";

std::string change(int number, const std::string& status, const std::string& more = "") {
    const std::string n = std::to_string(number), same = " cseq=" + n + " branch=i" + n + " to=y";
    return "        1 > 2 INVITE" + same + "\n        2 > 1 " + status + same + more + "\n        1 > 2 ACK" + same +
           (status == "200" ? "k" : "") + "\n";
}

}  // namespace

TEST_CASE("changes that cross once are normal, again and again they are not") {
    CHECK(judged_flow(call + change(2, "491") + change(3, "200")) == "note glare-resolved 4 5 8 {seconds: 0.0}\n");
    CHECK(judged_flow(call + change(2, "491") + change(3, "491")) == "");
    CHECK(judged_flow(call + change(2, "491") + change(3, "491") + change(4, "491")) ==
          "fault glare-repeated 4 5 7 8 10 11 {count: 3, method: INVITE, by: 192.0.2.1:5060, at: 192.0.2.2:5060}\n");
}

TEST_CASE("an INVITE before the answer to the one before is refused, and may come again") {
    const std::string overlapping =
        call + "        1 > 2 INVITE cseq=2 branch=f to=y\n        2 > 1 100 cseq=2 branch=f to=y\n" +
        change(3, "500", " | Retry-After: 5") +
        "        2 > 1 200 cseq=2 branch=f to=y\n        1 > 2 ACK cseq=2 branch=fk to=y\n";
    CHECK(judged_flow(overlapping + change(4, "200")) ==
          "note overlap-refused 6 7 11 12 {by: 192.0.2.1:5060, at: 192.0.2.2:5060, retry: 5}\n");
    CHECK(worse_than_notes(judged_flow(overlapping + "        1 > 3 OPTIONS call=two branch=o after=13000\n"
                                                     "        3 > 1 200 of=OPTIONS call=two branch=o to=z\n")) ==
          "warning overlap-lost\n");
}

TEST_CASE("changes that cross are counted for each side") {
    const auto crossed = [](int number) {
        const std::string n = std::to_string(number), mine = " cseq=" + n + " branch=i" + n + " to=y\n",
                          theirs = " cseq=" + n + " branch=j" + n + " from=y to=x\n";
        return "        1 > 2 INVITE" + mine + "        2 > 1 INVITE" + theirs + "        1 > 2 491" + theirs +
               "        2 > 1 491" + mine;
    };
    CHECK(judged_flow(call + crossed(2) + crossed(3)) == "");
    CHECK(judged_flow(call + crossed(2) + crossed(3) + crossed(4)) ==
          "fault glare-repeated 4 7 8 11 12 15 {count: 3, method: INVITE, by: 192.0.2.1:5060, at: 192.0.2.2:5060}\n"
          "fault glare-repeated 5 6 9 10 13 14 {count: 3, method: INVITE, by: 192.0.2.2:5060, at: 192.0.2.1:5060}\n");
}

TEST_CASE("a change that came too early is not given up where the call ends or it comes again") {
    const std::string pending = call + "1 > 2 INVITE cseq=2 branch=f to=y\n" + change(3, "500", " | Retry-After: 5") +
                                "2 > 1 200 cseq=2 branch=f to=y\n",
                      later = "1 > 9 OPTIONS call=two branch=o after=20000\n";
    CHECK(worse_than_notes(judged_flow(pending + later)) == "warning overlap-lost\n");
    CHECK(judged_flow(pending + "1 > 2 BYE cseq=4 branch=z to=y\n" + later) == "");
    CHECK(judged_flow(pending + change(4, "488") + later) == "");
}

TEST_CASE("a second INVITE before the call was answered came too early, too") {
    CHECK(worse_than_notes(judged_flow("1 > 2 INVITE\n2 > 1 180 to=y\n" + change(2, "500", " | Retry-After: 5") +
                                       "2 > 1 200 to=y\n1 > 9 OPTIONS call=two branch=o after=20000\n")) ==
          "warning overlap-lost\n");
}

TEST_CASE("who refuses a change behind a proxy is named, and not the proxy") {
    CHECK(judged_flow("1 > 2 INVITE cseq=2 branch=f to=y\n2 > 3 INVITE cseq=2 branch=m,f to=y\n"
                      "1 > 2 INVITE cseq=3 branch=g to=y\n2 > 3 INVITE cseq=3 branch=n,g to=y\n"
                      "3 > 2 500 cseq=3 branch=n,g to=y\n2 > 1 500 cseq=3 branch=g to=y\n"
                      "1 > 9 OPTIONS call=two branch=o after=20000\n") ==
          "warning overlap-lost 3 6 {by: 192.0.2.1:5060, at: 192.0.2.3:5060, retry: none}\n");
}
