// Intervals that are too short, and session timers.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "simulator/drawing.h"

using namespace sipdex::test;

namespace {

std::string registration(int number, const std::string& expires, const std::string& status) {
    const std::string n = std::to_string(number), same = " cseq=" + n + " branch=r" + n;
    return "        1 > 2 REGISTER" + same + " | Contact: <sip:a@192.0.2.1>;expires=" + expires + "\n        2 > 1 " +
           status + " of=REGISTER" + same + " to=y" +
           (status == "423" ? " | Min-Expires: 300\n" : " | Contact: <sip:a@192.0.2.1>;expires=300\n");
}

std::string session(const std::string& refresher, const std::string& ending) {
    return "        1 > 2 INVITE | Session-Expires: 90\n"
           "        2 > 1 200 to=y | Session-Expires: 90;refresher=" +
           refresher + "\n        1 > 2 ACK branch=k to=y\n" + ending;
}

}  // namespace

TEST_CASE("an interval that is too short once is normal, again and again it is not") {
    CHECK(worse_than_notes(judged_flow(registration(1, "60", "423") + registration(2, "300", "200"))) == "");
    CHECK(judged_flow(registration(1, "60", "423") + registration(2, "300", "200"))
              .starts_with("note interval-extended 1 2 3 4 {asked: 60, least: 300, method: REGISTER}\n"));
    CHECK(judged_flow(registration(1, "60", "423") + registration(2, "60", "423")) ==
          "fault interval-loop 1 2 3 4 {asked: 60, least: 300, method: REGISTER, count: 2, at: 192.0.2.2:5060}\n");
    CHECK(judged_exchange(exchange_named("422-session-too-short"))
              .starts_with("note session-interval-extended 1 2 4 6 {asked: 120, least: 600}\n"));
}

TEST_CASE("a call that nobody refreshes is ended by its session timer") {
    const std::string bye_of_called =
        "        2 > 1 BYE cseq=1 branch=e from=y to=x after=60000\n        1 > 2 200 of=BYE cseq=1 branch=e from=y "
        "to=x\n";
    CHECK(worse_than_notes(judged_flow(session("uac", bye_of_called))) == "fault session-expired\n");
    CHECK(worse_than_notes(judged_flow(session("uas", bye_of_called))) == "");  // whoever refreshes just hangs up
    CHECK(worse_than_notes(judged_flow(
              session("uac",
                      "        1 > 2 UPDATE cseq=2 branch=u to=y after=45000 | Session-Expires: 90\n"
                      "        2 > 1 200 of=UPDATE cseq=2 branch=u to=y | Session-Expires: 90;refresher=uac\n" +
                          std::string("        2 > 1 BYE cseq=1 branch=e from=y to=x after=15000\n")))) == "");
    CHECK(
        worse_than_notes(judged_flow(session("uac", "        2 > 1 BYE cseq=1 branch=e from=y to=x after=200000\n"))) ==
        "warning session-not-refreshed\n");
}

TEST_CASE("a refresh that is refused should not end the call") {
    const std::string refused = session("uac",
                                        "        1 > 2 INVITE cseq=2 branch=u to=y after=45000 | Session-Expires: 90\n"
                                        "        2 > 1 488 cseq=2 branch=u to=y\n"
                                        "        1 > 2 ACK cseq=2 branch=u to=y\n");
    CHECK(worse_than_notes(judged_flow(refused)) == "");
    CHECK(worse_than_notes(judged_flow(refused + "        1 > 2 BYE cseq=3 branch=e to=y\n")) ==
          "fault session-refresh-refused\n");
}

namespace {

std::string asked(int number, const std::string& interval, const std::string& answer, const std::string& from = "1") {
    const std::string n = std::to_string(number), same = " cseq=" + n + " branch=i" + n;
    const bool refused = answer[0] >= '3';
    return "        " + from + " > 2 INVITE" + same + " | Session-Expires: " + interval + "\n        2 > " + from +
           " " + answer.substr(0, 3) + same + " to=y" + (refused ? " | Min-SE:" + answer.substr(3) : "") +
           "\n        " + from + " > 2 ACK to=y" + (refused ? same : " branch=k cseq=" + n) + "\n";
}

const std::string later =
    "        3 > 2 OPTIONS call=two branch=o after=9000\n        2 > 3 200 of=OPTIONS call=two branch=o\n";

}  // namespace

