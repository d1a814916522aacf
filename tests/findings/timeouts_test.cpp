// Nobody answers in time: which hop says so, and which is silent.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "simulator/drawing.h"

using namespace sipdex::test;

namespace {

const std::string through_proxy = R"(
        1 > 2 INVITE
        2 > 1 100
        2 > 3 INVITE branch=b,a
        2 > 3 INVITE branch=b,a after=500
        2 > 3 INVITE branch=b,a after=1000
)";
const std::string later = R"(
        1 > 4 OPTIONS call=two branch=o after=200000
        4 > 1 200 of=OPTIONS call=two branch=o to=z
)";

}  // namespace

TEST_CASE("a hop that refuses for a silent one is named, and so is the silent one") {
    CHECK(judged_flow(through_proxy + R"(
        2 > 1 408 to=p after=30000
        1 > 2 ACK to=p
    )") ==
          "fault timeout-silent-hop 1 3 4 5 6 {method: INVITE, code: 408, hop: 192.0.2.2:5060, silent: 192.0.2.3:5060, "
          "count: 3, seconds: 31.5}\n");
    // Its answer came: it refused itself.
    CHECK(worse_than_notes(judged_flow(through_proxy + R"(
        3 > 2 486 branch=b,a to=y
        2 > 3 ACK branch=b to=y
        2 > 1 486 to=y
        1 > 2 ACK to=y
    )")) == "warning request-repeated\n");
}

TEST_CASE("what lies behind the last hop is said to lie there") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 1 100
        2 > 1 504 to=p after=8000
        1 > 2 ACK to=p
    )") == "fault timeout-behind-hop 1 3 {method: INVITE, code: 504, hop: 192.0.2.2:5060, seconds: 8.0}\n");
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 1 503 to=p | Retry-After: 120
        1 > 2 ACK to=p
    )") == "fault unavailable-hop 1 2 {method: INVITE, hop: 192.0.2.2:5060, retry: 120}\n");
}

TEST_CASE("a request that proxies carry on is unanswered at the last of them only") {
    CHECK(worse_than_notes(judged_flow(R"(
        1 > 2 OPTIONS
        2 > 3 OPTIONS branch=b,a
    )" + later)) == "fault request-unanswered\n");
    CHECK(judged_exchange(exchange_named("408-nobody-answers")).starts_with("fault timeout-silent-hop"));
}

TEST_CASE("ringing that nothing ends, and ringing that a server ends") {
    const std::string ringing = R"(
        1 > 2 INVITE
        2 > 1 180 to=y
    )";
    CHECK(judged_flow(ringing) == "");
    CHECK(worse_than_notes(judged_flow(ringing + later)) == "warning ringing-without-end\n");
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        3 > 2 180 branch=b,a to=y
        2 > 1 180 to=y
        2 > 3 CANCEL branch=b after=20000
        3 > 2 200 of=CANCEL branch=b to=y
        3 > 2 487 branch=b,a to=y
        2 > 3 ACK branch=b to=y
        2 > 1 480 to=p
        1 > 2 ACK to=p
    )") == "note nobody-picked-up 2 3 5 9 {code: 480, hop: 192.0.2.2:5060, at: 192.0.2.3:5060, seconds: 20.0}\n");
}

TEST_CASE("a back-to-back user agent gave up ringing, whatever code it then chose") {
    const std::string rang = R"(
        1 > 2 INVITE call=one | Session-ID: 0123456789abcdef0123456789abcdef
        2 > 1 180 call=one to=y
        2 > 3 INVITE call=two branch=b from=p | Session-ID: 0123456789abcdef0123456789abcdef
        3 > 2 180 call=two branch=b from=p to=z
        2 > 3 CANCEL call=two branch=b from=p after=6000
        3 > 2 200 of=CANCEL call=two branch=b from=p to=z
        3 > 2 487 call=two branch=b from=p to=z
        2 > 3 ACK call=two branch=b from=p to=z
    )";
    CHECK(judged_flow(rang + "2 > 1 603 call=one to=y\n1 > 2 ACK call=one to=y\n") ==
          "note nobody-picked-up 3 4 5 9 {code: 603, hop: 192.0.2.2:5060, at: 192.0.2.3:5060, seconds: 6.0}\n");
    // Another phone had declined.
    CHECK(judged_flow(rang + R"(
        2 > 4 INVITE call=six branch=c from=q | Session-ID: 0123456789abcdef0123456789abcdef
        4 > 2 603 call=six branch=c from=q to=w
        2 > 4 ACK call=six branch=c from=q to=w
        2 > 1 603 call=one to=y
        1 > 2 ACK call=one to=y
    )") == "");
}

