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
          "fault registration-over\nwarning registration-lapsed\n");
}

TEST_CASE("a registration that is short, and one that is accepted without effect") {
    CHECK(judged_flow(attempt("200", "10", "<sip:a@192.0.2.1>;expires=600", "<sip:a@192.0.2.1>;expires=30"))
              .starts_with("note registration-short "));
    CHECK(worse_than_notes(
              judged_flow(attempt("200", "10", "<sip:a@192.0.2.1>;expires=600", "<sip:z@192.0.2.8>;expires=600"))) ==
          "fault registration-contact-missing\n");
    // Somebody wrote words for the address: it is listed all the same.
    CHECK(judged_flow(attempt("200", "10", "<sip:a@192.0.2.1>;expires=600", "<sip:a@<our address>>;expires=600")) ==
          "");
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
    const auto with = [](int cseq, const std::string& answer, bool credentials) {
        const std::string n = std::to_string(cseq), same = " cseq=" + n + " branch=p" + n;
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

TEST_CASE("the time granted is that of the contact as a server before a NAT wrote it anew") {
    const std::string own = "<sip:a@10.0.0.5>;expires=3600", short_one = "<sip:a@192.0.2.1:40000>;expires=120";
    CHECK(judged_flow(attempt("200", "10", own, short_one) + attempt("200", "60000", own, short_one) +
                      attempt("200", "60000", own, short_one) + attempt("200", "60000", own, short_one)) == "");
    CHECK(worse_than_notes(judged_flow(attempt("200", "10", own, short_one) +
                                       attempt("200", "600000", own, short_one))) == "warning registration-lapsed\n");
}

TEST_CASE("several accounts of one device may share its contact and Call-ID") {
    std::string all;
    for (const char* const user : {"ann", "ben", "cat", "dan"}) {
        const std::string n = std::to_string(++number), same = " cseq=" + n + " branch=r" + n + " called=" + user;
        all += "1 > 2 REGISTER" + same +
               " after=2000 | Contact: <sip:gw@192.0.2.1>;expires=600\n2 > 1 200 of=REGISTER" + same +
               " to=y | Contact: <sip:gw@192.0.2.1>;expires=600\n";
    }
    CHECK(judged_flow(all) == "");
}

TEST_CASE("a device that begins anew with another Call-ID is the same device") {
    const auto with = [](const std::string& call, const std::string& answer, const std::string& more = "") {
        const std::string n = std::to_string(++number), same = " cseq=" + n + " branch=r" + n + " call=" + call;
        return "1 > 2 REGISTER" + same + " after=50000 | Contact: <sip:a@192.0.2.1>;expires=60" + more + "\n2 > 1 " +
               answer + " of=REGISTER to=y" + same +
               (answer == "200" ? " | Contact: <sip:a@192.0.2.1>;expires=60\n" : "\n");
    };
    CHECK(judged_flow(with("one", "403") + with("two", "200")) == "");
    CHECK(worse_than_notes(judged_flow(with("two", "200") + with("one", "403"))) == "fault registration-refused\n");
    CHECK(judged_flow(with("one", "200") + with("two", "200") + with("one", "200")) == "");
    CHECK(worse_than_notes(judged_flow(with("one", "200") + with("two", "403") + with("one", "200"))) ==
          "warning registration-lapsed\n");
}

TEST_CASE("a device that comes into another network takes its own registration away") {
    const auto moved = [](const std::string& call, const std::string& instance) {
        return judged_flow(
            "1 > 2 REGISTER | Contact: <sip:a@192.0.2.1>;expires=600;+sip.instance=\"<urn:uuid:1>\"\n"
            "2 > 1 200 of=REGISTER to=y | Contact: <sip:a@192.0.2.1>;expires=600\n"
            "7 > 2 REGISTER cseq=2 branch=b call=" +
            call +
            " | Contact: <sip:a@192.0.2.1>;expires=0, "
            "<sip:a@192.0.2.7>;expires=600;+sip.instance=\"<urn:uuid:" +
            instance +
            ">\"\n"
            "2 > 7 200 of=REGISTER cseq=2 branch=b call=" +
            call + " to=y | Contact: <sip:a@192.0.2.7>;expires=600\n");
    };
    CHECK(moved("one", "1") == "");
    CHECK(moved("two", "1") == "");
    CHECK(worse_than_notes(moved("two", "2")) == "warning registration-removed-by-other\n");
}

TEST_CASE("a refusal behind a proxy is of the registrar, and a user written with escapes is the same") {
    CHECK(judged_flow("1 > 2 REGISTER\n2 > 3 REGISTER branch=b,a\n3 > 2 403 of=REGISTER branch=b,a to=y\n"
                      "2 > 1 403 of=REGISTER to=y\n") ==
          "fault registration-refused 1 4 {user: sip:bob@192.0.2.2, code: 403, at: 192.0.2.3:5060, count: 1, "
          "credentials: none}\n");
    CHECK(judged_flow(attempt("200", "10", "<sip:+33123@192.0.2.1>;expires=600",
                              "<sip:%2B33123@192.0.2.1>;expires=600")) == "");
}

TEST_CASE("of several contacts of one account that of the host that registers counts, or none that is sure") {
    const std::string own = "<sip:a@10.0.0.5>;expires=600", other = "<sip:a@203.0.113.4:1025>;expires=20";
    CHECK(judged_flow(attempt("200", "10", own, other + ", <sip:a@192.0.2.1:40000>;expires=500")) == "");
    CHECK(judged_flow(attempt("200", "10", own, other + ", <sip:a@192.0.2.1:40000>;expires=30")).find("granted: 30") !=
          std::string::npos);
    CHECK(judged_flow(attempt("200", "10", own, other + ", <sip:a@203.0.113.9:40000>;expires=500")) == "");
}

TEST_CASE("who is called is registered where nobody knows of it, is so no more, or was found and refused there") {
    const std::string begun =
        "3 > 2 REGISTER call=r branch=r | Contact: <sip:bob@192.0.2.3>\n"
        "2 > 3 200 of=REGISTER call=r branch=r to=z | Contact: <sip:bob@192.0.2.3>;expires=60\n";
    CHECK(judged_flow(begun + "1 > 2 INVITE after=20000\n2 > 1 404 to=y\n") ==
          "fault registered-not-found 1 2 3 4 {user: sip:bob@192.0.2.2, at: 192.0.2.2:5060, granted: 60, seconds: "
          "20.0}\n");
    CHECK(judged_flow(begun + "1 > 2 INVITE after=90000\n2 > 1 404 to=y\n") ==
          "fault registration-over 1 2 3 4 {user: sip:bob@192.0.2.2, at: 192.0.2.2:5060, code: 404, granted: 60, "
          "seconds: 30.0}\n");
    // Of another user, of another server, with "do not disturb" at the server, and by the device itself.
    for (const char* innocent :
         {"1 > 2 INVITE after=20000 uri=sip:carol@192.0.2.2\n2 > 1 404 to=y\n",
          "1 > 8 INVITE after=20000 uri=sip:bob@192.0.2.2\n8 > 1 404 to=y\n",
          "1 > 2 INVITE after=20000\n2 > 1 480 to=y\n",
          "1 > 2 INVITE after=20000\n2 > 3 INVITE branch=b,a uri=sip:bob@192.0.2.3\n3 > 2 404 branch=b,a to=y\n"
          "2 > 1 404 to=y\n"})
        CHECK(judged_flow(begun + innocent) == "");
}