TEST_CASE("a caller that does not learn from 422, and one whom each hop tells of a longer interval") {
    CHECK(judged_flow(asked(1, "120", "422 600") + asked(2, "120", "422 600")) ==
          "fault session-interval-loop 1 2 4 5 {asked: 120, least: 600, count: 2, at: 192.0.2.2:5060}\n");
    CHECK(judged_flow(asked(1, "120", "422 600") + asked(2, "600", "422 1800")) == "");
    CHECK(judged_flow(asked(1, "120", "422 600") + asked(2, "600", "422 1800") + asked(3, "1800", "486")) == "");
    CHECK(worse_than_notes(judged_flow(asked(1, "120", "422 600") + asked(2, "600", "422 1800") +
                                       asked(3, "600", "422 1800"))) == "fault session-interval-loop\n");
    // Told nothing, it can only ask for more.
    CHECK(worse_than_notes(judged_flow(asked(1, "120", "422") + asked(2, "120", "422"))) ==
          "fault session-interval-loop\n");
    CHECK(judged_flow(asked(1, "120", "422") + asked(2, "240", "422")) == "");
}

TEST_CASE(
    "a caller that gives up after 422, one that is refused for another reason then, and one that goes elsewhere") {
    CHECK(judged_flow(asked(1, "120", "422 600") + later) ==
          "fault interval-given-up 1 2 {method: INVITE, code: 422, least: 600, by: 192.0.2.1:5060}\n");
    CHECK(judged_flow(asked(1, "120", "422 600")) == "");  // the capture ends too early to tell
    CHECK(judged_flow(asked(1, "120", "422 600") + asked(2, "600", "486") + later) == "");
    CHECK(judged_flow(asked(1, "120", "422 600") + "        1 > 4 INVITE call=three branch=t | Session-Expires: 600\n" +
                      later) == "");
    CHECK(judged_flow(registration(1, "60", "423") + later) ==
          "fault interval-given-up 1 2 {method: REGISTER, code: 423, least: 300, by: 192.0.2.1:5060}\n");
}

TEST_CASE("who refreshes is known by its tag, whatever proxies stand between, and people hang up between the limits") {
    const auto ended = [](const std::string& refresher, const std::string& bye) {
        return worse_than_notes(
            judged_flow("        1 > 2 INVITE | Session-Expires: 90\n        2 > 1 200 to=y | "
                        "Session-Expires: 90;refresher=" +
                        refresher + "\n        1 > 2 ACK branch=k to=y\n        " + bye + "\n"));
    };
    const std::string by_called = "3 > 1 BYE cseq=1 branch=e from=y to=x after=";  // past the proxy
    CHECK(ended("uas", by_called + "60000") == "");
    CHECK(ended("uac", by_called + "60000") == "fault session-expired\n");
    CHECK(ended("uac", by_called + "90000") == "fault session-expired\n");
    CHECK(ended("uac", by_called + "75000") == "");
    CHECK(ended("UAS", "1 > 2 BYE cseq=2 branch=e to=y after=60000") == "fault session-expired\n");
}

TEST_CASE("the BYE of another branch ends no session") {
    CHECK(worse_than_notes(judged_flow(session(
              "uac",
              "        2 > 1 200 to=z\n        1 > 2 ACK branch=l to=z\n        1 > 2 BYE cseq=2 branch=e "
              "to=z\n        2 > 1 BYE cseq=4 branch=f from=y to=x after=60000\n"))) == "fault session-expired\n");
}

TEST_CASE("after a refusal the other side may hang up, and a call that is unknown there is over") {
    const auto refused = [](const std::string& code, const std::string& bye) {
        return worse_than_notes(judged_flow(session(
            "uac", "        1 > 2 UPDATE cseq=2 branch=u to=y after=45000 | Session-Expires: 90\n        2 > 1 " +
                       code + " of=UPDATE cseq=2 branch=u to=y\n        " + bye + "\n")));
    };
    CHECK(refused("488", "1 > 2 BYE cseq=3 branch=e to=y") == "fault session-refresh-refused\n");
    CHECK(refused("488", "2 > 1 BYE cseq=3 branch=e from=y to=x") == "");
    CHECK(refused("481", "1 > 2 BYE cseq=3 branch=e to=y") == "");
    CHECK(refused("408", "1 > 2 BYE cseq=3 branch=e to=y") == "");
}

TEST_CASE("422 to a re-INVITE may be followed by UPDATE, and a device may remove itself after 423") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE to=y cseq=5 | Session-Expires: 90
        2 > 1 422 to=y cseq=5 | Min-SE: 120
        1 > 2 ACK to=y cseq=5
        1 > 2 UPDATE to=y cseq=6 branch=u | Session-Expires: 120
        2 > 1 200 of=UPDATE to=y cseq=6 branch=u
    )" + later) == "");
    CHECK(judged_flow(registration(1, "60", "423") + registration(2, "0", "200") + later) == "");
}
