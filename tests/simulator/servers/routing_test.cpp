// How a proxy finds the way, or says why there is none (RFC 3261 16.3 to 16.7, RFC 5393, RFC 6228).
#include <doctest/doctest.h>

#include <string>

#include "simulator/drawing.h"
#include "simulator/plan/names.h"
#include "simulator/read_exchange.h"
#include "simulator/servers/loop_detection.h"
#include "sip/message.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// Alice calls `to` through the proxy of example.com with these options; `more` are further parties.
recording::Recording called(const std::string& to, const std::string& options, const std::string& more = "",
                            const std::string& call = "") {
    return simulator::run(exchange_from(R"(
[[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.com"
[[party]]
id = "proxy"
kind = "proxy"
name = "proxy"
address = "192.0.2.10"
host = "proxy.example.com"
domains = ["example.com"]
)" + options + "\n" + more + R"(
[[action]]
party = "alice"
does = "call"
outbound_proxy = "sip:192.0.2.10;lr"
to = ")" + to + "\"\n" + call + "\n"));
}

std::string phone(const std::string& number, const std::string& answers) {
    return "[[party]]\nid = \"phone" + number + "\"\nkind = \"phone\"\nname = \"Bob\"\naddress = \"198.51.100." +
           number + "\"\nuri = \"sip:bob@example.com\"\nanswers = [" + answers + "]\n";
}

// What Alice received, with the values of one header field.
std::string outcome(const recording::Recording& recording, const std::string& field = "") {
    std::string text;
    for (const auto& sent : recording.messages) {
        if (sent.to != 0 || sent.message.status <= 100) continue;
        text += sip::label_of(sent.message);
        for (const std::string_view value : sent.message.headers(field)) text += " / " + std::string(value);
        text += "\n";
    }
    return text;
}

const std::string busy = R"({ after = "1s", status = 486, phrase = "Busy Here" })";

}  // namespace

TEST_CASE("whoever is not to be reached is unknown, gone, non-existent or merely away") {
    CHECK(outcome(called("sip:bob@example.com", "")) == "404 Not Found\n");
    CHECK(outcome(called("sip:bob@example.com", "gone = [\"sip:bob@example.com\"]")) == "410 Gone\n");
    CHECK(outcome(called("sip:bob@example.com", "authoritative = true")) == "604 Does Not Exist Anywhere\n");
    CHECK(outcome(called("sip:bob@example.com", "users = { \"sip:bob@example.com\" = [] }")) ==
          "480 Temporarily Unavailable\n");
}

TEST_CASE("a part of a name finds one user, and of several all addresses") {
    const std::string users = R"(match_names = true
users = { "sip:carol.lee@example.com" = ["<sip:c@198.51.100.1>"], "sip:ping.lee@example.com" = [] })";
    CHECK(outcome(called("sip:carol@example.com", users, phone("1", busy))) == "486 Busy Here\n");
    CHECK(outcome(called("sip:LEE@example.com", users), "Contact") ==
          "485 Ambiguous / <sip:carol.lee@example.com> / <sip:ping.lee@example.com>\n");
    CHECK(outcome(called("sip:le@example.com", users)) == "404 Not Found\n");
}

TEST_CASE("a number is complete, incomplete, or leads nowhere") {
    const std::string plan = R"(dial_plan = [{ begins = "+1212", digits = 11, next_hop = "sip:198.51.100.1" }])";
    CHECK(outcome(called("sip:+1-212-555-0142@example.com", plan, phone("1", busy))) == "486 Busy Here\n");
    CHECK(outcome(called("sip:+1212555014@example.com", plan)) == "484 Address Incomplete\n");
    CHECK(outcome(called("sip:+1@example.com", plan)) == "484 Address Incomplete\n");
    CHECK(outcome(called("sip:+121255501423@example.com", plan)) == "404 Not Found\n");
    CHECK(outcome(called("sip:+44@example.com", plan)) == "404 Not Found\n");
}

TEST_CASE("a barred number is refused wherever it leads") {
    CHECK(outcome(called("sip:+1-900-555-0142@example.com", "barred = [\"+1900\"]")) == "403 Forbidden\n");
    CHECK(outcome(called("sip:+19005550142@example.net", "barred = [\"+1900\"]")) == "403 Forbidden\n");
}

