// What a server checks before it takes a request, and what it answers when a check fails.
#include <doctest/doctest.h>

#include <string>

#include "simulator/agents/screening.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

simulator::Screening phone_with(const std::string& options) {
    source::Problems problems;
    auto table = source::read_toml({"x.toml", "address = \"192.0.2.2\"\n" + options}, problems);
    REQUIRE(table);
    const simulator::Screening screening = simulator::read_screening(*table, simulator::screening_of_phone());
    table->done();
    REQUIRE(problems.empty());
    return screening;
}

const std::string minimum = "From: <sip:alice@example.com>;tag=1\nTo: <sip:bob@example.com>\nCall-ID: a@192.0.2.1\n";

// The answer to a request, given by its first line and what it has besides From, To and Call-ID: "415; Accept: application/sdp".
std::string answer_to(const std::string& first_line, const std::string& fields, const std::string& options = "",
                      const std::string& body = "") {
    const std::string method = first_line.substr(0, first_line.find(' '));
    std::string text = first_line + "\n" + minimum + fields;
    if (fields.find("CSeq:") == std::string::npos) text += "CSeq: 1 " + method + "\n";
    text += "\n" + body;
    const auto parsed = sip::parse(text);
    REQUIRE(parsed.message);
    const auto refusal = simulator::refusal_of(*parsed.message, phone_with(options));
    if (!refusal) return "";
    std::string answer = std::to_string(refusal->answer.status);
    for (const std::string& header : refusal->answer.headers) answer += "; " + header;
    if (!refusal->answer.phrase.empty()) answer += " " + refusal->answer.phrase;
    return answer + " (" + refusal->rule + ")";
}

const std::string invite = "INVITE sip:bob@192.0.2.2 SIP/2.0";
const std::string contact = "Contact: <sip:alice@192.0.2.1>\n";
const std::string sdp = contact + "Content-Type: application/sdp\n";

std::string offer(const std::string& rest) { return "v=0\r\nm=audio 4000 " + rest; }

}  // namespace

TEST_CASE("a plain INVITE passes") {
    CHECK(answer_to(invite, sdp, "", offer("RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n")) == "");
    CHECK(answer_to(invite, contact) == "");
}

