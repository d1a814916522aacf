// 401 and 407: what is normal, and what goes wrong.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

// A registration of three attempts at most; `again` are the parameters of the second challenge.
std::string registration(const std::string& credentials, const std::string& second) {
    return judged_flow(
        "1 > 2 REGISTER\n"
        "2 > 1 401 of=REGISTER to=y | WWW-Authenticate: Digest realm=\"office\", nonce=\"n1\"\n"
        "1 > 2 REGISTER cseq=2 branch=b | Authorization: Digest username=\"101\", " +
        credentials + ", uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"\n" + second);
}

const std::string refused_again =
    "2 > 1 401 of=REGISTER cseq=2 branch=b to=y | WWW-Authenticate: Digest realm=\"office\", nonce=\"n2\"\n";

}  // namespace

TEST_CASE("one challenge that is answered is normal") {
    CHECK(registration("realm=\"office\", nonce=\"n1\"", "2 > 1 200 of=REGISTER cseq=2 branch=b to=y\n") ==
          "note challenge-answered 1 2 3 4 {code: 401, method: REGISTER, realm: office}\n");
}

TEST_CASE("whoever is refused with 403 to its credentials was not let through, with 500 it was") {
    const std::string right = "realm=\"office\", nonce=\"n1\"";
    CHECK(registration(right, "2 > 1 403 of=REGISTER cseq=2 branch=b to=y\n") == "");
    CHECK(registration(right, "2 > 1 500 of=REGISTER cseq=2 branch=b to=y\n") ==
          "note challenge-answered 1 2 3 4 {code: 401, method: REGISTER, realm: office}\n");
}

TEST_CASE("credentials that are refused name what is wrong with them") {
    CHECK(registration("realm=\"office\", nonce=\"n1\"", refused_again) ==
          "fault challenge-refused 2 3 4 {code: 401, user: 101, realm: office}\n");
    CHECK(registration("realm=\"asterisk\", nonce=\"n1\"", refused_again) ==
          "fault challenge-wrong-realm 2 3 4 {code: 401, realm: office, used: asterisk}\n");
    CHECK(registration("realm=\"office\", nonce=\"old\"", refused_again) ==
          "fault challenge-wrong-nonce 2 3 4 {code: 401, realm: office}\n");
}

TEST_CASE("a nonce that has expired once is normal, one that always has is not") {
    const std::string stale =
        "2 > 1 401 of=REGISTER cseq=2 branch=b to=y | WWW-Authenticate: Digest realm=\"office\", nonce=\"n2\", "
        "stale=true\n";
    const std::string again =
        "1 > 2 REGISTER cseq=3 branch=c | Authorization: Digest username=\"101\", realm=\"office\", nonce=\"n2\", "
        "uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"\n";
    CHECK(registration("realm=\"office\", nonce=\"n1\"",
                       stale + again + "2 > 1 200 of=REGISTER cseq=3 branch=c to=y\n") ==
          "note challenge-answered 1 2 3 4 5 6 {code: 401, method: REGISTER, realm: office}\n"
          "note challenge-stale 2 3 4 {realm: office}\n");
    const std::string stale_again =
        "2 > 1 401 of=REGISTER cseq=3 branch=c to=y | WWW-Authenticate: Digest realm=\"office\", nonce=\"n3\", "
        "stale=true\n";
    CHECK(worse_than_notes(registration("realm=\"office\", nonce=\"n1\"", stale + again + stale_again)) ==
          "warning challenge-loop\nwarning challenge-stale-loop\n");
}

TEST_CASE("a request that comes again without credentials, or not at all") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 1 407 to=y | Proxy-Authenticate: Digest realm="trunk", nonce="n1"
        1 > 2 ACK to=y
        1 > 2 INVITE cseq=2 branch=b
        2 > 1 407 cseq=2 branch=b to=z | Proxy-Authenticate: Digest realm="trunk", nonce="n2"
        1 > 2 ACK cseq=2 branch=b to=z
    )") == "fault challenge-without-credentials 2 4 5 {code: 407, realm: trunk}\n");
    const std::string alone = R"(
        1 > 2 INVITE
        2 > 1 407 to=y | Proxy-Authenticate: Digest realm="trunk", nonce="n1"
        1 > 2 ACK to=y
    )";
    CHECK(judged_flow(alone) == "");  // the capture may have ended too early
    CHECK(judged_flow(alone +
                      "1 > 3 OPTIONS call=two branch=o after=6000\n3 > 1 200 of=OPTIONS call=two branch=o to=z\n") ==
          "warning challenge-unanswered 1 2 {code: 407, method: INVITE, realm: trunk, from: 192.0.2.1:5060}\n");
}