TEST_CASE("a proxy routes by the schemes it understands, and by extensions it supports") {
    CHECK(outcome(called("tel:+12125550142", "")) ==
          "416 Unsupported URI Scheme\n404 Not Found\n");  // the caller writes the number as a sip: URI
    CHECK(outcome(called("tel:+12125550142", R"(schemes = ["sip", "tel"]
users = { "tel:+12125550142" = ["<sip:bob@198.51.100.1>"] })",
                         phone("1", busy))) == "486 Busy Here\n");
    CHECK(outcome(called("sip:bob@example.com", "supports = [\"foo\"]", "", R"(headers = ["Proxy-Require: foo, bar"])"),
                  "Unsupported") == "420 Bad Extension / bar\n");
}

TEST_CASE("a redirection is followed by a proxy that recurses, each place once, and by no other") {
    const std::string users = "users = { \"sip:bob@example.com\" = [\"<sip:bob@198.51.100.1>\"] }\n";
    const std::string moved = phone(
        "1",
        R"({ after = "10ms", status = 302, phrase = "Moved Temporarily", headers = ["Contact: <sip:bob@198.51.100.2>, <sip:bob@198.51.100.1>"] })");
    CHECK(outcome(called("sip:bob@example.com", users + "recurses = true", moved + phone("2", busy))) ==
          "486 Busy Here\n");
    CHECK(outcome(called("sip:bob@example.com", users, moved, "choose = \"none\"")) == "302 Moved Temporarily\n");
}

TEST_CASE("a routing server names the way with 3xx, and its silence is 504") {
    const std::string options = "routing_server = \"sip:198.51.100.1\"\nrouting_timeout = \"1s\"";
    const std::string route = phone(
        "1",
        R"({ after = "10ms", status = 302, phrase = "Moved Temporarily", headers = ["Contact: <sip:bob@198.51.100.2>"] })");
    CHECK(outcome(called("sip:bob@example.com", options, route + phone("2", busy))) == "486 Busy Here\n");
    CHECK(outcome(called("sip:bob@example.com", options,
                         phone("1", R"({ after = "5s", status = 404, phrase = "Not Found" })"))) ==
          "504 Server Time-out\n");
}

TEST_CASE("a fork wider than allowed is refused, or tried one by one") {
    const std::string users =
        "users = { \"sip:bob@example.com\" = [\"<sip:bob@198.51.100.1>\", \"<sip:bob@198.51.100.2>\"] }\n";
    const std::string phones =
        phone("1", busy) + phone("2", R"({ after = "1s", status = 480, phrase = "Temporarily Unavailable" })");
    const std::string narrow = "headers = [\"Max-Breadth: 1\"]";
    CHECK(outcome(called("sip:bob@example.com", users, phones, narrow)) == "440 Max-Breadth Exceeded\n");
    const auto serial = called("sip:bob@example.com", users + "forks_serially = true", phones, narrow);
    std::string breadths;
    for (const auto& sent : serial.messages)
        if (sent.from == 1 && sent.message.method == "INVITE")
            breadths += std::to_string(sent.sent.count() / 1000) + " ms " +
                        std::string(*sent.message.header("Max-Breadth")) + "\n";
    CHECK(breadths == "10 ms 1\n1030 ms 1\n");
}

TEST_CASE("the breadth of a call is shared out among its branches") {
    const std::string users =
        "users = { \"sip:bob@example.com\" = [\"<sip:bob@198.51.100.1>\", \"<sip:bob@198.51.100.2>\"] }\n";
    std::string breadths;
    for (const auto& sent :
         called("sip:bob@example.com", users + "max_breadth = 7", phone("1", busy) + phone("2", busy)).messages)
        if (sent.from == 1 && sent.message.method == "INVITE")
            breadths += std::string(*sent.message.header("Max-Breadth")) + " ";
    CHECK(breadths == "4 3 ");
}

TEST_CASE("a call that comes back changed is a spiral and goes on, and one that comes back unchanged is a loop") {
    // Bob's calls go through another proxy and come back for his desk.
    const auto through_other = [](const std::string& back_to) {
        return "[[party]]\nid = \"other\"\nkind = \"proxy\"\nname = \"other\"\naddress = \"192.0.2.20\"\n"
               "domains = [\"example.net\"]\nusers = { \"sip:bob@example.net\" = [\"<" +
               back_to + ">\"] }\n";
    };
    const std::string users =
        "users = { \"sip:bob@example.com\" = [\"<sip:bob@example.net>\"], \"sip:desk@example.com\" = "
        "[\"<sip:bob@198.51.100.1>\"] }\n";
    const std::string names = "[names]\n\"example.com\" = [\"proxy\"]\n\"example.net\" = [\"other\"]\n";
    CHECK(outcome(called("sip:bob@example.com", users, through_other("sip:desk@example.com") + phone("1", busy),
                         names)) == "486 Busy Here\n");
    CHECK(outcome(called("sip:bob@example.com", users, through_other("sip:bob@example.com"), names)) ==
          "482 Loop Detected\n");
    const auto hops = called("sip:bob@example.com", "detects_loops = false\n" + users,
                             through_other("sip:bob@example.com") + "detects_loops = false\n",
                             "headers = [\"Max-Forwards: 9\"]\n" + names);
    CHECK(outcome(hops) == "483 Too Many Hops\n");
}

