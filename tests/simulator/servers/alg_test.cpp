// What an application layer gateway does to the session descriptions that pass it (RFC 3665 3.5).
#include <doctest/doctest.h>

#include <string>

#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// Alice calls Bob by way of an ALG. Further options of her call, and what follows.
recording::Recording bridged(const std::string& call, const std::string& rest = {}) {
    return simulator::run(exchange_from(alice_and_bob(R"(
        answers = [{ after = "50ms", status = 200 }]
        [[party]]
        id = "alg"
        kind = "alg"
        name = "ALG"
        address = "192.0.2.128"
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        outbound_proxy = "sip:192.0.2.128;lr"
        hang_up_after = "20s"
    )") + call + "\n" + rest));
}

// "INVITE alice -> alg 192.0.2.1:49170": where each description says that its stream is awaited.
std::string streams(const recording::Recording& recording) {
    std::string text;
    for (const auto& sent : recording.messages) {
        const std::string& body = sent.message.body;
        if (body.empty()) continue;
        const auto word = [&](const std::string& before) {
            const auto begin = body.find(before) + before.size();
            return body.substr(begin, body.find_first_of(" \r", begin) - begin);
        };
        text += (sent.message.is_request() ? sent.message.method : std::to_string(sent.message.status)) + " " +
                recording.actors[sent.from].id + " -> " + recording.actors[sent.to].id + " " + word("c=IN IP4 ") + ":" +
                word("m=audio ") + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("an ALG has the media of both sides pass through itself, and the same stream through the same port") {
    const auto recording = bridged("", "[[action]]\nat = \"5s\"\nparty = \"alice\"\ndoes = \"hold\"\n");
    CHECK(streams(recording) ==
          "INVITE alice -> alg 192.0.2.1:49170\n"
          "INVITE alg -> bob 192.0.2.128:2000\n"
          "200 bob -> alg 192.0.2.2:49170\n"
          "200 alg -> alice 192.0.2.128:2002\n"
          "INVITE alice -> alg 192.0.2.1:49170\n"
          "INVITE alg -> bob 192.0.2.128:2000\n"
          "200 bob -> alg 192.0.2.2:49170\n"
          "200 alg -> alice 192.0.2.128:2002\n");
    CHECK(recording.decisions.size() == 2);
    CHECK(recording.decisions.front().details == std::vector<std::string>{"192.0.2.1:49170", "192.0.2.128:2000"});
}

TEST_CASE("an ALG bridges an answer in the ACK, and opens a port for a stream that has moved") {
    CHECK(streams(bridged("delayed_offer = true",
                          "[[action]]\nat = \"5s\"\nparty = \"bob\"\ndoes = \"move\"\naddress = \"192.0.2.3\"\n")) ==
          "200 bob -> alg 192.0.2.2:49170\n"
          "200 alg -> alice 192.0.2.128:2000\n"
          "ACK alice -> alg 192.0.2.1:49170\n"
          "ACK alg -> bob 192.0.2.128:2002\n"
          "INVITE bob -> alg 192.0.2.3:49170\n"
          "INVITE alg -> alice 192.0.2.128:2004\n"
          "200 alice -> alg 192.0.2.1:49170\n"
          "200 alg -> bob 192.0.2.128:2002\n");
}

TEST_CASE("a stream that is refused stays refused behind an ALG") {
    const auto recording = bridged("delayed_offer = true\noffer = [\"G729\"]");
    CHECK(streams(recording) ==
          "200 bob -> alg 192.0.2.2:49170\n"
          "200 alg -> alice 192.0.2.128:2000\n"
          "ACK alice -> alg 192.0.2.1:0\n"
          "ACK alg -> bob 192.0.2.128:0\n");
}

TEST_CASE("an ALG of IPv6 writes its address as IPv6 has it") {
    const auto recording = simulator::run(exchange_from(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "[2001:db8::1]"
        uri = "sip:alice@example.com"
        [[party]]
        id = "alg"
        kind = "alg"
        name = "ALG"
        address = "[2001:db8::128]"
        media_port = 30000
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "[2001:db8::2]"
        uri = "sip:bob@example.com"
        answers = [{ after = "50ms", status = 200 }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@[2001:db8::2]"
        outbound_proxy = "sip:[2001:db8::128];lr"
        hang_up_after = "5s"
    )"));
    const std::string& offer = recording.messages[1].message.method == "INVITE" ? recording.messages[1].message.body
                                                                                : recording.messages[2].message.body;
    CHECK(offer.find("c=IN IP6 2001:db8::128\r\n") != std::string::npos);
    CHECK(offer.find("m=audio 30000 RTP/AVP") != std::string::npos);
    CHECK(recording.decisions.front().details ==
          std::vector<std::string>{"[2001:db8::1]:49170", "[2001:db8::128]:30000"});
}
