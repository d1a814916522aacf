// Where requests go: in a circle, too far, past a proxy.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

const std::string first_hops = R"(
        1 > 2 INVITE
        2 > 3 INVITE branch=b,a
)";
// Through a proxy that records its route; `end` is the ACK's own way.
std::string recorded(const std::string& end) {
    const std::string record = " | Record-Route: <sip:192.0.2.2;lr> | Contact: <sip:bob@192.0.2.3>\n";
    return "        1 > 2 INVITE\n        2 > 3 INVITE branch=b,a" + record + "        3 > 2 200 branch=b,a to=y" +
           record + "        2 > 1 200 to=y" + record + end;
}

}  // namespace

TEST_CASE("the same request at the same server is a loop, with another address a spiral") {
    CHECK(judged_flow(first_hops + "        3 > 2 INVITE branch=c,b,a\n        2 > 3 482 branch=c,b,a to=z\n") ==
          "fault loop 1 3 {party: 192.0.2.2:5060, uri: sip:bob@192.0.2.2, times: 2}\n");
    CHECK(judged_flow(first_hops + "        3 > 2 INVITE branch=c,b,a uri=sip:carol@192.0.2.2\n"
                                   "        2 > 3 180 branch=c,b,a to=z\n") ==
          "note spiral 1 3 {party: 192.0.2.2:5060, first: sip:bob@192.0.2.2, second: sip:carol@192.0.2.2}\n");
    CHECK(judged_exchange(exchange_named("482-forwarding-loop")).starts_with("fault loop 1 5 "));
    CHECK(worse_than_notes(judged_exchange(exchange_named("482-merged-request"))) == "");
}

TEST_CASE("483 tells a loop from a Max-Forwards that was too low") {
    const auto refused = [](const std::string& hops) {
        return judged_flow("        1 > 2 INVITE | Max-Forwards: " + hops +
                           "\n        2 > 1 483 to=p\n        1 > 2 ACK to=p\n");
    };
    CHECK(refused("5") ==
          "fault max-forwards-low 1 2 {by: 192.0.2.1:5060, method: INVITE, start: 5, at: 192.0.2.2:5060}\n");
    CHECK(judged_flow("1 > 2 OPTIONS | Max-Forwards: 0\n2 > 1 483 of=OPTIONS\n") == "");
    CHECK(refused("70") == "fault hops-exhausted 1 2 {at: 192.0.2.2:5060, method: INVITE, start: 70}\n");
    CHECK(judged_exchange(exchange_named("483-misrouted")).starts_with("fault loop "));
}

TEST_CASE("a request that leaves out a recorded route is told, one that follows it is not") {
    CHECK(judged_flow(recorded("        1 > 3 ACK branch=k to=y\n")) ==
          "warning route-set-ignored 5 {method: ACK, by: 192.0.2.1:5060, to: 192.0.2.3:5060, route: "
          "sip:192.0.2.2;lr}\n");
    CHECK(judged_flow(recorded("        1 > 2 ACK branch=k to=y | Route: <sip:192.0.2.2;lr>\n"
                               "        2 > 3 ACK branch=l,k to=y\n")) == "");
}

TEST_CASE("a circle that the capture does not show is told by who found it, once and not where it is shown") {
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 482 to=z\n1 > 2 ACK to=z\n") ==
          "fault loop-refused 1 2 {at: 192.0.2.2:5060, method: INVITE}\n");
    CHECK(judged_flow(first_hops + "        3 > 2 INVITE branch=c,b,a\n        2 > 3 482 branch=c,b,a to=z\n"
                                   "        3 > 2 482 branch=b,a to=z\n        2 > 1 482 to=z\n")
              .find("loop-refused") == std::string::npos);
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 486 to=z\n1 > 2 ACK to=z\n") == "");
}

TEST_CASE("where a log tells no addresses, a proxy that keeps the URI is no circle") {
    const TemporaryFolder folder;
    const std::string via = "Via: SIP/2.0/TCP proxy.example.com;branch=z9hG4bK2\n",
                      own = "Via: SIP/2.0/TCP pc.example.com;branch=z9hG4bK1\n",
                      rest =
                          "From: <sip:user1@example.com>;tag=1\nTo: <sip:user2@example.com>\nCall-ID: 1\n"
                          "CSeq: 1 MESSAGE\nMax-Forwards: 70\n\n",
                      line = "MESSAGE sip:user2@example.com SIP/2.0\n";
    CHECK(worse_than_notes(judged_file(folder.write("two.log", line + own + rest + line + via + own + rest))) == "");
}

