// One target after the other, and how soon a server is asked again.
#include <doctest/doctest.h>

#include "findings/judged.h"

using namespace sipdex::test;

namespace {

const std::string redirected = R"(
        1 > 2 INVITE
        2 > 1 302 to=y | Contact: <sip:carol@192.0.2.9>
        1 > 2 ACK to=y
)";
std::string later(const std::string& milliseconds) {
    return "        1 > 3 OPTIONS call=two branch=o after=" + milliseconds +
           "\n        3 > 1 200 of=OPTIONS call=two branch=o to=z\n";
}
std::string refused(int number, const std::string& milliseconds, const std::string& more = "") {
    const std::string n = std::to_string(number), same = " call=c" + n + " branch=i" + n;
    return "        1 > 2 INVITE" + same + " after=" + milliseconds + "\n        2 > 1 503" + same + " to=y" + more +
           "\n        1 > 2 ACK" + same + " to=y\n";
}

}  // namespace

TEST_CASE("a redirection is followed, or nobody follows it") {
    CHECK(judged_flow(redirected + "        1 > 9 INVITE branch=b cseq=2 uri=sip:carol@192.0.2.9\n"
                                   "        9 > 1 180 branch=b cseq=2 to=z\n") ==
          "note redirect-followed 1 2 4 {code: 302, from: 192.0.2.2:5060, by: 192.0.2.1:5060, target: "
          "sip:carol@192.0.2.9}\n");
    CHECK(judged_flow(redirected) == "");
    CHECK(judged_flow(redirected + later("6000")) ==
          "warning redirect-not-followed 1 2 {code: 302, from: 192.0.2.2:5060, by: 192.0.2.1:5060, target: "
          "sip:carol@192.0.2.9}\n");
}

TEST_CASE("a redirection that a proxy carries back is for the caller to follow") {
    const std::string carried = R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        3 > 2 302 branch=b,a to=y | Contact: <sip:carol@192.0.2.9>
        2 > 3 ACK branch=b to=y
        2 > 1 302 to=y | Contact: <sip:carol@192.0.2.9>
        1 > 2 ACK to=y
)";
    CHECK(judged_flow(carried + "        1 > 2 INVITE cseq=2 branch=d uri=sip:carol@192.0.2.9\n") ==
          "note redirect-followed 2 3 7 {code: 302, from: 192.0.2.3:5060, by: 192.0.2.1:5060, target: "
          "sip:carol@192.0.2.9}\n");
    CHECK(judged_flow(carried + later("6000")) ==
          "warning redirect-not-followed 2 3 {code: 302, from: 192.0.2.3:5060, by: 192.0.2.1:5060, target: "
          "sip:carol@192.0.2.9}\n");
}

TEST_CASE("a target that fails is followed by one that answers") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        3 > 2 503 branch=b,a to=y
        2 > 3 ACK branch=b to=y
        2 > 4 INVITE branch=c,a
        4 > 2 200 branch=c,a to=z
        2 > 1 200 to=z
        1 > 2 ACK branch=k to=z
        2 > 4 ACK branch=l,k to=z
    )") == "note next-target-answered 2 3 5 6 {first: 192.0.2.3:5060, said: 503, second: 192.0.2.4:5060}\n");
}

TEST_CASE("Retry-After is kept, or not") {
    const WholeJudgement whole;
    const std::string wait = refused(1, "10", " | Retry-After: 20");
    CHECK(worse_than_notes(judged_flow(wait + refused(2, "8000"))) ==
          "fault unavailable-hop\nfault unavailable-hop\nwarning retry-too-early\n");
    CHECK(worse_than_notes(judged_flow(wait + refused(2, "21000"))) ==
          "fault unavailable-hop\nfault unavailable-hop\n");
}

TEST_CASE("what was on its way when the server refused is no early retry") {
    const auto told = [](const std::string& milliseconds) {
        return judged_flow(
            "        1 > 2 REGISTER call=a\n        2 > 1 503 of=REGISTER call=a to=y | retry-after: 20\n" +
            ("        1 > 2 REGISTER call=b after=" + milliseconds + "\n"));
    };
    CHECK(told("20") == "");
    CHECK(told("1000") ==
          "warning retry-too-early 2 3 {method: REGISTER, by: 192.0.2.1:5060, at: 192.0.2.2:5060, retry: "
          "20, seconds: 1.0}\n");
}

TEST_CASE("requests that rain on a busy server are told once") {
    std::string storm;
    for (int i = 1; i <= 6; ++i) storm += refused(i, "1000");
    const std::string told = judged_flow(storm);
    CHECK(told.find("fault retry-storm 1 4 7 10 13 16 {by: 192.0.2.1:5060, at: 192.0.2.2:5060, count: 6, code: 503, "
                    "seconds: 5.1}\n") != std::string::npos);
    std::string calm;
    for (int i = 1; i <= 6; ++i) calm += refused(i, "4000");
    CHECK(judged_flow(calm).find("retry-storm") == std::string::npos);
}