TEST_CASE("a challenge that names no realm is told without one") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 1 407 to=y
        1 > 2 ACK to=y
        1 > 3 OPTIONS call=two branch=o after=6000
        3 > 1 200 of=OPTIONS call=two branch=o to=z
    )") == "warning challenge-unanswered 1 2 {code: 407, method: INVITE, realm: none, from: 192.0.2.1:5060}\n");
}

TEST_CASE("an attempt that is repeated without success is told once, and how often is set by whoever reads") {
    std::string lines;
    for (int i = 1; i <= 3; ++i) {
        const std::string n = std::to_string(i);
        lines += "1 > 2 REGISTER cseq=" + n + " branch=b" + n;
        if (i > 1)
            lines += " | Authorization: Digest username=\"101\", realm=\"office\", nonce=\"n" + std::to_string(i - 1) +
                     "\", uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"";
        lines += "\n2 > 1 401 of=REGISTER cseq=" + n + " branch=b" + n +
                 " to=y | WWW-Authenticate: Digest realm=\"office\", nonce=\"n" + n + "\"\n";
    }
    CHECK(worse_than_notes(judged_flow(lines)) == "fault challenge-refused\nwarning challenge-loop\n");
    CHECK(worse_than_notes(judged_flow(lines, {{"challenge-loop.attempts", 4}})) == "fault challenge-refused\n");
}

TEST_CASE("credentials for one of several challenges, and what is right in the end") {
    const std::string again =
        "1 > 2 REGISTER cseq=2 branch=b | Authorization: Digest username=\"101\", realm=\"office\", "
        "nonce=\"m1\", uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"\n";
    const auto offered = [&](const std::string& second, const std::string& more) {
        return judged_flow(
            "1 > 2 REGISTER\n2 > 1 401 of=REGISTER to=y | WWW-Authenticate: Digest realm=\"office\", "
            "nonce=\"n1\", algorithm=SHA-256 | WWW-Authenticate: Digest realm=\"" +
            second + "\", nonce=\"m1\"\n" + again + more);
    };
    CHECK(offered("office", refused_again) == "fault challenge-refused 2 3 4 {code: 401, user: 101, realm: office}\n");
    CHECK(offered("other", refused_again) == "fault challenge-wrong-nonce 2 3 4 {code: 401, realm: office}\n");
    const std::string last =
        "1 > 2 REGISTER cseq=3 branch=c | Authorization: Digest username=\"101\", realm=\"office\", "
        "nonce=\"n2\", uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"\n2 > 1 ";
    CHECK(offered("office", refused_again + last + "200 of=REGISTER cseq=3 branch=c to=y\n") == "");
    CHECK(offered("other", refused_again + last + "200 of=REGISTER cseq=3 branch=c to=y\n") == "");
    CHECK(offered("other", refused_again + last + "403 of=REGISTER cseq=3 branch=c to=y\n") ==
          "fault challenge-wrong-nonce 2 3 4 {code: 401, realm: office}\n");
    // Two branches of a fork ask, and only one is answered.
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 1 407 to=y | Proxy-Authenticate: Digest realm="one", nonce="n1" | Proxy-Authenticate: Digest realm="two", nonce="n2"
        1 > 2 INVITE cseq=2 branch=b | Proxy-Authorization: Digest username="101", realm="two", nonce="n2", uri="sip:office", response="0123456789abcdef0123456789abcdef"
        2 > 1 407 cseq=2 branch=b to=y | Proxy-Authenticate: Digest realm="one", nonce="n3"
    )") == "fault challenge-without-credentials 2 3 4 {code: 407, realm: one}\n");
}

TEST_CASE("a challenge to OPTIONS is answer enough, and one may be answered under another Call-ID or number") {
    const std::string later =
        "1 > 3 OPTIONS call=two branch=o after=6000\n3 > 1 200 of=OPTIONS call=two branch=o to=z\n";
    const auto told = [&](const std::string& method, const std::string& again, const std::string& nonce = "n1") {
        std::string lines = "1 > 2 " + method + "\n2 > 1 401 of=" + method +
                            " to=y | WWW-Authenticate: Digest realm=\"office\", nonce=\"n1\"\n";
        if (!again.empty())
            lines += "1 > 2 " + method + " branch=b " + again +
                     " | Authorization: Digest username=\"101\", realm=\"office\", nonce=\"" + nonce +
                     "\", uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"\n";
        return worse_than_notes(judged_flow(lines + later));
    };
    CHECK(told("OPTIONS", "") == "");
    CHECK(told("MESSAGE", "") == "warning challenge-unanswered\n");
    CHECK(told("MESSAGE", "cseq=3") == "");
    CHECK(told("MESSAGE", "call=three") == "");
    CHECK(told("MESSAGE", "call=three", "of-another-user") == "warning challenge-unanswered\n");
}