TEST_CASE("the end of one early dialog is reported while another goes on, to those who understand it") {
    const std::string users =
        "users = { \"sip:bob@example.com\" = [\"<sip:bob@198.51.100.1>\", \"<sip:bob@198.51.100.2>\"] }\n";
    const std::string phones = phone("1", R"({ status = 180 }, { after = "1s", status = 486, phrase = "Busy Here" })") +
                               phone("2", R"({ after = "2s", status = 480, phrase = "Temporarily Unavailable" })");
    CHECK(outcome(called("sip:bob@example.com", users, phones, "headers = [\"Supported: 199\"]"), "Reason") ==
          "180 Ringing\n199 Early Dialog Terminated / SIP;cause=486\n486 Busy Here\n");
    CHECK(outcome(called("sip:bob@example.com", users, phones)) == "180 Ringing\n486 Busy Here\n");
    CHECK(outcome(
              called("sip:bob@example.com", users, phones, "headers = [\"Supported: 199\", \"Proxy-Require: 100rel\"]"))
              .find("199") == std::string::npos);
}

TEST_CASE("servers of a name are tried by priority, and those of equal priority by their weight") {
    std::string parties;
    for (const char* const id : {"1", "2", "3"}) parties += phone(id, busy);
    const simulator::Exchange exchange = exchange_from(parties + R"(
[names]
"gw.example.com" = ["20 0 phone3", "10 75 phone1", "10 25 phone2"]
"listed.example.com" = ["phone2", "phone1"]
)");
    const simulator::Names names(exchange);
    int first = 0;
    for (int i = 0; i < 400; ++i) {
        const auto servers = names.servers_of(*sip::parse_uri("sip:gw.example.com"));
        REQUIRE(servers.size() == 3);
        CHECK(servers[2] == 2);
        if (servers[0] == 0) ++first;
    }
    CHECK(first > 260);
    CHECK(first < 340);
    CHECK(names.servers_of(*sip::parse_uri("sip:listed.example.com")) == std::vector<std::size_t>{1, 0});
    CHECK(names.servers_of(*sip::parse_uri("sip:nowhere.example.com")).empty());
}

namespace {

// How Alice's call finds its way to sip:bob@example.com with these records, and to this URI where one is given: each
// INVITE with its transport, and what was decided.
std::string found_by(const std::string& records, const std::string& first,
                     const std::string& to = "sip:bob@example.com") {
    const auto recording = simulator::run(exchange_from(R"(
[[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.net"
[[party]]
id = "one"
kind = "phone"
name = "one"
address = "192.0.2.11"
host = "one.example.com"
uri = "sip:bob@example.com"
)" + first + R"(
[[party]]
id = "two"
kind = "phone"
name = "two"
address = "192.0.2.12"
host = "two.example.com"
uri = "sip:bob@example.com"
answers = [{ after = "10ms", status = 486 }]
[[action]]
party = "alice"
does = "call"
to = ")" + to + "\"\n[names]\n" + records));
    std::string text;
    for (const auto& decision : recording.decisions) {
        text += decision.id;
        for (const std::string& detail : decision.details) text += " " + detail;
        text += "\n";
    }
    for (const auto& sent : recording.messages)
        if (sent.message.method == "INVITE" && !sent.retransmission)
            text += "INVITE " + recording.actors[sent.to].id + " " + sent.transport + "\n";
    return text;
}

const std::string overloaded = R"(answers = [{ after = "10ms", status = 503 }])";
const std::string of_rfc =
    R"("example.com" = ["naptr 100 50 SIP+D2U _sip._udp.example.com", "naptr 50 50 SIPS+D2T _sips._tcp.example.com", "naptr 90 50 SIP+D2T _sip._tcp.example.com"]
"_sip._tcp.example.com" = ["10 0 one", "20 0 two"]
"_sip._udp.example.com" = ["two", "one"]
)";

}  // namespace

TEST_CASE(
    "NAPTR records choose the transport by their order and lead to SRV records, which give the next server after a "
    "failure") {
    CHECK(found_by(of_rfc, overloaded) ==
          "discards-naptr SIPS+D2T example.com\n"
          "takes-naptr example.com SIP+D2T TCP\n"
          "takes-srv _sip._tcp.example.com one two\n"
          "takes-a one.example.com 192.0.2.11\n"
          "tries-next-server two\n"
          "takes-a two.example.com 192.0.2.12\n"
          "INVITE one TCP\nINVITE two TCP\n");
    // A refused connection is a failure, too; any other answer than 503 is none (RFC 3263 4.3).
    CHECK(found_by(of_rfc, "off = true\n" + overloaded).find("transport-error-as-503 one\ntries-next-server two\n") !=
          std::string::npos);
    CHECK(found_by(of_rfc, R"(answers = [{ after = "10ms", status = 500 }])").ends_with("INVITE one TCP\n"));
}

TEST_CASE("of equal order the lower preference counts, and UDP is what the network has") {
    CHECK(
        found_by(
            R"("example.com" = ["naptr 10 20 SIP+D2T _sip._tcp.example.com", "naptr 10 10 SIP+D2U _sip._udp.example.com"]
                      "_sip._tcp.example.com" = ["one"]
                      "_sip._udp.example.com" = ["two"])",
            overloaded) ==
        "takes-naptr example.com SIP+D2U UDP\ntakes-srv _sip._udp.example.com two\ntakes-a two.example.com "
        "192.0.2.12\nINVITE two UDP\n");
}