TEST_CASE("redirections that come back to where they began, and a chain that does not") {
    const auto asked = [](int number, const std::string& user, const std::string& next) {
        const std::string n = std::to_string(number), same = " cseq=" + n + " branch=r" + n;
        return "        1 > 2 INVITE" + same + " user=" + user + "\n        2 > 1 302" + same + " to=y" + n +
               " | Contact: <sip:" + next + "@192.0.2.2>\n        1 > 2 ACK" + same + " to=y" + n + "\n";
    };
    CHECK(judged_flow(asked(1, "bob", "carol") + asked(2, "carol", "bob") + asked(3, "bob", "carol")) ==
          "fault redirect-loop 1 2 4 5 7 8 {by: 192.0.2.1:5060, at: 192.0.2.2:5060, target: sip:bob@192.0.2.2, "
          "count: 3}\n");
    CHECK(worse_than_notes(judged_flow(asked(1, "bob", "carol") + asked(2, "carol", "dave"))) == "");
}

TEST_CASE("a redirection to another transport, to a number, and one that a request has followed in capitals") {
    const auto twice = [](const std::string& first, const std::string& second) {
        return judged_flow("1 > 2 INVITE uri=" + first + "\n2 > 1 302 to=y | Contact: <" + second +
                           ">\n1 > 2 ACK to=y\n1 > 2 INVITE cseq=2 branch=b uri=" + second +
                           "\n2 > 1 302 cseq=2 branch=b to=z | Contact: <sip:carol@192.0.2.9>\n");
    };
    CHECK(twice("sip:bob@192.0.2.2", "sip:bob@192.0.2.2").find("fault redirect-loop 1 2 4 5") != std::string::npos);
    CHECK(worse_than_notes(twice("sip:bob@192.0.2.2", "sip:bob@192.0.2.2;transport=tcp")) == "");
    CHECK(worse_than_notes(twice("tel:+33123456701", "tel:+33123456702")) == "");
    CHECK(twice("sip:bob@a.example.com", "sip:bob@B.example.com").starts_with("note redirect-followed 1 2 4 "));
}

TEST_CASE("a 503 that a proxy carried back says nothing of the proxy") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE call=a
        2 > 3 INVITE call=a branch=b,a
        3 > 2 503 call=a branch=b,a to=y | Retry-After: 20
        2 > 3 ACK call=a branch=b to=y
        2 > 1 503 call=a to=y | Retry-After: 20
        1 > 2 ACK call=a to=y
        1 > 2 INVITE call=b branch=d after=3000
        2 > 4 INVITE call=b branch=e,d
        4 > 2 200 call=b branch=e,d to=z
    )") == "");
}

TEST_CASE("a storm is told with those requests that belong to it, and not of a server that takes most of them") {
    std::string storm, most;
    for (int i = 1; i <= 5; ++i) {
        storm += refused(i, "1000");
        most += refused(i, "1000") + "        1 > 2 INVITE call=t" + std::to_string(i) + "\n        2 > 1 180 call=t" +
                std::to_string(i) + " to=z\n";
    }
    CHECK(judged_flow(storm + refused(6, "3600000"))
              .find("retry-storm 1 4 7 10 13 {by: 192.0.2.1:5060, at: 192.0.2.2:5060, count: 5, code: 503, seconds: "
                    "4.1}\n") != std::string::npos);
    CHECK(judged_flow(most).find("retry-storm") == std::string::npos);
}

TEST_CASE("one request that is made again and again at once, and many of different users") {
    const auto asked = [](const std::string& caller, const std::string& status, const std::string& pause) {
        std::string all;
        for (int i = 1; i <= 22; ++i) {
            const std::string same =
                " call=s" + std::to_string(i) + " branch=s" + std::to_string(i) + " from=t" + std::to_string(i);
            all += "1 > 2 SUBSCRIBE" + same + " after=" + pause +
                   " caller=" + (caller.empty() ? "user" + std::to_string(i) : caller) + "\n2 > 1 " + status +
                   " of=SUBSCRIBE" + same + " to=y\n";
        }
        return all;
    };
    CHECK(judged_flow(asked("alice", "500", "100")).find("fault retry-storm 1 3 5 ") != std::string::npos);
    CHECK(judged_flow(asked("alice", "500", "100")).find("count: 22, code: 500, ") != std::string::npos);
    CHECK(judged_flow(asked("alice", "401", "100")).find("code: 401, ") != std::string::npos);
    CHECK(judged_flow(asked("", "500", "100")).find("retry-storm") == std::string::npos);
    CHECK(judged_flow(asked("alice", "500", "3000")).find("retry-storm") == std::string::npos);
    CHECK(judged_flow(asked("alice", "404", "100")).find("retry-storm") == std::string::npos);
}
