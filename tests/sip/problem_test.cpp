#include "sip/problem.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/date.h"
#include "sip/digest.h"
#include "sip/faulty_messages.h"
#include "sip/header_fields.h"
#include "sip/host_port.h"
#include "sip/message.h"
#include "sip/reason.h"
#include "sip/token.h"
#include "sip/via.h"
#include "support/text.h"

using namespace sipdex::sip;
using sipdex::test::faulty_messages;
using sipdex::test::found_in;
using sipdex::test::request_with;

namespace {

// A right value for each header field that the table knows: most are the examples of its RFC.
struct Right {
    const char* name;
    const char* value;
};
constexpr Right right_values[] = {
    {"Accept", "application/sdp;level=1, text/*;q=0.5, */*"},
    {"Accept-Contact", "*;audio;require, *;mobility=\"fixed\";explicit"},
    {"Accept-Encoding", "gzip;q=1.0, *"},
    {"Accept-Language", "da, en-gb;q=0.8, en;q=0.7, *"},
    {"Accept-Resource-Priority", "dsn.flash-override, dsn.flash"},
    {"Alert-Info", "<http://www.example.com/sounds/moo.wav>, <urn:alert:service:call-waiting>"},
    {"Allow", "INVITE, ACK, OPTIONS, CANCEL, BYE"},
    {"Allow-Events", "spirits-INDPs, presence.winfo"},
    {"Authentication-Info", "nextnonce=\"47364c23432d2e131a5fb210812c\", qop=auth, nc=00000001"},
    {"Authorization",
     "Digest username=\"Alice\", realm=\"atlanta.com\", nonce=\"84a4cc6f3082121f32b42a2187831a9e\", uri=\"sip:h\", "
     "response=\"7587245234b3434cc3412213e5f113a5\", qop=auth, nc=00000001, cnonce=\"0a4f113b\""},
    {"Call-ID", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6@biloxi.com"},
    {"Call-Info",
     "<http://wwww.example.com/alice/photo.jpg> ;purpose=icon, <http://www.example.com/alice/> ;purpose=info"},
    {"Contact",
     "\"Mr. Watson\" <sip:watson@worcester.bell-telephone.com> ;q=0.7; expires=3600, mailto:watson@bell-telephone.com "
     ";q=0.1"},
    {"Content-Disposition", "session;handling=optional"},
    {"Content-Encoding", "gzip, deflate"},
    {"Content-Language", "fr, es-419"},
    {"Content-Length", "0"},
    {"Content-Type", "multipart/signed; boundary=boundary42; protocol=\"application/pkcs7-signature\""},
    {"CSeq", "4711 OPTIONS"},
    {"Date", "Sat, 13 Nov 2010 23:29:00 GMT"},
    {"Error-Info", "<sip:not-in-service-recording@atlanta.com>"},
    {"Event", "presence.winfo;id=7"},
    {"Expires", "5"},
    {"Flow-Timer", "120"},
    {"From", "\"A. G. Bell\" <sip:agb@bell-telephone.com> ;tag=a48s"},
    {"Geolocation", "<cid:target123@atlanta.example.com>;inserted-by=host1.example.com"},
    {"Identity",
     "eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjE3NjcyNjg4MDB9.7uz2-S_A;info=<https://cert.example.org/"
     "passport.cer>;alg=ES256;ppt=shaken"},
    {"Identity-Info", "<https://atlanta.example.com/atlanta.cer>;alg=rsa-sha1"},
    {"In-Reply-To", "70710@saturn.bell-tel.com, 17320@saturn.bell-tel.com"},
    {"Info-Package", "foo;bar=1"},
    {"Join", "12adf2f34456gs5;to-tag=12345;from-tag=54321"},
    {"Max-Breadth", "60"},
    {"Max-Forwards", "6"},
    {"MIME-Version", "1.0"},
    {"Min-Expires", "60"},
    {"Min-SE", "3600;lr=x"},
    {"Organization", "Boxes by Bob"},
    {"P-Asserted-Identity", "\"Cullen Jennings\" <sip:fluffy@cisco.com>, tel:+14085264000"},
    {"P-Preferred-Identity", "<sip:fluffy@cisco.com>"},
    {"Path", "<sip:P3.EXAMPLEHOME.COM;lr>,<sip:P1.EXAMPLEVISITED.COM;lr>"},
    {"Priority", "non-urgent"},
    {"Privacy", "header; user;critical"},
    {"Proxy-Authenticate",
     "Digest realm=\"atlanta.com\", domain=\"sip:ss1.carrier.com\", qop=\"auth\", nonce=\"f84f1cec\", opaque=\"\", "
     "stale=FALSE, algorithm=MD5"},
    {"Proxy-Authorization",
     "Digest username=\"Alice\", realm=\"atlanta.com\", nonce=\"c60f3082\", uri=\"sip:h\", response=\"245f2341\""},
    {"Proxy-Require", "foo"},
    {"RAck", "776656 1 INVITE"},
    {"Reason", "SIP ;cause=200 ;text=\"Call completed elsewhere\", Q.850;cause=16;text=\"Terminated\""},
    {"Record-Route", "<sip:server10.biloxi.com;lr>, <sip:bigbox3.site3.atlanta.com;lr>"},
    {"Recv-Info", "P, R;x=1"},
    {"Refer-To",
     "<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>"},
    {"Referred-By", "sip:r@ref.example;cid=\"2UWQFN309shb3@ref.example\""},
    {"Reject-Contact", "*;actor=\"msg-taker\";video"},
    {"Replaces", "425928@bobster.example.org;to-tag=7743;from-tag=6472;early-only"},
    {"Reply-To", "Bob <sip:bob@biloxi.com>"},
    {"Request-Disposition", "proxy, recurse, parallel"},
    {"Require", "100rel"},
    {"Resource-Priority", "dsn.flash, wps.3"},
    {"Retry-After", "18000 (I'm in a meeting (really););duration=3600"},
    {"Route", "<sip:bigbox3.site3.atlanta.com;lr>, <sip:server10.biloxi.com;lr>"},
    {"RSeq", "988789"},
    {"Security-Client", "ipsec-ike, digest;q=0.1;d-alg=md5;d-ver=\"0000000000000000000000000000abcd\""},
    {"Security-Server", "tls;q=0.2"},
    {"Security-Verify", "ipsec-ike;q=0.1, tls;q=0.2"},
    {"Server", "HomeServer v2 (beta (1\\)))"},
    {"Service-Route", "<sip:P2.HOME.EXAMPLE.COM;lr>, <sip:HSP.HOME.EXAMPLE.COM;lr>"},
    {"Session-Expires", "4000;refresher=uac"},
    {"SIP-ETag", "12345"},
    {"SIP-If-Match", "12345"},
    {"Subject", "Need more boxes: (now), \"please\" – ça va?"},
    {"Subscription-State", "terminated;reason=deactivated;expires=0;retry-after=5"},
    {"Supported", "100rel, timer"},
    {"Timestamp", "54.21 .3"},
    {"To", "The Operator <sip:operator@cs.columbia.edu>;tag=287447"},
    {"Unsupported", "foo"},
    {"User-Agent", "Softphone Beta1.5 Gecko / 2.0"},
    {"Via",
     "SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1, SIP/2.0/TLS "
     "[2001:db8::9]:5061;rport"},
    {"Warning",
     "307 isi.edu \"Session parameter 'foo' not understood\", 301 [2001:db8::1]:5060 \"Incompatible network address "
     "type 'E.164'\""},
    {"WWW-Authenticate", "Digest realm=\"atlanta.com\", nonce=\"84a4cc6f3082121f32b42a2187831a9e\", algorithm=SHA-256"},
};

// "port \"x\"": what the detailed reading of one value says, in the order found.
std::string said(const Flaws& flaws) {
    std::string text;
    for (const Flaw& flaw : flaws)
        text += (text.empty() ? "" : ", ") + std::string(name_of(flaw.fault)) + " \"" + std::string(flaw.piece) + '"';
    return text;
}

}  // namespace

TEST_CASE("each fault is found where it is, and nothing else") {
    for (const auto& one : faulty_messages()) CHECK_MESSAGE(found_in(one.octets) == one.found, one.octets);
}

TEST_CASE("every fault has a name of its own and a message that shows it") {
    std::set<std::string> shown;
    for (const auto& message : faulty_messages())
        for (const Problem& problem : problems_of(message.octets)) shown.insert(std::string(name_of(problem.fault)));
    std::set<std::string> names;
    for (std::size_t i = 0; i < fault_count; ++i) names.insert(std::string(name_of(static_cast<Fault>(i))));
    CHECK(names.size() == fault_count);
    CHECK(shown == names);
}

TEST_CASE("a message without faults has none, whatever its form") {
    CHECK(found_in(request_with("")) == "");
    CHECK(found_in("\r\n\r\n" + request_with("Max-Forwards: 70")) == "");
    CHECK(found_in(request_with("m: *\nX-Unknown: ;;,,;;\ns:\nAllow:")) == "");
    CHECK(found_in(request_with("Content-Length: 0") + "\r\n\r\nwhat follows is discarded") == "");
    CHECK(found_in(request_with("X-Latin: caf\xA9")) == "");
    CHECK(found_in(request_with("Via: SIP/2.0/UDP [2001:db8:::192.0.2.1];branch=z9hG4bK7;received=2001:db8::9")) == "");
}

TEST_CASE("faults in folded lines are shown in the octets that came") {
    const std::string octets = request_with("Via: SIP/2.0/UDP\n  192.0.2.1:x\n ;branch=z9hG4bK7");
    const auto problems = problems_of(octets);
    REQUIRE(problems.size() == 1);
    CHECK(octets.substr(problems[0].offset - 10, problems[0].length + 10) == "192.0.2.1:x");
    CHECK(found_in(request_with("To: <sip:bob@\n example.com>")) == R"(50: uri_space, To, "\x0D\x0A ")");
}

TEST_CASE("several faults are listed by their place") {
    CHECK(found_in("INVITE  sip:a@h SIP/7.0\r\n"
                   "Via: SIP/2.0/UDP\r\n"
                   "From <sip:a@h>\r\n"
                   "To: \"Bob <sip:b@h>\r\n"
                   "CSeq: 1 BYE\r\n"
                   "CSeq: 4294967296 INVITE\r\n"
                   "Content-Length: -1\r\n"
                   "\r\n") ==
          "6: start_line_space, \"  \"\n"
          "16: version, \"SIP/7.0\"\n"
          "41: host, Via\n"
          "43: field_name, \"From <sip\"\n"
          "63: quote, To, \"\"Bob <sip:b@h>\"\n"
          "87: method_mismatch, CSeq, \"BYE\", INVITE\n"
          "92: field_repeated, CSeq, \"CSeq\"\n"
          "98: number_limit, CSeq, \"4294967296\", 2147483647\n"
          "133: number, Content-Length, \"-1\"\n"
          "137: field_missing, Call-ID\n"
          "137: field_missing, From");
}

TEST_CASE("every known header field takes a right value") {
    CHECK(std::ranges::equal(
        right_values, header_field_rules(), {}, [](const Right& right) { return std::string_view(right.name); },
        &HeaderFieldRule::name));
    for (const Right& right : right_values) {
        CHECK_MESSAGE(found_in(request_with(std::string(right.name) + ": " + right.value)) == "", right.name);
        CHECK_MESSAGE(rule_of(right.name)->source.starts_with("RFC "), right.name);
    }
    CHECK(rule_of("V") == rule_of("via"));
    CHECK(rule_of("X-Unknown") == nullptr);
}

TEST_CASE("every known header field but a text refuses a value of no form") {
    for (const HeaderFieldRule& rule : header_field_rules()) {
        const std::string found = found_in(request_with(std::string(rule.name) + ": {,"));
        CHECK_MESSAGE(found.empty() == (rule.name == "Subject" || rule.name == "Organization"), rule.name);
    }
}

TEST_CASE("both forms of a reading agree on what can be read") {
    for (const char* text : {"SIP/2.0/UDP h", "SIP/2.0/UDP h;;", "SIP/2.0/UDP", "SIP/2.0", ";", "SIP/2.0/UDP h:x",
                             "SIP/2.0/UDP h_1", "a b/c/d e"}) {
        Flaws flaws;
        CHECK_MESSAGE(read_via(text, nullptr, &flaws) == parse_via(text).has_value(), text);
    }
    for (const char* text : {"<sip:a@h>", "sip:a@h;q=2", "\"a", "<sip:a@h", "Bob sip:b@h", "a (b) <sip:c@h> ; x",
                             "<sip:a b@h>", "sip:a@h?b", "<>", "\"x\""}) {
        Flaws flaws;
        CHECK_MESSAGE(read_name_addr(text, {}, nullptr, &flaws) == parse_name_addr(text).has_value(), text);
    }
    for (const char* text : {"1 INVITE", "4294967295 INVITE", "4294967296 INVITE", "1", "-1 ACK", "1 A B"}) {
        Flaws flaws;
        CHECK_MESSAGE(read_cseq(text, nullptr, &flaws) == parse_cseq(text).has_value(), text);
    }
    for (const char* text : {"h", "h:1", "h:", "[::1]:5", "[::1", "::1", "h x", "h_1", "1.2.3.4.5"}) {
        Flaws flaws;
        CHECK_MESSAGE(read_host_port(text, nullptr, &flaws) == parse_host_port(text).has_value(), text);
    }
    for (const char* text : {"Digest realm=\"a\", nonce=\"b\"", "Digest realm=a, nonce=b", "Digest realm=\"a\"",
                             "Digest realm, nonce=\"b\"", "Basic realm=\"a\"", ""}) {
        Flaws flaws;
        CHECK_MESSAGE(read_challenge(text, nullptr, &flaws) == parse_challenge(text).has_value(), text);
    }
    for (const char* text :
         {"399 h \"x\"", "399 h", "99 h \"x\"", "1812 h \"x\"", "0399 h \"x\"", "SIP;cause=x", ";cause=1", "Q 850"}) {
        Flaws flaws;
        CHECK_MESSAGE(read_warning(text, nullptr, &flaws) == parse_warning(text).has_value(), text);
        CHECK_MESSAGE(read_reason(text, nullptr, &flaws) == parse_reason(text).has_value(), text);
    }
}

TEST_CASE("a reading says why it refused, and what else is odd") {
    Flaws flaws;
    CHECK_FALSE(read_via("SIP/2.0 192.0.2.1", nullptr, &flaws));
    CHECK(said(flaws) == "transport \"\"");
    flaws.clear();
    Via via;
    CHECK(read_via("SIP/2.0/UDP h;branch=a/b;;rport=x", &via, &flaws));
    CHECK(said(flaws) == "branch \"a/b\", separator \";;\", parameter_value \"x\"");
    CHECK(via == parse_via("SIP/2.0/UDP h;branch=a/b;;rport=x"));
    flaws.clear();
    CHECK_FALSE(read_date("Sat, 31 Foo 2010 23:29:00 GMT", &flaws));
    CHECK_FALSE(read_date("Sat, 13 Nov 2010 24:00:00 GMT", &flaws));
    CHECK(said(flaws) == "date \"Sat, 31 Foo 2010 23:29:00 GMT\", date \"Sat, 13 Nov 2010 24:00:00 GMT\"");
}

TEST_CASE("whatever the octets are, each piece lies within them") {
    const auto holds = [](const std::string& octets) {
        return std::ranges::all_of(problems_of(octets), [&](const Problem& problem) {
            return problem.offset + problem.length <= octets.size() &&
                   octets.compare(problem.offset, problem.length, problem.piece) == 0;
        });
    };
    for (const auto& message : faulty_messages()) {
        for (std::size_t length = 0; length < message.octets.size(); ++length)
            CHECK_MESSAGE(holds(message.octets.substr(0, length)), message.octets);
        for (const char odd : {'\0', '"', '<', ',', ';', '\r', '\n', '\xFF', ' ', ':', '\\', '('})
            for (std::size_t at = 0; at < message.octets.size(); at += 3) {
                std::string octets = message.octets;
                octets[at] = odd;
                CHECK_MESSAGE(holds(octets), octets);
            }
    }
}

// RFC 3261 7.3.1: only a list, and what is challenged or proved, may stand in several lines. What follows is read off the
// grammars of RFC 3261 25.1 and of the RFCs that the rules name: those that are no comma-separated list.
TEST_CASE("a header field that is no list may stand once, and every list several times") {
    const std::set<std::string> once = {"Authentication-Info",
                                        "Call-ID",
                                        "Content-Disposition",
                                        "Content-Length",
                                        "Content-Type",
                                        "CSeq",
                                        "Date",
                                        "Event",
                                        "Expires",
                                        "Flow-Timer",
                                        "From",
                                        "Identity-Info",
                                        "Info-Package",
                                        "Join",
                                        "Max-Breadth",
                                        "Max-Forwards",
                                        "MIME-Version",
                                        "Min-Expires",
                                        "Min-SE",
                                        "Organization",
                                        "Priority",
                                        "Privacy",
                                        "RAck",
                                        "Refer-To",
                                        "Referred-By",
                                        "Replaces",
                                        "Reply-To",
                                        "Retry-After",
                                        "RSeq",
                                        "Server",
                                        "Session-Expires",
                                        "SIP-ETag",
                                        "SIP-If-Match",
                                        "Subject",
                                        "Subscription-State",
                                        "Timestamp",
                                        "To",
                                        "User-Agent"};
    for (const Right& right : right_values) {
        const std::string line = std::string(right.name) + ": " + right.value + "\n";
        const std::string found = found_in(request_with(line + line));
        CHECK_MESSAGE((found.find("field_repeated, " + std::string(right.name)) != std::string::npos) ==
                          once.contains(right.name),
                      right.name, ": ", found);
    }
}
