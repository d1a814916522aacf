// Registration, flows, subscriptions and messages: what the exchanges of the repository do not show.
#include <doctest/doctest.h>

#include <string>

#include "simulator/drawing.h"
#include "simulator/read_exchange.h"
#include "simulator/servers/compositor.h"
#include "simulator/session/security_agreement.h"
#include "sip/name_addr.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string decisions_of(const recording::Recording& recording) {
    std::string text;
    for (const auto& decision : recording.decisions) {
        text += recording.actors[decision.actor].id + " " + decision.id;
        for (const std::string& detail : decision.details) text += " " + detail;
        text += "\n";
    }
    return text;
}

// What a party received, in order.
std::string received_by(const recording::Recording& recording, const std::string& party) {
    std::string text;
    for (const auto& sent : recording.messages)
        if (sent.received && recording.actors[sent.to].id == party) text += sip::label_of(sent.message) + "\n";
    return text;
}

// Alice calls Bob, who registered over two flows; `answers` is what Bob's phone does.
simulator::Exchange two_flows(const std::string& answers, const std::string& rest = "") {
    return exchange_from(picture(R"(
        [[party]]
        id = "alice"
        kind = "softphone"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "home"
        kind = "home-server"
        name = "example.com"
        address = "192.0.2.30"
        domain = "example.com"
        users = ["bob"]
        [[party]]
        id = "edge1"
        kind = "edge-proxy"
        name = "edge1"
        address = "203.0.113.11"
        host = "edge1.example.com"
        [[party]]
        id = "edge2"
        kind = "edge-proxy"
        name = "edge2"
        address = "203.0.113.12"
        host = "edge2.example.com"
        [[party]]
        id = "bob"
        kind = "softphone"
        name = "Bob"
        address = "198.51.100.20"
        uri = "sip:bob@example.com"
    )") + "answers = [" + answers +
                         "]\n" + picture(R"(
        [[action]]
        party = "bob"
        does = "register"
        registrar = "sip:example.com"
        through = ["sip:edge1.example.com;lr", "sip:edge2.example.com;lr"]
        outbound = true
        [names]
        "example.com" = ["home"]
    )") + picture(rest));
}

const char* const call = R"(
    [[action]]
    at = "10s"
    party = "alice"
    does = "call"
    to = "sip:bob@example.com"
)";

// A subscription at a server whose messages are lost as `rest` says.
simulator::Exchange watching(const std::string& rest) {
    return exchange_from(picture(R"(
        [[party]]
        id = "alice"
        kind = "watcher"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "presence"
        kind = "presence-server"
        name = "presence"
        address = "192.0.2.50"
        domain = "example.com"
        users = ["bob"]
        [[action]]
        party = "alice"
        does = "subscribe"
        to = "sip:bob@example.com"
        expires = 120
        [names]
        "example.com" = ["presence"]
    )") + picture(rest));
}

// Bob's phone registers, as `how` says, at a registrar with the options `what`.
simulator::Exchange registering(const std::string& how, const std::string& what = "") {
    return exchange_from(picture(R"(
        [[party]]
        id = "bob"
        kind = "softphone"
        name = "Bob"
        address = "198.51.100.20"
        uri = "sip:bob@example.com"
        [[party]]
        id = "registrar"
        kind = "registrar"
        name = "example.com"
        address = "192.0.2.30"
        domain = "example.com"
    )") + what + picture(R"(

        [[action]]
        party = "bob"
        does = "register"
        registrar = "sip:example.com"
    )") + how + picture(R"(

        [names]
        "example.com" = ["registrar"]
    )"));
}

sip::Message publish(const std::string& condition, const std::string& body, const std::string& expires) {
    sip::Message request;
    request.method = "PUBLISH";
    if (!condition.empty()) request.add("SIP-If-Match", condition);
    request.add("Expires", expires);
    if (!body.empty()) request.add("Content-Type", "text/plain");
    request.body = body;
    return request;
}

}  // namespace

TEST_CASE("an instance that has answered is not asked again over its other flow") {
    const auto recording = simulator::run(two_flows(R"({ after = "1s", status = 486, phrase = "Busy Here" })", call));
    CHECK(received_by(recording, "alice") == "100 Trying\n486 Busy Here\n");
    CHECK(received_by(recording, "edge2").find("INVITE") == std::string::npos);
}

TEST_CASE("when every flow is gone the caller gets 480 and never the 430, and the bindings are dropped") {
    const auto recording = simulator::run(two_flows("", std::string(call) + R"(
    [[action]]
    at = "5s"
    party = "edge1"
    does = "restart"
    [[action]]
    at = "5s"
    party = "edge2"
    does = "restart"
    [[action]]
    at = "20s"
    party = "alice"
    does = "call"
    to = "sip:bob@example.com"
    )"));
    CHECK(received_by(recording, "alice") == "100 Trying\n480 Temporarily Unavailable\n480 Temporarily Unavailable\n");
}

TEST_CASE("a CANCEL follows its INVITE through the home server and over the flow") {
    const auto recording = simulator::run(
        two_flows(R"({ after = "100ms", status = 180 })", std::string(call) + "    cancel_after = \"2s\"\n"));
    CHECK(received_by(recording, "alice") == "100 Trying\n180 Ringing\n200 OK\n487 Request Terminated\n");
    CHECK(received_by(recording, "bob") == "200 OK\n200 OK\nINVITE\nCANCEL\nACK\n");
}

// RFC 3261 9.1.
TEST_CASE("a CANCEL that comes before the phone has said anything is passed on once it has") {
    const auto recording = simulator::run(
        two_flows(R"({ after = "5s", status = 180 })", std::string(call) + "    cancel_after = \"1ms\"\n"));
    CHECK(received_by(recording, "alice") == "100 Trying\n200 OK\n487 Request Terminated\n");
    CHECK(received_by(recording, "bob") == "200 OK\n200 OK\nINVITE\nCANCEL\nACK\n");
}

TEST_CASE("a text message reaches a phone over its flow, and a phone that is not registered not at all") {
    const char* const message = R"(
    [[action]]
    at = "10s"
    party = "alice"
    does = "message"
    to = "sip:bob@example.com"
    text = "Hello"
    )";
    CHECK(received_by(simulator::run(two_flows("", message)), "alice") == "200 OK\n");
    simulator::Exchange nobody = two_flows("", message);
    nobody.actions.erase(nobody.actions.begin());
    const auto recording = simulator::run(nobody);
    CHECK(received_by(recording, "alice") == "480 Temporarily Unavailable\n");
    CHECK(decisions_of(recording) == "home nobody-registered sip:bob@example.com\n");
}

TEST_CASE("a home server knows its users: whoever else is asked for is not found") {
    const auto recording = simulator::run(two_flows("", R"(
    [[action]]
    at = "10s"
    party = "alice"
    does = "message"
    to = "sip:carol@example.com"
    text = "Hello"
    )"));
    CHECK(received_by(recording, "alice") == "404 Not Found\n");
    CHECK(decisions_of(recording) == "home no-such-user carol\n");
}

TEST_CASE("a server never says 408 to a MESSAGE that nobody answers") {
    const auto recording = simulator::run(two_flows("", R"(
    [[action]]
    at = "10s"
    party = "alice"
    does = "message"
    to = "sip:bob@example.com"
    text = "Hello"
    [network]
    lose = [{ message = "MESSAGE * -> bob" }]
    )"));
    CHECK(received_by(recording, "alice") == "");
    CHECK(decisions_of(recording).find("home stays-silent MESSAGE\n") != std::string::npos);
}

TEST_CASE("a registrar that a phone reaches without a proxy in between keeps the flow itself") {
    const auto recording = simulator::run(registering("outbound = true"));
    CHECK(received_by(recording, "bob") == "200 OK\n");
    CHECK(recording.messages.back().message.header("Require") == "outbound");
}

TEST_CASE("a Path that the phone knows nothing of is refused") {
    const auto recording = simulator::run(registering("headers = [\"Path: <sip:edge.example.com;lr>\"]"));
    CHECK(received_by(recording, "bob") == "420 Bad Extension\n");
    CHECK(recording.messages.back().message.header("Unsupported") == "path");
}

TEST_CASE("a Path that the phone knows comes back in the 200") {
    const auto recording =
        simulator::run(registering("headers = [\"Path: <sip:edge.example.com;lr>\", \"Supported: path\"]"));
    CHECK(recording.messages.back().message.header("Path") == "<sip:edge.example.com;lr>");
}

TEST_CASE("only a registrar that takes part in push refuses a service that it lacks") {
    CHECK(received_by(simulator::run(registering("push = \"apns\"")), "bob") == "200 OK\n");
    CHECK(received_by(simulator::run(registering("push = \"apns\"", "push = []")), "bob") ==
          "555 Push Notification Service Not Supported\n200 OK\n");
    CHECK(received_by(simulator::run(registering("push = \"apns\"", "push = [\"apns\"]")), "bob") == "200 OK\n");
}

TEST_CASE(
    "a registrar names the push service that a phone asked for, and none to a phone that does not speak of push") {
    const std::string offers = "push = [\"fcm\", \"apns\"]";
    const auto asked = simulator::run(registering("push = \"apns\"", offers));
    CHECK(asked.messages.back().message.headers("Feature-Caps") ==
          std::vector<std::string_view>{"*;+sip.pns=\"apns\""});
    CHECK(asked.messages.front().message.header("Contact").value_or("").find(
              ";pn-param=ABCDE12345.com.example.phone.voip;") != std::string::npos);
    CHECK(simulator::run(registering("", offers)).messages.back().message.headers("Feature-Caps").empty());
    CHECK(simulator::run(registering("push = \"webpush\"", "push = [\"webpush\"]"))
              .messages.front()
              .message.header("Contact")
              .value_or("")
              .find("pn-param") == std::string::npos);
}

TEST_CASE("the presence server's place in a dialog is a GRUU, and a refresh goes there") {
    const auto recording = simulator::run(exchange_named("200-presence"));
    std::size_t refreshed = 0;
    for (const auto& sent : recording.messages) {
        const auto to = sip::address_in(sent.message, "To");
        if (sent.message.method == "NOTIFY") CHECK(sent.message.header("Contact") == "<sip:presence.example.com;gr>");
        if (sent.message.method != "SUBSCRIBE" || !to || to->tag().empty()) continue;
        CHECK(sent.message.request_uri == "sip:presence.example.com;gr");
        ++refreshed;
    }
    CHECK(refreshed > 0);
}

TEST_CASE("a watcher that gets no NOTIFY gives up when timer N fires") {
    const auto recording = simulator::run(watching(R"(
        [network]
        lose = [{ message = "NOTIFY" }]
    )"));
    CHECK(decisions_of(recording).find("alice no-notify-came\n") != std::string::npos);
    CHECK(decisions_of(recording).find("presence removes-subscription 408\n") != std::string::npos);
}

TEST_CASE("a subscription that nobody refreshes ends with a NOTIFY that says so") {
    const auto recording = simulator::run(watching(""));
    CHECK(drawn_with_times(recording) == picture(R"(
        alice                 presence
          |----- SUBSCRIBE ---->|  0.000
          |<----- 200 OK -------|  0.010
          |<----- NOTIFY -------|  0.010
          |------ 200 OK ------>|  0.020
          |<----- NOTIFY -------|  120.010
          |------ 200 OK ------>|  120.020
    )"));
    CHECK(recording.messages[4].message.header("Subscription-State") == "terminated;reason=timeout");
}

TEST_CASE("a watcher who is refused learns it from the last NOTIFY, and nothing else") {
    simulator::Exchange exchange = watching(R"(
        [[action]]
        at = "30s"
        party = "presence"
        does = "reject"
        watcher = "sip:alice@example.com"
    )");
    exchange.parties[1].options = exchange_from(R"(
        [[party]]
        id = "presence"
        kind = "presence-server"
        name = "presence"
        address = "192.0.2.50"
        domain = "example.com"
        users = ["bob"]
        asks_first = true
    )")
                                      .parties[0]
                                      .options;
    std::string states;
    for (const auto& sent : simulator::run(exchange).messages)
        if (sent.message.method == "NOTIFY")
            states += std::string(*sent.message.header("Subscription-State")) + " " +
                      std::to_string(sent.message.body.size()) + "\n";
    CHECK(states == "pending;expires=120 0\nterminated;reason=rejected 0\n");
}

TEST_CASE("a compositor tells initial publication, refresh, modification and removal apart") {
    simulator::Compositor compositor({60, 3600, "text/plain"});
    simulator::Identifiers identifiers(1);
    const auto now = std::chrono::seconds(0);
    const auto status = [&](const sip::Message& request) {
        return compositor.process(request, "bob", now, identifiers).status;
    };
    CHECK(status(publish("", "", "600")) == 400);  // nothing to keep
    CHECK(status(publish("", "here", "30")) == 423);
    CHECK(status(publish("unheard-of", "here", "600")) == 412);
    CHECK(compositor.state_of("bob") == nullptr);
    const auto initial = compositor.process(publish("", "here", "600"), "bob", now, identifiers);
    CHECK(initial.changed);
    const auto refreshed = compositor.process(publish(initial.etag, "", "600"), "bob", now, identifiers);
    CHECK_FALSE(refreshed.changed);
    CHECK(status(publish(initial.etag, "", "600")) == 412);  // each success makes a new tag
    const auto modified = compositor.process(publish(refreshed.etag, "away", "600"), "bob", now, identifiers);
    CHECK(*compositor.state_of("bob") == "away");
    CHECK(compositor.process(publish(modified.etag, "", "0"), "bob", now, identifiers).changed);
    CHECK(compositor.state_of("bob") == nullptr);
}

TEST_CASE("a list of mechanisms that was changed on its way does not verify") {
    const std::string offered = "digest;q=0.5;d-alg=MD5;d-qop=auth, tls;q=0.1";
    sip::Credentials credentials;
    credentials.username = "bob";
    credentials.realm = "edge.example.com";
    credentials.nonce = "1";
    credentials.uri = "sip:example.com";
    sip::Message request;
    request.method = "REGISTER";
    const auto verify = [&](const std::string& seen) {
        request.set("Security-Verify", simulator::security_verify(
                                           seen, simulator::digest_verify(credentials, "secret", "REGISTER", seen)));
        return simulator::verifies_security(request, offered, credentials, "secret");
    };
    CHECK(verify(offered));
    CHECK_FALSE(verify("digest;q=0.5;d-alg=MD5;d-qop=auth"));  // somebody took TLS away
    CHECK_FALSE(simulator::verifies_security(request, offered, credentials, "another"));
}

TEST_CASE("mistakes in registrations, messages and publications are reported where they stand") {
    const auto read = read_file(R"([[party]]
id = "bob"
kind = "softphone"
name = "Bob"
address = "192.0.2.1"
uri = "sip:bob@example.com"
digests = ["SHA-3"]

[[party]]
id = "carol"
kind = "publisher"
name = "Carol"
address = "192.0.2.2"
uri = "sip:carol@example.com"

[[action]]
party = "bob"
does = "register"
registrar = "sip:example.com"
through = ["edge.example.com"]

[[action]]
party = "carol"
does = "publish"
basic = "busy"
)",
                                "wrong.toml");
    CHECK(printed(read.problems) == picture(R"(
        wrong.toml:7:11: unknown digest algorithm 'SHA-3'
        wrong.toml:20:11: 'edge.example.com' is no URI
        wrong.toml:25:9: RFC 3863 4.1.4 knows "open" and "closed"
    )"));
}
