// What becomes of a single message, value by value.
#include <doctest/doctest.h>

#include <algorithm>

#include "capture/packets.h"
#include "redact/pseudonyms.h"
#include "redact/redact.h"
#include "redact/rewriter.h"
#include "redact/told.h"
#include "redact/traces.h"
#include "sip/message.h"
#include "sip/token.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// Messages as they come out, in the order given.
std::vector<std::string> rewritten(const std::vector<std::string>& messages) {
    redact::Pseudonyms names(1, 7);
    redact::Phrases phrases;
    for (const std::string& text : published_texts()) phrases.add(text);
    redact::Rewriter collecting(names), writing(names, phrases);
    for (const std::string& one : messages) collecting.message(one);
    names.begin_giving();
    std::vector<std::string> out;
    for (const std::string& one : messages) out.push_back(writing.message(one));
    return out;
}

std::string request(const std::string& fields, const std::string& body = {}) {
    return "INVITE sip:bob@example.net SIP/2.0\r\n" + fields + "\r\n\r\n" + body;
}

// The value of one field after it was replaced.
std::string value_after(const std::string& name, const std::string& value, const std::string& others = {}) {
    const std::string out = rewritten({request(name + ": " + value + (others.empty() ? "" : "\r\n" + others))}).front();
    const auto parsed = sip::parse(out);
    REQUIRE(parsed.message);
    return std::string(parsed.message->header(name).value_or("(none)"));
}

std::string body_after(const std::string& type, const std::string& body) {
    const std::string out = rewritten({request("Content-Type: " + type, body)}).front();
    return out.substr(out.find("\r\n\r\n") + 4);
}

std::string digits_of(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

}  // namespace

TEST_CASE("a number keeps its length, its plus and its zeros, and stays the same with and without its prefix") {
    const auto out =
        rewritten({request("From: <sip:+33123456789@example.net>\r\nTo: <tel:0123456789>\r\n"
                           "P-Asserted-Identity: \"0033 1 23 45 67 89\" <sip:123456789@example.net>\r\n"
                           "Diversion: <sip:+33123456780@example.net>")});
    const auto parsed = sip::parse(out.front());
    const std::string from = digits_of(std::string(*parsed.message->header("From")).substr(0, 18)),
                      to = digits_of(std::string(*parsed.message->header("To")));
    CHECK(parsed.message->header("From")->starts_with("<sip:+"));
    CHECK(from.size() == 11);
    CHECK(to.size() == 10);
    CHECK(to.front() == '0');
    CHECK(from.substr(2) == to.substr(1));
    const std::string asserted(*parsed.message->header("P-Asserted-Identity"));
    CHECK(asserted.starts_with("\"00"));
    CHECK(digits_of(asserted.substr(0, asserted.find('<'))).substr(4) == from.substr(2));
    CHECK(asserted.find("<sip:" + from.substr(2) + "@") != std::string::npos);
    CHECK(from.substr(2) != "123456789");
    // Another number ends otherwise.
    CHECK(digits_of(std::string(*parsed.message->header("Diversion"))).substr(0, 11) != from);
}