TEST_CASE("a circle is seen though the request came into it with another address") {
    CHECK(judged_flow(
              "1 > 2 INVITE uri=sip:bob@example.com\n2 > 3 INVITE branch=b,a uri=sip:bob@192.0.2.3\n"
              "3 > 2 INVITE branch=c,b,a uri=sip:bob@192.0.2.2\n2 > 3 INVITE branch=d,c,b,a uri=sip:bob@192.0.2.3\n"
              "3 > 2 INVITE branch=e,d,c,b,a uri=sip:bob@192.0.2.2\n") ==
          "fault loop 2 4 {party: 192.0.2.3:5060, uri: sip:bob@192.0.2.3, times: 2}\n");
}

TEST_CASE("an application server that gives the request back by its Route is no circle") {
    const auto back = [](const std::string& route) {
        return judged_flow(
            "1 > 2 INVITE | Route: <sip:192.0.2.2;lr>\n2 > 3 INVITE branch=b,a\n3 > 2 INVITE branch=c,b,a | Route: " +
            route + "\n2 > 4 INVITE branch=d,c,b,a\n");
    };
    CHECK(back("<sip:odi1@192.0.2.2;lr>") == "");
    CHECK(worse_than_notes(back("<sip:192.0.2.2;lr>")) == "fault loop\n");
}

TEST_CASE("all ways on which a call comes to the same phone are told at once") {
    CHECK(judged_flow("1 > 2 INVITE\n2 > 3 INVITE branch=b,a\n2 > 4 INVITE branch=c,a\n2 > 5 INVITE branch=d,a\n"
                      "3 > 9 INVITE branch=e,b,a\n4 > 9 INVITE branch=f,c,a\n5 > 9 INVITE branch=g,d,a\n"
                      "9 > 4 482 branch=f,c,a to=q\n9 > 5 482 branch=g,d,a to=q\n") ==
          "note merged-request 5 6 7 8 9 {at: 192.0.2.9:5060, count: 3}\n");
}

TEST_CASE("hops that ran out on one way only, while another was answered, break nothing") {
    const auto forked = [](const std::string& other) {
        return worse_than_notes(
            judged_flow("1 > 2 INVITE | Max-Forwards: 70\n"
                        "2 > 3 INVITE branch=b,a via=192.0.2.2,192.0.2.1 | Max-Forwards: 69\n"
                        "2 > 4 INVITE branch=c,a via=192.0.2.2,192.0.2.1 | Max-Forwards: 69\n"
                        "3 > 2 483 branch=b,a via=192.0.2.2,192.0.2.1 to=y\n4 > 2 " +
                        other + " branch=c,a via=192.0.2.2,192.0.2.1 to=z\n"));
    };
    CHECK(forked("200") == "");
    CHECK(forked("486") == "fault hops-exhausted\n");
}

TEST_CASE("who began with too few hops stands in the lowest Via, where its own hop was not captured") {
    CHECK(judged_flow("2 > 3 INVITE branch=b,a via=192.0.2.2:5060,192.0.2.1:5060 | Max-Forwards: 0\n"
                      "3 > 2 483 branch=b,a via=192.0.2.2:5060,192.0.2.1:5060 to=y\n") ==
          "fault max-forwards-low 1 2 {by: 192.0.2.1:5060, method: INVITE, start: 1, at: 192.0.2.3:5060}\n");
}

TEST_CASE("a request without Route that passes the only recorded server all the same leaves out nobody") {
    CHECK(judged_flow(recorded("        1 > 2 ACK branch=k to=y uri=sip:bob@192.0.2.3\n")) == "");
    CHECK(worse_than_notes(judged_flow(recorded("        1 > 4 ACK branch=k to=y uri=sip:bob@192.0.2.3\n"))) ==
          "warning route-set-ignored\n");
}

TEST_CASE("a server with two legs records both, and is passed where either is") {
    const std::string record = " | Record-Route: <sip:192.0.2.2;lr;r2=on>, <sip:192.0.2.2:5080;lr;r2=on>\n";
    const auto end = [&](const std::string& ack) {
        return worse_than_notes(judged_flow("1 > 2 INVITE\n2 > 3 INVITE branch=b,a" + record +
                                            "3 > 2 200 branch=b,a to=y" + record + "2 > 1 200 to=y" + record + ack));
    };
    CHECK(end("1 > 2 ACK branch=k to=y\n") == "");
    CHECK(end("1 > 3 ACK branch=k to=y\n") == "warning route-set-ignored\n");
}