TEST_CASE("each check answers with the code and the header fields that its RFC asks for") {
    struct Row {
        std::string first_line, fields, options, body, answer;
    };
    const Row rows[] = {
        {invite, "", "", "", "400 Missing Contact header field (RFC 3261 §21.4.1)"},
        {invite, contact + "CSeq: 1 BYE\n", "", "", "400 CSeq does not match the method (RFC 3261 §21.4.1)"},
        {"REFER sip:bob@192.0.2.2 SIP/2.0", "", "", "", "400 REFER needs exactly one Refer-To (RFC 3261 §21.4.1)"},
        {"INVITE sip:bob@192.0.2.2 SIP/3.0", contact, "", "", "505 (RFC 3261 §21.5.6)"},
        {invite, contact, "largest_message = 100", "", "513 (RFC 3261 §21.5.7)"},
        {"INVITE sip:bob@192.0.2.2;x=12345678 SIP/2.0", contact, "largest_uri = 20", "", "414 (RFC 3261 §21.4.12)"},
        {"MESSAGE sip:bob@192.0.2.2 SIP/2.0", "", "", "",
         "405; Allow: INVITE, ACK, CANCEL, BYE, OPTIONS (RFC 3261 §8.2.1)"},
        {"MESSAGE sip:bob@192.0.2.2 SIP/2.0", "", "recognizes = [\"INFO\"]", "",
         "501; Allow: INVITE, ACK, CANCEL, BYE, OPTIONS (RFC 3261 §8.2.1)"},
        {"INVITE tel:+12125550142 SIP/2.0", contact, "", "", "416 (RFC 3261 §8.2.2.1)"},
        {invite, contact + "Require: 100rel, replaces\n", "supports = [\"100rel\"]", "",
         "420; Unsupported: replaces (RFC 3261 §8.2.2.3)"},
        {invite, sdp, "largest_body = 5\nbusy_for = \"60\"", "v=0\r\ns=-\r\n",
         "413; Retry-After: 60 (RFC 3261 §21.4.11)"},
        {invite, contact + "Content-Type: application/pkcs7-mime\n", "decrypts = false", "x", "493 (RFC 3261 §23.2)"},
        {invite, contact + "Content-Type: text/html\n", "", "x", "415; Accept: application/sdp (RFC 3261 §8.2.3)"},
        {invite, sdp + "Content-Encoding: gzip\n", "", "x", "415; Accept-Encoding: identity (RFC 3261 §8.2.3)"},
        {invite, contact, "requires = \"timer\"", "", "421; Require: timer (RFC 3261 §8.2.4)"},
        {"OPTIONS sip:bob@192.0.2.2 SIP/2.0", "Accept: text/plain\n", "responds_with = \"application/sdp\"", "",
         "406 (RFC 3261 §21.4.7)"},
        {invite, contact, "without_credit = \"sip:alice@example.com\"", "", "402 (RFC 3261 §21.4.3)"},
        {invite, contact + "Privacy: id\n", "refuses_anonymous = true", "", "433 (RFC 5079 §3)"},
        {invite, contact + "Require: resource-priority\nResource-Priority: dsn.flash\n",
         "supports = \"resource-priority\"\nresource_priorities = [\"ets.0\", \"ets.1\"]", "",
         "417; Accept-Resource-Priority: ets.0, ets.1 (RFC 4412 §4.6.2)"},
        {invite, contact + "Session-Expires: 90\nSupported: timer\n", "min_session = 600", "",
         "422; Min-SE: 600 (RFC 4028 §9)"},
        {invite, contact + "Geolocation: <cid:where@192.0.2.1>\n", "needs_location = true", "",
         "424; Geolocation-Error: 100;code=\"Cannot Process Location\" (RFC 6442 §4.3)"},
        {"MESSAGE sip:bob@192.0.2.2 SIP/2.0", "Content-Type: application/EmergencyCallData.cap+xml\n",
         "methods = \"MESSAGE\"\ncontent_types = \"application/EmergencyCallData.cap+xml\"\nreads_alerts = true",
         "<alert>", "425; AlertMsg-Error: 103;code=\"Alert payload was corrupted\" (RFC 8876 §5.1)"},
        {invite, contact + "Referred-By: <sip:carol@example.com>\n", "needs_referrer = true", "",
         "429 (RFC 3892 §2.3)"},
        {"INFO sip:bob@192.0.2.2 SIP/2.0", "Info-Package: foo\n", "methods = \"INFO\"\ninfo_packages = \"bar\"", "",
         "469; Recv-Info: bar (RFC 6086 §4.2.2)"},
        {"MESSAGE sip:list@192.0.2.2 SIP/2.0", "Content-Type: application/resource-lists+xml\n",
         "methods = \"MESSAGE\"\ncontent_types = \"application/resource-lists+xml\"\nconsents = "
         "\"sip:bob@example.com\"",
         "<entry uri=\"sip:bob@example.com\"/><entry uri=\"sip:carol@example.com\"/>",
         "470; Permission-Missing: sip:carol@example.com (RFC 5360 §5.9.1)"},
        {invite, sdp, "", offer("RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n"),
         "488; Warning: 305 192.0.2.2 \"Incompatible media format\" (RFC 3261 §13.3.1.3)"},
        {invite, sdp, "for_all = true", offer("RTP/SAVP 0\r\na=rtpmap:0 PCMU/8000\r\n"),
         "606; Warning: 302 192.0.2.2 \"Incompatible transport protocol\" (RFC 3261 §13.3.1.3)"},
        {invite, sdp, "reserves = false",
         offer("RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=des:qos mandatory e2e sendrecv\r\n"), "580 (RFC 3312 §8)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.answer);
        CHECK(answer_to(row.first_line, row.fields, row.options, row.body) == row.answer);
    }
}

TEST_CASE("what a check does not concern passes it") {
    // No Supported: timer, so a 422 would only puzzle the caller (RFC 4028 8.1).
    CHECK(answer_to(invite, contact + "Session-Expires: 90\n", "min_session = 600") == "");
    // Without the option tag an unknown priority is ignored (RFC 4412 4.6.2).
    CHECK(answer_to(invite, contact + "Resource-Priority: dsn.flash\n", "resource_priorities = \"ets.0\"") == "");
    // Without Geolocation there is nothing to complain of (RFC 6442 4.3).
    CHECK(answer_to(invite, contact, "needs_location = true") == "");
    // An optional body may be dropped (RFC 3261 8.2.3).
    CHECK(answer_to(invite, contact + "Content-Type: text/html\nContent-Disposition: render;handling=optional\n", "",
                    "x") == "");
    CHECK(answer_to(invite, contact + "Referred-By: <sip:carol@example.com>;cid=\"1@example.com\"\n",
                    "needs_referrer = true") == "");
}

TEST_CASE("ACK and CANCEL are never refused") {
    CHECK(answer_to("ACK sip:bob@192.0.2.2 SIP/2.0", "Require: x\n") == "");
    CHECK(answer_to("CANCEL sip:bob@192.0.2.2 SIP/2.0", "Require: x\n") == "");
}
