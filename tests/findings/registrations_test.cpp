// Registrations: refused, too often, lapsed, without effect, removed.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "simulator/drawing.h"

using namespace sipdex::test;

namespace {

int number = 0;

// One attempt; `contact` of the request and of its answer.
std::string attempt(const std::string& status, const std::string& milliseconds,
                    const std::string& contact = "<sip:a@192.0.2.1>;expires=600", const std::string& told = "",
                    const std::string& from = "1") {
    const std::string n = std::to_string(++number), same = " cseq=" + n + " branch=r" + n + " call=c" + from;
    return "        " + from + " > 2 REGISTER" + same + " after=" + milliseconds + " | Contact: " + contact +
           "\n        2 > " + from + " " + status + " of=REGISTER" + same + " to=y" +
           (status == "200" ? " | Contact: " + (told.empty() ? contact : told) : "") + "\n";
}

}  // namespace

TEST_CASE("a registration that is refused by the registrar, until it is accepted") {
    CHECK(judged_flow(attempt("403", "10") + attempt("403", "1000")) ==
          "fault registration-refused 1 2 3 4 {user: sip:bob@192.0.2.2, code: 403, at: 192.0.2.2:5060, count: 2, "
          "credentials: "
          "none}\n");
    CHECK(judged_flow(attempt("403", "10") + attempt("200", "1000")) == "");
}

TEST_CASE("a registration that is renewed too often, in time, or too late") {
    const std::string begun = attempt("200", "10");
    CHECK(worse_than_notes(judged_flow(begun + attempt("200", "30000") + attempt("200", "30000") +
                                       attempt("200", "30000"))) == "warning registration-too-often\n");
    CHECK(worse_than_notes(judged_flow(begun + attempt("200", "300000") + attempt("200", "300000") +
                                       attempt("200", "300000"))) == "");
    CHECK(judged_flow(begun + attempt("200", "660000")).starts_with("warning registration-lapsed "));
    CHECK(worse_than_notes(judged_exchange(exchange_named("480-registration-expired"))) ==
          "warning registration-lapsed\n");
}

TEST_CASE("a registration that is short, and one that is accepted without effect") {
    CHECK(judged_flow(attempt("200", "10", "<sip:a@192.0.2.1>;expires=600", "<sip:a@192.0.2.1>;expires=30"))
              .starts_with("note registration-short "));
    CHECK(worse_than_notes(
              judged_flow(attempt("200", "10", "<sip:a@192.0.2.1>;expires=600", "<sip:z@192.0.2.8>;expires=600"))) ==
          "fault registration-contact-missing\n");
    // Before a NAT the contact is written anew.
    CHECK(judged_flow(attempt("200", "10", "<sip:a@10.0.0.5>;expires=600", "<sip:a@192.0.2.1>;expires=600")) == "");
}

TEST_CASE("a registration that another device removes") {
    const std::string begun = attempt("200", "10");
    const std::string removed = attempt("200", "5000", "*", "<sip:a@192.0.2.7>", "7");
    CHECK(worse_than_notes(judged_flow(begun + removed)) == "warning registration-removed-by-other\n");
    CHECK(worse_than_notes(judged_flow(begun + attempt("200", "5000", "<sip:a@192.0.2.1>;expires=0"))) == "");
}

TEST_CASE("403 tells whether a password was sent, and gives way where the challenge tells what was wrong with it") {
    const WholeJudgement whole;
    const auto with = [](int number, const std::string& answer, bool credentials) {
        const std::string n = std::to_string(number), same = " cseq=" + n + " branch=p" + n;
        return "        1 > 2 REGISTER" + same +
               (credentials ? " | Authorization: Digest username=\"bob\", realm=\"example.com\", nonce=\"n\", "
                              "uri=\"sip:example.com\", response=\"00000000000000000000000000000000\""
                            : "") +
               "\n        2 > 1 " + answer + " of=REGISTER to=y" + same +
               (answer == "401" ? " | WWW-Authenticate: Digest realm=\"example.com\", nonce=\"n\"\n" : "\n");
    };
    const std::string told = judged_flow(with(1, "401", false) + with(2, "403", true));
    CHECK(
        told.starts_with("fault registration-refused 3 4 {user: sip:bob@192.0.2.2, code: 403, "
                         "at: 192.0.2.2:5060, count: 1, credentials: sent}\n"));
    CHECK(worse_than_notes(judged_flow(with(1, "401", false) + with(2, "401", true) + with(3, "403", true))) ==
          "fault challenge-refused\n");
}
