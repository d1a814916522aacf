// What is sent again, never answered or never acknowledged.
#include <doctest/doctest.h>

#include "calls/flow.h"
#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

TEST_CASE("a request that nobody answers") {
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        1 > 2 INVITE after=500
        1 > 2 INVITE after=1000
    )") == "fault request-unanswered 1 2 3 {method: INVITE, to: 192.0.2.2:5060, count: 3, seconds: 1.5}\n");
    CHECK(judged_flow("1 > 2 INVITE\n1 > 2 INVITE after=500\n") == "");
}

TEST_CASE("nothing is missed of an answer that came when messages were no longer kept") {
    Flow all = flow("1 > 2 OPTIONS");
    capture::Summary& summary = all.captured.files.front().summary;
    summary.last = all.captured.messages.back().time + std::chrono::hours(1);
    CHECK(judged(all.captured, all.calls).starts_with("fault request-unanswered 1 "));
    summary.problems.push_back({.kind = capture::Problem::Kind::limit_kept_octets});
    CHECK(judged(all.captured, all.calls) == "");
}

TEST_CASE("of very many calls, which several processors look at, findings stand in the order of the calls") {
    constexpr int calls = 300;
    std::string flow, found;
    for (int call = 0; call < calls; ++call) {
        const std::string id = std::to_string(call), first = std::to_string(3 * call + 1),
                          second = std::to_string(3 * call + 2), third = std::to_string(3 * call + 3);
        for (const char* after : {"1", "500", "1000"})
            flow += "1 > 2 INVITE call=call" + id + " branch=branch" + id + " after=" + after + "\n";
        found += "fault request-unanswered " + first + " " + second + " " + third +
                 " {method: INVITE, to: 192.0.2.2:5060, count: 3, seconds: 1.5}\n";
    }
    CHECK(judged_flow(flow) == found);
}