TEST_CASE("numbers of emergency and who does not want to be known stay: they name nobody") {
    CHECK(value_after("To", "<sip:112@example.net>").starts_with("<sip:112@"));
    CHECK(value_after("To", "<urn:service:sos>") == "<urn:service:sos>");
    CHECK(value_after("To", "<sip:*97@example.net>").starts_with("<sip:*97@"));
    CHECK(value_after("From", "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1")
              .starts_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
}

TEST_CASE("addresses stay of their kind, and share a network as before") {
    const std::string out = value_after("Via",
                                        "SIP/2.0/UDP 10.1.2.3:5070;branch=z9hG4bKabc;received=194.2.0.20;rport=1024, "
                                        "SIP/2.0/TCP [2a00:1:2::3];branch=z9hG4bKdef, SIP/2.0/UDP 10.1.2.9");
    CHECK(out.starts_with("SIP/2.0/UDP 10."));
    CHECK(out.find(":5070;branch=z9hG4bK") != std::string::npos);
    CHECK(out.find(";rport=1024") != std::string::npos);
    const std::string first = out.substr(12, out.find(':') - 12), last = out.substr(out.rfind(' ') + 1);
    CHECK(first.substr(0, first.rfind('.')) == last.substr(0, last.rfind('.')));
    CHECK(first != last);
    CHECK(first.find("10.1.2.") == std::string::npos);
    const std::string received = out.substr(out.find("received=") + 9);
    CHECK((received.starts_with("192.0.2.") || received.starts_with("198.51.100.") ||
           received.starts_with("203.0.113.")));
    CHECK(out.find("[2001:db8:") != std::string::npos);
    CHECK(value_after("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKabc")
              .starts_with("SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK"));
    CHECK(value_after("Contact", "<sip:a@[fd12:3456::1]>").find("@[fd00:db8:") != std::string::npos);
    CHECK(value_after("Contact", "<sip:a@100.64.3.1>").find("@100.") != std::string::npos);
}

TEST_CASE("hosts of one domain stay hosts of one domain") {
    const std::string out =
        value_after("Route", "<sip:sbc1.corp.example.com;lr>, <sip:corp.example.com>, <sip:example.org>");
    const std::string first = out.substr(5, out.find(';') - 5);
    const std::size_t second = out.find("<sip:", 5) + 5;
    const std::string domain = out.substr(second, out.find('>', second) - second);
    CHECK(first.ends_with("." + domain));
    CHECK(first.find("sbc1") == std::string::npos);
    CHECK(out.find(";lr>") != std::string::npos);
}

TEST_CASE("a length that is wrong stays wrong by as much") {
    const std::string body =
        "v=0\r\no=- 1 1 IN IP4 192.168.100.200\r\ns=-\r\nc=IN IP4 192.168.100.200\r\nt=0 0\r\n"
        "m=audio 6000 RTP/AVP 0\r\n";
    for (const int wrong : {-7, 0, 5}) {
        const std::string told = std::to_string(static_cast<int>(body.size()) + wrong);
        const std::string out =
            rewritten({request("Content-Type: application/sdp\r\nContent-Length: " + told, body)}).front();
        const auto parsed = sip::parse(out);
        const std::size_t rest = out.size() - out.find("\r\n\r\n") - 4;
        CHECK(std::stoi(std::string(*parsed.message->header("Content-Length"))) - static_cast<int>(rest) == wrong);
        CHECK(parsed.message->body.find("192.168.100.200") == std::string::npos);
    }
}

TEST_CASE("a session description keeps what is offered") {
    const std::string out = body_after(
        "application/sdp",
        "v=0\r\no=alice 2890844526 2890844527 IN IP4 host.example.com\r\ns=Budget\r\nc=IN IP4 10.0.0.7\r\nt=0 0\r\n"
        "m=audio 49170 RTP/SAVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendonly\r\na=ptime:20\r\n"
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4\r\n"
        "a=ice-ufrag:8hhY\r\na=ice-pwd:YH75Fviy6338Vbrhrlp8Yh\r\n"
        "a=candidate:Hc0a80165 1 UDP 2130706431 10.0.0.7 8998 typ host\r\n"
        "a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B\r\na=X-office:Paris 12\r\n");
    for (const char* const kept :
         {"m=audio 49170 RTP/SAVP 0 101\r\n", "a=rtpmap:101 telephone-event/8000\r\n", "a=sendonly\r\n",
          "a=ptime:20\r\n", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:", "|2^20|1:4\r\n", " typ host\r\n",
          "a=fingerprint:sha-256 ", "a=X-office:Xxxxx 00\r\n", "c=IN IP4 10.", "s=Xxxxxx\r\n"})
        CHECK_MESSAGE(out.find(kept) != std::string::npos, kept, " is not in\n", out);
    for (const char* const gone : {"alice", "2890844526", "example.com", "10.0.0.7", "WVNfX19z", "8hhY", "YH75",
                                   "c0a80165", "4A:AD", "Paris", "Budget"})
        CHECK_MESSAGE(out.find(gone) == std::string::npos, gone, " is still in\n", out);
}

TEST_CASE("the version of a session grows by as much as before") {
    const auto with = [](const char* version) {
        return request("Content-Type: application/sdp",
                       "v=0\r\no=- 3928347239 " + std::string(version) + " IN IP4 10.0.0.7\r\ns=-\r\nt=0 0\r\n");
    };
    const auto out = rewritten({with("3928347239"), with("3928347239"), with("3928347240"), with("3928347252")});
    const auto version = [](const std::string& text) {
        const std::string line = text.substr(text.find("o=- ") + 4);
        return std::stoull(line.substr(line.find(' ') + 1));
    };
    CHECK(out[0] == out[1]);
    CHECK(version(out[2]) == version(out[0]) + 1);
    CHECK(version(out[3]) == version(out[0]) + 13);
}

TEST_CASE("credentials go, and what was asked and answered stays alike") {
    const auto out = rewritten(
        {request("WWW-Authenticate: Digest realm=\"pbx.example.com\", nonce=\"84a4cc6f3082121f\", qop=\"auth\", "
                 "stale=FALSE, algorithm=MD5"),
         request("Authorization: Digest username=\"33145\", realm=\"pbx.example.com\", nonce=\"84a4cc6f3082121f\", "
                 "uri=\"sip:pbx.example.com\", nc=00000001, qop=auth, response=\"7587245234b3434cc3412213e5f113a5\"")});
    const auto value = [](const std::string& text, const std::string& name) {
        const std::size_t at = text.find(name + "=\"") + name.size() + 2;
        return text.substr(at, text.find('"', at) - at);
    };
    CHECK(value(out[0], "nonce") == value(out[1], "nonce"));
    CHECK(value(out[0], "realm") == value(out[1], "realm"));
    CHECK(value(out[1], "uri") == "sip:" + value(out[1], "realm"));
    CHECK(value(out[1], "response").size() == 32);
    CHECK(out[0].find("stale=FALSE, algorithm=MD5") != std::string::npos);
    CHECK(out[1].find("nc=00000001, qop=auth") != std::string::npos);
    for (const char* const gone : {"33145", "84a4cc6f", "7587245234", "example"})
        CHECK_MESSAGE((out[0] + out[1]).find(std::string("\"") + gone) == std::string::npos, gone);
}

TEST_CASE("a product is still told, its serial number is not") {
    CHECK(value_after("User-Agent", "Asterisk PBX 16.2.1~dfsg-1") == "Asterisk PBX 16.2.1~dfsg-1");
    CHECK(value_after("User-Agent", "Yealink SIP-T46S 66.84.0.15 001565aabbcc") ==
          "Yealink SIP-T46S 66.84.0.15 000000xxxxxx");
    CHECK(value_after("Server", "PolycomVVX-VVX_400-UA/5.5.1.11526") == "PolycomVVX-VVX_400-UA/5.5.1.11526");
    CHECK(value_after("Server", "Kamailio (5.2.1 (x86_64/linux)) at sbc1.example.com")
              .starts_with("Kamailio (5.2.1 (x86_64/linux)) at "));
    CHECK(value_after("Server", "Kamailio at sbc1.example.com").find("example.com") == std::string::npos);
}

TEST_CASE("whoever a product was named by its owner is not told") {
    const std::string out =
        rewritten({request("From: <sip:alice@example.com>\r\nUser-Agent: Alice-Laptop/2.0 on alice")}).front();
    CHECK(sip::lowered(out).find("alice") == std::string::npos);
    CHECK(rewritten({request("From: <sip:asterisk@example.com>\r\nServer: Asterisk PBX")})
              .front()
              .find("Server: Asterisk PBX\r\n") != std::string::npos);
}

TEST_CASE("a device that its owner named after himself is a device") {
    CHECK(value_after("User-Agent", "LinphoneiOS/4.5.1 (Annika's iPhone) LinphoneSDK/5.0") ==
          "LinphoneiOS/4.5.1 (Xxxxxx'x xXxxxx) LinphoneSDK/5.0");
    CHECK(value_after("User-Agent", "Bria 6 Annika's laptop").find("Annika") == std::string::npos);
    CHECK(value_after("User-Agent", "Zoiper (iPhone de Zo\u00e9)").find("Zo\u00e9") == std::string::npos);
    CHECK(value_after("User-Agent", "Acme/2.1 (Linux; x86_64)") == "Acme/2.1 (Linux; x86_64)");
}

TEST_CASE("a key is none of the abilities that are offered, wherever it stands in a session") {
    for (const char* const line :
         {"a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_32 inline:", "a=cpar: a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:",
          "a=cpar:a=crypto:1 X inline:", "a=acap:2 cpar:a=cpar:a=cpar:a=cpar:a=cpar:a=crypto:1 X inline:"}) {
        const std::string key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVu", out = body_after("application/sdp", line + key);
        CAPTURE(out);
        CHECK(out.find(key.substr(0, 8)) == std::string::npos);
        CHECK(out.size() >= std::string(line).size());
    }
    CHECK(body_after("application/sdp", "a=msid-semantic: WMS Annikastream").find("Annika") == std::string::npos);
    CHECK(body_after("application/sdp", "a=msid-semantic: WMS *") == "a=msid-semantic: WMS *");
    CHECK(body_after("application/sdp", "a=label:Annikalabel").find("Annika") == std::string::npos);
    CHECK(body_after("application/sdp", "a=label:1") == "a=label:1");
    CHECK(body_after("application/sdp", "a=content:slides") == "a=content:slides");
}

TEST_CASE("numbers and words of the protocol are these, and no prose beside them") {
    CHECK(value_after("Expires", "Annikahome").find("Annika") == std::string::npos);
    CHECK(value_after("Date", "Thu, 21 Feb 2002 13:02:03 GMT") == "Thu, 21 Feb 2002 13:02:03 GMT");
    CHECK(value_after("Session-Expires", "1800;refresher=uac") == "1800;refresher=uac");
    CHECK(value_after("Allow", "INVITE ACK BYE") == "INVITE ACK BYE");
    CHECK(value_after("Subscription-State", "active;reason=noresource\r\n garbage of Annikahome").find("Annika") ==
          std::string::npos);
    CHECK(value_after("Warning", "399 pbxannika \"Incompatible transport protocol\"").find("annika") ==
          std::string::npos);
}

TEST_CASE("texts that standards and products have worded stay; what somebody wrote himself is taken out") {
    const auto phrase = [](const std::string& text) {
        const std::string out = rewritten({"SIP/2.0 480 " + text + "\r\nFrom: <sip:a@example.com>\r\n\r\n"}).front();
        return out.substr(12, out.find('\r') - 12);
    };
    CHECK(phrase("Temporarily Unavailable") == "Temporarily Unavailable");
    CHECK(phrase("Busy here") == "Busy here");  // of another code, or in other letters
    CHECK(phrase("Mr. Dupont is out until 3") == "Removed text 1");
    // Words of the standards in another order or form name nobody either.
    CHECK(phrase("Declined") == "Declined");
    CHECK(phrase("Call Not Allowed Here") == "Call Not Allowed Here");
    CHECK(phrase("Busy Dupont") == "Removed text 1");
    CHECK(phrase("Unresolvable destination (478/TM)") == "Unresolvable destination (478/TM)");
    CHECK(phrase("Unresolvable destination (478/Dupont at home)") == "Unresolvable destination (478/Xxxxxx xx xxxx)");
    CHECK(phrase("Busy Here (Dupont)") == "Busy Here (Xxxxxx)");
    CHECK(phrase("") == "");

    CHECK(value_after("Reason", "Q.850;cause=16;text=\"Normal call clearing\"") ==
          "Q.850;cause=16;text=\"Normal call clearing\"");
    CHECK(value_after("Reason", "SIP;cause=200;text=\"Completed at gw7.example.com for +33123456789\"") ==
          "SIP;cause=200;text=\"Removed text 1\"");
    CHECK(value_after("Reason", "Q.850;cause=17;text=\"Dupont\", SIP;cause=486") ==
          "Q.850;cause=17;text=\"Removed text 1\", SIP;cause=486");
    CHECK(value_after("X-Asterisk-HangupCause", "Dupont hung up") == "Removed text 1");
    const std::string warning = value_after("Warning", "399 10.9.8.7:5060 \"No route to Dupont\"");
    CHECK(warning.starts_with("399 10."));
    CHECK(warning.ends_with(":5060 \"Removed text 1\""));
    CHECK(warning.find("10.9.8") == std::string::npos);
    CHECK(value_after("Warning", "305 192.0.2.1 \"Incompatible media format\"")
              .ends_with("\"Incompatible media format\""));
}

TEST_CASE("of a text that is taken out, what findings rest on stays") {
    CHECK(value_after("Warning", "399 gw \"Dupont wants SRTP only\"").ends_with("\"Removed text 1 (SRTP)\""));
    const std::string redress = value_after(
        "Reason", "SIP;cause=603;text=\"v=analytics1;url=https://block.dupont.com;email=redress@dupont.com\"");
    CAPTURE(redress);
    CHECK(redress.starts_with("SIP;cause=603;text=\"v=analytics1;url=https://"));
    CHECK(redress.find(";email=") != std::string::npos);
    CHECK(redress.find("dupont") == std::string::npos);
}

TEST_CASE("what a header field of a vendor says is blotted out, unless it is known from elsewhere") {
    CHECK(value_after("X-Floor", "3rd, left of Alice") == "0xx, xxxx xx Xxxxx");
    const std::string out = rewritten({request("Call-ID: 7a8b9c0d@10.0.0.1\r\nX-Origin: 7a8b9c0d@10.0.0.1")}).front();
    const auto parsed = sip::parse(out);
    CHECK(*parsed.message->header("X-Origin") == *parsed.message->header("Call-ID"));
    CHECK(value_after("Subject", "Meet me at 12") == "Xxxx xx xx 00");
}

TEST_CASE("a port that a header field tells behind an address is no telephone number, and stays that of the session") {
    const std::string sdp = "v=0\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 20094 RTP/AVP 0\r\n",
                      fields = "X-RTP-Stat: CS=0;IP=10.0.0.7:1720,10.0.0.1:20094;EN=PCMU\r\n";
    const std::string out = rewritten({request(fields + "Content-Type: application/sdp", sdp)}).front();
    CHECK(out.find("m=audio 20094 RTP/AVP 0\r\n") != std::string::npos);
    CHECK(out.find(":20094;") != std::string::npos);
    // Where somebody is called so, it goes.
    const std::string called = rewritten({request(fields + "To: <sip:20094@example.com>")}).front();
    CHECK(called.find("20094") == std::string::npos);
}

TEST_CASE("a Call-ID that holds another still does") {
    const auto out = rewritten({request("Call-ID: 7a8b9c0d1e2f"), request("Call-ID: 7a8b9c0d1e2f-b2b_1@10.0.0.1")});
    const std::string first(*sip::parse(out[0]).message->header("Call-ID")),
        second(*sip::parse(out[1]).message->header("Call-ID"));
    CHECK(second.starts_with(first));
    CHECK(second.size() > first.size());
}

TEST_CASE("Replaces within a Refer-To still names the dialog") {
    const auto out = rewritten(
        {request("Call-ID: 98732@sip.example.com\r\nFrom: <sip:a@example.com>;tag=r33th4x0r\r\n"
                 "To: <sip:b@example.com>;tag=ff87ff"),
         request("Refer-To: "
                 "<sip:c@example.com?Replaces=98732%40sip.example.com%3Bfrom-tag%3Dr33th4x0r%3Bto-tag%3Dff87ff>")});
    const auto first = sip::parse(out[0]);
    const std::string refer(*sip::parse(out[1]).message->header("Refer-To"));
    const std::string call_id(*first.message->header("Call-ID")), from(*first.message->header("From"));
    CHECK(refer.find("?Replaces=" + call_id + "%3Bfrom-tag%3D" + from.substr(from.find("tag=") + 4)) !=
          std::string::npos);
}

TEST_CASE("keys pressed, messages written and places are blotted out, their length stays") {
    CHECK(body_after("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n") == "Signal=0\r\nDuration=000\r\n");
    CHECK(body_after("text/plain", "Call me, Bob!") == "Xxxx xx, Xxx!");
    CHECK(body_after("application/pidf+xml", "<gml:pos>48.85 2.29</gml:pos>") == "<xxx:xxx>00.00 0.00</xxx:xxx>");
    const std::string parts =
        body_after("multipart/mixed;boundary=\"alice-laptop\"",
                   "--alice-laptop\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nc=IN IP4 10.9.8.7\r\n"
                   "m=audio 6000 RTP/AVP 8\r\n\r\n--alice-laptop\r\nContent-Type: text/plain\r\n\r\nSecret "
                   "7\r\n--alice-laptop--\r\n");
    CHECK(parts.find("m=audio 6000 RTP/AVP 8\r\n") != std::string::npos);
    CHECK(parts.find("Xxxxxx 0\r\n") != std::string::npos);
    for (const char* const gone : {"alice", "10.9.8.7", "Secret"})
        CHECK_MESSAGE(parts.find(gone) == std::string::npos, parts);
    CHECK(body_after("message/sipfrag;version=2.0", "SIP/2.0 603 Decline\r\n") == "SIP/2.0 603 Decline\r\n");
}

TEST_CASE("a statement who calls is one about pseudonyms, unsigned") {
    // {"alg":"ES256","ppt":"shaken","typ":"passport","x5u":"https://cert.example.org/passport.cer"} and the claims.
    const std::string token =
        "eyJhbGciOiJFUzI1NiIsInBwdCI6InNoYWtlbiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3"
        "Nwb3J0LmNlciJ9."
        "eyJhdHRlc3QiOiJBIiwiZGVzdCI6eyJ0biI6WyIxMjE1NTU1MDExMyJdfSwiaWF0IjoxNDQzMjA4MzQ1LCJvcmlnIjp7InRuIjoiMTIxNTU1NT"
        "AxMTIifSwib3JpZ2lkIjoiMTIzZTQ1NjctZTg5Yi0xMmQzLWE0NTYtNDI2NjU1NDQwMDAwIn0."
        "c2lnbmF0dXJl";
    const std::string out = rewritten({request("From: <sip:+12155550112@example.com>\r\nIdentity: " + token +
                                               ";info=<https://cert.example.org/passport.cer>;alg=ES256;ppt=shaken")})
                                .front();
    CHECK(out.find(";alg=ES256;ppt=shaken") != std::string::npos);
    CHECK(out.find("cert.example.org") == std::string::npos);
    Originals originals;
    originals.values = {"12155550112", "12155550113", "cert.example.org", "123e4567-e89b-12d3-a456-426655440000",
                        "c2lnbmF0dXJl"};
    CHECK(traces_of(originals, out).empty());
    // Attestation and time stay: {"attest":"A","dest":…
    CHECK(out.find("eyJhdHRlc3QiOiJBIiwiZGVzdCI6") != std::string::npos);
}

TEST_CASE("what cannot be read is not copied") {
    const std::string out =
        rewritten({request("From: \"Alice <sip:alice@secret.example\r\nNo colon, but Alice\r\n"
                           "Contact: <sip:alice@10.2.3.4\r\nVia: alice 10.2.3.4\r\n: alice\r\nCSeq: alice")})
            .front();
    for (const char* const gone : {"alice", "Alice", "10.2.3.4", "secret"})
        CHECK_MESSAGE(out.find(gone) == std::string::npos, gone, " is still in\n", out);
    CHECK(std::ranges::count(out, '\n') == 8);
}

TEST_CASE("values are the same in every file of one run, and others in the next") {
    const auto call = [](const std::string& from, const std::string& method) {
        return pcap(at_intervals(
            {udp(from, "10.20.30.40:5060",
                 method + " sip:carol@example.com SIP/2.0\r\nVia: SIP/2.0/UDP " + from + ";branch=z9hG4bK" + method +
                     "\r\nFrom: <sip:dave@example.com>;tag=1\r\n"
                     "To: <sip:carol@example.com>\r\nCall-ID: one\r\nCSeq: 1 " +
                     method + "\r\nContent-Length: 0\r\n\r\n")}));
    };
    const std::vector<std::string> files = {call("10.20.30.50:5060", "OPTIONS"), call("10.20.30.50:5061", "MESSAGE")};
    const capture::Captured shared = captured_of(redacted(files));
    REQUIRE(shared.messages.size() == 2);
    CHECK(same_host(shared.messages[0].from, shared.messages[1].from));
    CHECK(shared.messages[0].to == shared.messages[1].to);
    const auto line = [](std::string_view octets, std::string_view name) {
        const std::size_t at = octets.find(name);
        return std::string(octets.substr(at, octets.find('\r', at) - at));
    };
    for (const char* const name : {"From:", "To:", "Call-ID:"})
        CHECK(line(shared.messages[0].octets, name) == line(shared.messages[1].octets, name));
    const std::string again = redacted(files, 2);
    CHECK(line(captured_of(again).messages[0].octets, "Call-ID:") != line(shared.messages[0].octets, "Call-ID:"));
}