TEST_CASE(
    "NAPTR records are not asked for an address, nor where the URI has a port or a transport, and none of them serves "
    "sips") {
    CHECK(found_by(of_rfc, overloaded, "sip:bob@192.0.2.12") == "INVITE two UDP\n");
    CHECK(found_by(of_rfc, overloaded, "sip:bob@example.com;transport=udp") == "INVITE two UDP\n");
    CHECK(found_by(of_rfc, overloaded, "sip:bob@one.example.com:5060") == "INVITE one UDP\n");
    CHECK(found_by(of_rfc, overloaded, "sips:bob@example.com") == "no-server sips:bob@example.com\n");
}

TEST_CASE("records that nobody can follow are reported where they stand") {
    const auto read = read_file(R"([[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.net"
[names]
"example.com" = ["naptr 10 10 SIP+D2X _sip._x.example.com"]
"example.net" = ["naptr 10 10 SIP+D2U _sip._udp.example.com"]
)",
                                "wrong.toml");
    CHECK(printed(read.problems) == picture(R"(
        wrong.toml:8:17: 'naptr 10 10 SIP+D2X _sip._x.example.com' is no NAPTR record; write it as "naptr 90 50 SIP+D2T _sip._tcp.example.com"
        wrong.toml:9:17: unknown name '_sip._udp.example.com'
    )"));
}

TEST_CASE("a request is the same to loop detection only with the same Request-URI and Route") {
    const auto request = [](const std::string& more) {
        return *sip::parse(on_the_wire("INVITE sip:bob@example.com SIP/2.0\n" + more)).message;
    };
    const std::string plain = simulator::routing_mark(request("Max-Forwards: 70\n"));
    CHECK(simulator::routing_mark(request("Max-Forwards: 69\n")) == plain);  // which changes at each hop
    CHECK(simulator::routing_mark(request("Max-Forwards: 70\nRoute: <sip:192.0.2.1;lr>\n")) != plain);
    CHECK(simulator::routing_mark(request("Route: <sip:192.0.2.1;lr>\nRoute: <sip:192.0.2.2;lr>\n")) !=
          simulator::routing_mark(request("Route: <sip:192.0.2.2;lr>\nRoute: <sip:192.0.2.1;lr>\n")));
    sip::Message other = request("Max-Forwards: 70\n");
    other.request_uri = "sip:carol@example.com";
    CHECK(simulator::routing_mark(other) != plain);
}

TEST_CASE("a proxy has seen a request only where its own Via has the same mark") {
    const sip::Message request = *sip::parse(on_the_wire("INVITE sip:bob@example.com SIP/2.0\n"
                                                         "Via: SIP/2.0/UDP one.example.com;branch=z9hG4bKa.11111111\n"
                                                         "Via: SIP/2.0/UDP two.example.com;branch=z9hG4bKb.22222222\n"))
                                      .message;
    CHECK(simulator::earlier_passage(request, "one.example.com", "11111111") == "z9hG4bKa.11111111");
    CHECK(simulator::earlier_passage(request, "two.example.com", "22222222") == "z9hG4bKb.22222222");
    CHECK(simulator::earlier_passage(request, "one.example.com", "22222222") == "");  // another proxy's mark
    CHECK(simulator::earlier_passage(request, "two.example.com", "33333333") == "");  // a spiral
}
