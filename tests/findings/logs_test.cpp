// Logs that tell less than a capture: no addresses, no times, those of some time zone.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

std::string worse_in_log(const std::string& text) {
    const TemporaryFolder folder;
    return worse_than_notes(judged_file(folder.write("a.log", text)));
}

// A message of one dialog, with what differs.
std::string message(const std::string& start, const std::string& via, const std::string& cseq,
                    const std::string& from = "<sip:alice@example.com>;tag=a",
                    const std::string& to = "<sip:bob@example.com>;tag=b", const std::string& more = "") {
    return start + "\nVia: SIP/2.0/TLS " + via + "\nFrom: " + from + "\nTo: " + to +
           "\nCall-ID: 1@ua1.example.com\nCSeq: " + cseq + "\nMax-Forwards: 70\n" + more + "\n";
}

}  // namespace

TEST_CASE("an identity that changes in a dialog is no change on the way, nor is a document with two such calls") {
    // RFC 4916 4.3, 5: the URI in From changes, the tag stays; its examples share Call-ID and branches.
    const std::string known = "Supported: from-change\n";
    const auto call = [&](const std::string& at) {
        return message("INVITE sip:bob@example.com SIP/2.0", "ua1.example.com;branch=z9hG4bK8", "1 INVITE",
                       "<sip:alice@example.com>;tag=a", "<sip:bob@example.com>",
                       known + "Contact: <sip:alice@ua1.example.com>\n") +
               message("SIP/2.0 200 OK", "ua1.example.com;branch=z9hG4bK8", "1 INVITE", "<sip:alice@example.com>;tag=a",
                       "<sip:bob@example.com>;tag=b", known + "Contact: <sip:carol@" + at + ">\n") +
               message("ACK sip:carol@" + at + " SIP/2.0", "ua1.example.com;branch=z9hG4bK9", "1 ACK") +
               message("UPDATE sip:alice@ua1.example.com SIP/2.0", at + ";branch=z9hG4bKu", "2 UPDATE",
                       "<sip:carol@example.com>;tag=b", "<sip:alice@example.com>;tag=a",
                       "Contact: <sip:carol@" + at + ">\n") +
               message("SIP/2.0 200 OK", at + ";branch=z9hG4bKu", "2 UPDATE", "<sip:carol@example.com>;tag=b",
                       "<sip:alice@example.com>;tag=a", "Contact: <sip:alice@ua1.example.com>\n");
    };
    CHECK(worse_in_log(call("ua2.example.com")) == "");
    CHECK(worse_in_log(call("ua2.example.com") + call("b2bua.example.com")) == "");
}

TEST_CASE("in a log without addresses the message tells whether it ever left the host that its Contact names") {
    const auto called = [](const std::string& from, const std::string& to) {
        return worse_in_log(message("INVITE sip:bob@" + to + " SIP/2.0", from + ":5060;branch=z9hG4bK1", "1 INVITE",
                                    "<sip:alice@example.com>;tag=a", "<sip:bob@example.com>",
                                    "Contact: <sip:alice@127.0.0.1:5060>\n") +
                            message("SIP/2.0 180 Ringing", from + ":5060;branch=z9hG4bK1", "1 INVITE"));
    };
    CHECK(called("127.0.0.1", "127.0.0.1:5062") == "");
    CHECK(called("127.0.0.1", "example.com") == "warning contact-nowhere\n");
    CHECK(called("192.0.2.1", "127.0.0.1") == "warning contact-nowhere\n");
}

TEST_CASE("what is known of a server by its name only is not held against another of that name") {
    const auto asked = [](const std::string& second, const std::string& address, const std::string& id) {
        return "2026-11-30 10:12:" + second + address + "\n" +
               message("INVITE sip:bob@example.com SIP/2.0", "ua1.example.com;branch=z9hG4bK" + id, id + " INVITE",
                       "<sip:alice@example.com>;tag=a", "<sip:bob@example.com>");
    };
    const auto both = [&](const std::string& there, const std::string& back) {
        return asked("13", there, "1") + "2026-11-30 10:12:14" + back + "\n" +
               message("SIP/2.0 503 Service Unavailable", "ua1.example.com;branch=z9hG4bK1", "1 INVITE",
                       "<sip:alice@example.com>;tag=a", "<sip:bob@example.com>;tag=b", "Retry-After: 120\n") +
               asked("15", there, "2");
    };
    CHECK(both("", "").find("503") != std::string::npos);
    CHECK(worse_in_log(both("", "")).find("retry-too-early") == std::string::npos);
    CHECK(worse_in_log(both(" 192.0.2.1:5060 -> 192.0.2.2:5060", " 192.0.2.2:5060 -> 192.0.2.1:5060"))
              .find("retry-too-early") != std::string::npos);
}

TEST_CASE("a refusal that a log has cut is not said to give no reason") {
    const std::string invite = message("INVITE sip:bob@example.com SIP/2.0", "192.0.2.1;branch=z9hG4bKa8f3", "1 INVITE",
                                       "<sip:alice@example.com>;tag=a", "<sip:bob@example.com>");
    const std::string refusal = message("SIP/2.0 500 Internal", "192.0.2.1;branch=z9hG4bKa8f3", "1 INVITE");
    CHECK(worse_in_log(invite + refusal) == "warning refusal-unexplained\n");
    CHECK(worse_in_log(invite + refusal.substr(0, refusal.find("From:"))) == "");
}

TEST_CASE("a log is of some time zone, and no measure of how old a signature is") {
    CHECK(worse_in_log("2026-11-30 11:12:13 192.0.2.1:5060 -> 192.0.2.2:5060\n" +
                       message("INVITE sip:bob@example.com SIP/2.0", "192.0.2.1:5060;branch=z9hG4bK1", "1 INVITE",
                               "<sip:alice@example.com>;tag=a", "<sip:bob@example.com>",
                               "Date: Mon, 30 Nov 2026 10:12:13 GMT\n"
                               "Identity: ..c2ln;info=<https://cert.example.net/1.crt>;alg=ES256\n")) == "");
}