TEST_CASE("100 Trying stops repetitions") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        1 > 2 INVITE after=500
        2 > 1 100
        2 > 1 180 to=y after=4000
    )") == "note trying-stops-repeats 1 3 4 {at: 192.0.2.2:5060, count: 2, seconds: 4.0}\n");
}

TEST_CASE("an ACK that a proxy does not carry on is told where it stopped") {
    const std::string answered = R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
        3 > 2 200 branch=b,a to=y
        2 > 1 200 to=y
        1 > 2 ACK branch=k to=y uri=sip:bob@192.0.2.3
    )";
    const std::string again = "        3 > 2 200 branch=b,a to=y after=1000\n        2 > 1 200 to=y\n";
    CHECK(worse_than_notes(judged_flow(answered + again + again)) == "fault ack-stopped\n");
    const std::string carried_on = "        2 > 3 ACK branch=l,k to=y uri=sip:bob@192.0.2.3\n";
    CHECK(worse_than_notes(judged_flow(answered + carried_on + again + again)) == "fault ack-lost\n");
    CHECK(worse_than_notes(judged_flow(answered + carried_on)) == "");
}

TEST_CASE("whoever hangs up at once was not kept waiting by a silent hop") {
    const auto given_up = [](const std::string& milliseconds) {
        return worse_than_notes(
            judged_flow("1 > 2 INVITE\n2 > 1 100\n2 > 3 INVITE branch=b,a\n2 > 3 INVITE branch=b,a after=500\n"
                        "1 > 2 CANCEL after=" +
                        milliseconds + "\n2 > 1 200 of=CANCEL to=p\n2 > 1 487 to=p\n1 > 2 ACK to=p\n"));
    };
    CHECK(given_up("1000") == "");
    CHECK(given_up("15000") == "fault timeout-silent-hop\n");
}

TEST_CASE("a refusal after which the next server or the next attempt takes the call breaks nothing") {
    const std::string refused = "1 > 2 INVITE\n2 > 1 503 to=p | Retry-After: 5\n1 > 2 ACK to=p\n";
    CHECK(judged_flow(refused + "1 > 3 INVITE branch=b\n3 > 1 200 branch=b to=y\n") == "");
    CHECK(judged_flow(refused + "1 > 2 INVITE cseq=2 branch=b after=6000\n2 > 1 200 cseq=2 branch=b to=y\n") == "");
    CHECK(worse_than_notes(
              judged_flow(refused + "1 > 2 INVITE cseq=2 branch=b after=60000\n2 > 1 200 cseq=2 branch=b to=y\n")) ==
          "fault unavailable-hop\n");
}

TEST_CASE("ringing whose answer was not captured was answered where it was acknowledged") {
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 180 to=y\n1 > 2 ACK to=y branch=k\n" + later) == "");
}

TEST_CASE("100 Trying is given the sendings before it") {
    const std::string again = "1 > 2 INVITE after=500\n", trying = "2 > 1 100\n", rings = "2 > 1 180 to=y after=4000\n";
    CHECK(judged_flow("1 > 2 INVITE\n" + trying + again + rings) == "");
    CHECK(judged_flow("1 > 2 INVITE\n" + again + trying + again + rings) ==
          "note trying-stops-repeats 1 3 5 {at: 192.0.2.2:5060, count: 2, seconds: 4.5}\n");
}

TEST_CASE("a hop whose refusal was acknowledged was not silent, and a call that was hung up does not ring on") {
    const std::string asked = "1 > 2 INVITE\n2 > 1 100\n2 > 3 INVITE branch=b,a\n",
                      end = "2 > 1 480 to=p after=9000\n1 > 2 ACK to=p\n";
    CHECK(worse_than_notes(judged_flow(asked + end)) == "fault timeout-silent-hop\n");
    CHECK(judged_flow(asked + "2 > 3 ACK branch=b,a to=y\n" + end) == "");
    CHECK(judged_flow(
              "1 > 2 INVITE\n2 > 1 180 to=y\n1 > 2 BYE cseq=2 branch=b to=y\n2 > 1 200 of=BYE cseq=2 branch=b to=y\n" +
              later) == "");
}

TEST_CASE("who did not answer behind a back-to-back user agent is told in its other call") {
    const auto leg = [](const std::string& more) {
        return worse_than_notes(
            judged_flow("1 > 2 INVITE\n2 > 1 100\n" + more + "2 > 1 408 to=p after=9000\n1 > 2 ACK to=p\n"));
    };
    CHECK(leg("") == "fault timeout-behind-hop\n");
    CHECK(leg("2 > 3 INVITE call=two branch=b from=w\n2 > 3 INVITE call=two branch=b from=w\n"
              "2 > 3 INVITE call=two branch=b from=w\n") == "fault request-unanswered\n");
}
