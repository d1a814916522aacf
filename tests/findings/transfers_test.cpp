// Transfers: accepted or not, and what became of them.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

const std::string call = R"(
        1 > 2 INVITE
        2 > 1 200 to=y
        1 > 2 ACK branch=k to=y
        1 > 2 REFER cseq=2 branch=r to=y | Refer-To: <sip:carol@192.0.2.9?Replaces=a>
)";
const std::string accepted = call + "        2 > 1 202 of=REFER cseq=2 branch=r to=y\n";

std::string notify(const std::string& status, const std::string& number) {
    return "        2 > 1 NOTIFY cseq=" + number + " branch=n" + number +
           " from=y to=x | Event: refer | Content-Type: message/sipfrag || SIP/2.0 " + status + "~\n" +
           "        1 > 2 200 of=NOTIFY cseq=" + number + " branch=n" + number + " from=y to=x\n";
}
std::string later(const std::string& milliseconds) {
    return "        1 > 3 OPTIONS call=two branch=o after=" + milliseconds +
           "\n        3 > 1 200 of=OPTIONS call=two branch=o to=z\n";
}

}  // namespace

TEST_CASE("a transfer is judged by its last NOTIFY") {
    CHECK(judged_flow(accepted + notify("100 Trying", "1") + notify("200 OK", "2")) ==
          "note transfer-done 4 5 6 8 {by: 192.0.2.1:5060, target: sip:carol@192.0.2.9, code: 200}\n");
    CHECK(judged_flow(accepted + notify("100 Trying", "1") + notify("486 Busy Here", "2")) ==
          "fault transfer-failed 4 5 6 8 {by: 192.0.2.1:5060, target: sip:carol@192.0.2.9, code: 486}\n");
}

TEST_CASE("a transfer whose end is not told, or of which nothing is") {
    CHECK(judged_flow(accepted + notify("100 Trying", "1")) == "");
    CHECK(worse_than_notes(judged_flow(accepted + notify("100 Trying", "1") + later("61000"))) ==
          "warning transfer-unfinished\n");
    CHECK(worse_than_notes(judged_flow(accepted + notify("100 Trying", "1") +
                                       "        1 > 2 BYE cseq=3 branch=e to=y\n" + later("20000"))) == "");
    CHECK(worse_than_notes(judged_flow(accepted + later("6000"))) == "warning transfer-without-notify\n");
}

TEST_CASE("a transfer that is refused") {
    CHECK(judged_flow(call + "        2 > 1 405 of=REFER cseq=2 branch=r to=y\n") ==
          "fault transfer-refused 4 5 {by: 192.0.2.1:5060, at: 192.0.2.2:5060, target: sip:carol@192.0.2.9, code: "
          "405}\n");
}

TEST_CASE("of two REFERs each has its own NOTIFY, by the number that it names") {
    const auto told = [](const std::string& id, const std::string& status, const std::string& number) {
        return "        2 > 1 NOTIFY cseq=" + number + " branch=n" + number + " from=y to=x | Event: refer" + id +
               " || SIP/2.0 " + status + "~\n";
    };
    const std::string second =
        "        1 > 2 REFER cseq=3 branch=s to=y | Refer-To: <sip:dave@192.0.2.8>\n"
        "        2 > 1 202 of=REFER cseq=3 branch=s to=y\n";
    CHECK(judged_flow(accepted + told("", "100 Trying", "1") + second + told(";id=2", "486 Busy Here", "2") +
                      told(";id=3", "200 OK", "3")) ==
          "fault transfer-failed 4 5 6 9 {by: 192.0.2.1:5060, target: sip:carol@192.0.2.9, code: 486}\n"
          "note transfer-done 7 8 10 {by: 192.0.2.1:5060, target: sip:dave@192.0.2.8, code: 200}\n");
}

TEST_CASE("a refused transfer is told of who refused it, and not where it is accepted at the next attempt") {
    CHECK(judged_flow("1 > 2 REFER branch=r to=y | Refer-To: <sip:carol@192.0.2.9>\n"
                      "2 > 3 REFER branch=s,r to=y | Refer-To: <sip:carol@192.0.2.9>\n"
                      "3 > 2 405 of=REFER branch=s,r to=y\n2 > 1 405 of=REFER branch=r to=y\n") ==
          "fault transfer-refused 1 4 {by: 192.0.2.1:5060, at: 192.0.2.3:5060, target: sip:carol@192.0.2.9, code: "
          "405}\n");
    CHECK(judged_flow(call + "2 > 1 500 of=REFER cseq=2 branch=r to=y\n"
                             "1 > 2 REFER cseq=3 branch=s to=y | Refer-To: <sip:carol@192.0.2.9>\n"
                             "2 > 1 202 of=REFER cseq=3 branch=s to=y\n") == "");
}

TEST_CASE("a REFER that wants no subscription gets no NOTIFY") {
    for (const char* const tag : {"nosub", "explicitsub"})
        CHECK(judged_flow("1 > 2 REFER | Refer-To: <sip:carol@192.0.2.9> | Require: " + std::string(tag) +
                          "\n2 > 1 200 of=REFER to=y\n" + later("6000")) == "");
    CHECK(worse_than_notes(judged_flow(
              "1 > 2 REFER | Refer-To: <sip:carol@192.0.2.9> | Supported: nosub\n2 > 1 200 of=REFER to=y\n" +
              later("6000"))) == "warning transfer-without-notify\n");
}