TEST_CASE("a request that is answered late") {
    CHECK(judged_flow(R"(
        1 > 2 OPTIONS
        1 > 2 OPTIONS after=500
        1 > 2 OPTIONS after=1000
        1 > 2 OPTIONS after=2000
        2 > 1 200 of=OPTIONS to=y
    )") == "warning request-repeated 1 2 3 4 {method: OPTIONS, to: 192.0.2.2:5060, count: 3}\n");
}

TEST_CASE("an answer that does not arrive at whoever asks") {
    const WholeJudgement whole;
    // It gets to the server, and nothing gets back: neither 100 nor 200, nor could an ACK be sent.
    const std::string unheard = judged_flow(R"(
        1 > 2 INVITE
        2 > 1 100
        1 > 2 INVITE after=500
        2 > 1 100
        2 > 1 200 to=y
        1 > 2 INVITE after=1000
        2 > 1 200 to=y after=100
        2 > 1 200 to=y after=1000
        1 > 2 INVITE after=900
        2 > 1 200 to=y after=1000
        2 > 1 200 to=y after=4000
        1 > 2 INVITE after=1000
    )");
    CHECK(unheard.find("fault answer-unheard 1 2 3 6 9 12 {method: INVITE, code: 100, count: 4, from: 192.0.2.2:5060, "
                       "to: 192.0.2.1:5060}\n") != std::string::npos);
    CHECK(unheard.find("ack-missing") == std::string::npos);
    // The first repetition crosses the answer.
    CHECK(judged_flow("1 > 2 OPTIONS\n2 > 1 200 of=OPTIONS to=y after=490\n1 > 2 OPTIONS after=10\n") == "");
    // RFC 3261 17.1.2.2: 100 makes nobody stop repeating but INVITE.
    CHECK(judged_flow(R"(
        1 > 2 OPTIONS
        2 > 1 100 of=OPTIONS
        1 > 2 OPTIONS after=4000
        1 > 2 OPTIONS after=4000
        2 > 1 200 of=OPTIONS to=y
    )")
              .find("answer-unheard") == std::string::npos);
}

TEST_CASE("an answer whose ACK goes astray, or was never sent") {
    const WholeJudgement whole;
    const std::string answered = R"(
        1 > 2 INVITE
        2 > 1 200 to=y | Contact: <sip:bob@10.0.0.5>
    )";
    CHECK(judged_flow(answered + R"(
        1 > 3 ACK to=y branch=b uri=sip:bob@10.0.0.5
        2 > 1 200 to=y after=500 | Contact: <sip:bob@10.0.0.5>
        2 > 1 200 to=y after=1000 | Contact: <sip:bob@10.0.0.5>
    )") == "fault contact-private-unreached 2 3 {contact: 10.0.0.5, from: 192.0.2.2:5060, method: ACK}\n");
    CHECK(judged_flow(R"(
        1 > 2 INVITE
        2 > 1 200 to=y | Contact: <sip:bob@192.0.2.3>
        1 > 3 ACK to=y branch=b uri=sip:bob@192.0.2.3
        2 > 1 200 to=y after=500 | Contact: <sip:bob@192.0.2.3>
        2 > 1 200 to=y after=1000 | Contact: <sip:bob@192.0.2.3>
    )") == "fault ack-lost 2 3 4 5 {count: 2, uri: sip:bob@192.0.2.3, to: 192.0.2.3:5060, from: 192.0.2.2:5060}\n");
    CHECK(
        judged_flow(answered + R"(
        2 > 1 200 to=y after=500 | Contact: <sip:bob@10.0.0.5>
        2 > 1 200 to=y after=1000 | Contact: <sip:bob@10.0.0.5>
    )")
            .starts_with("fault ack-missing 2 3 4 {code: 200, count: 2, from: 192.0.2.2:5060, to: 192.0.2.1:5060}\n"));
    CHECK(judged_flow(answered + "1 > 2 ACK to=y branch=b\n") == "");
}

TEST_CASE("a refusal that is never acknowledged, and one that is") {
    const std::string refused = R"(
        1 > 2 INVITE
        2 > 1 486 to=y
        2 > 1 486 to=y after=500
        2 > 1 486 to=y after=1000
    )";
    CHECK(judged_flow(refused) ==
          "warning failure-ack-missing 2 3 4 {code: 486, count: 2, from: 192.0.2.2:5060, to: 192.0.2.1:5060}\n");
    CHECK(judged_flow(refused + "        1 > 2 ACK to=y\n") == "");
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 486 to=y\n2 > 1 486 to=y after=500\n") == "");  // it may be on its way
}

TEST_CASE("no answer is missed where answers were not captured, or the request got through elsewhere") {
    const std::string much_later = "        1 > 9 OPTIONS call=two branch=o after=40000\n";
    const auto unanswered = [](const std::string& told) { return told.find("request-unanswered") != told.npos; };
    // The ACK tells that the INVITE was answered, and that answers are not seen here.
    CHECK(!unanswered(
        judged_flow("1 > 2 INVITE\n1 > 2 ACK to=y branch=k\n1 > 2 BYE to=y branch=z cseq=2\n" + much_later)));
    CHECK(unanswered(judged_flow("1 > 2 INVITE\n" + much_later)));
    // RFC 3261 9.2: a CANCEL that ends the INVITE has arrived.
    const std::string given_up = "1 > 2 INVITE\n2 > 1 180 to=y\n1 > 2 CANCEL\n";
    CHECK(!unanswered(judged_flow(given_up + "2 > 1 487 to=y\n1 > 2 ACK to=y\n" + much_later)));
    CHECK(unanswered(judged_flow(given_up + much_later)));
    // RFC 3263 4.3: the next server.
    const std::string silent = "1 > 2 INVITE\n1 > 2 INVITE after=500\n1 > 2 INVITE after=1000\n1 > 3 INVITE branch=b\n";
    CHECK(!unanswered(judged_flow(silent + "3 > 1 200 branch=b to=y\n")));
    CHECK(unanswered(judged_flow(silent + "3 > 1 486 branch=b to=y\n")));
}

TEST_CASE("of several answers to one INVITE each needs its own ACK") {
    const std::string two = "1 > 2 INVITE\n2 > 1 200 to=y\n1 > 2 ACK to=y branch=k\n2 > 1 200 to=z\n",
                      again = "2 > 1 200 to=z after=500\n2 > 1 200 to=z after=1000\n";
    CHECK(judged_flow(two + again) ==
          "fault ack-missing 4 5 6 {code: 200, count: 2, from: 192.0.2.2:5060, to: 192.0.2.1:5060}\n");
    CHECK(judged_flow(two + "1 > 2 ACK to=z branch=l\n") == "");
}

TEST_CASE("an ACK that came at the third attempt is not lost, one that never came is") {
    const std::string sent = "2 > 1 200 to=y after=1000\n1 > 2 ACK to=y branch=k\n",
                      call = "1 > 2 INVITE\n" + sent + sent + sent,
                      bye = "1 > 2 BYE to=y branch=z cseq=2 after=20000\n2 > 1 200 of=BYE to=y branch=z cseq=2\n";
    CHECK(judged_flow(call + bye) == "");
    CHECK(judged_flow(call + sent + sent + bye).starts_with("fault ack-lost 2 3 4 6 8 10 {count: 4, "));
}
