// What somebody on the way has changed.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

std::string sdp(const std::string& host, int port = 4000) {
    return " || v=0~o=- 1 1 IN IP4 " + host + "~s=-~c=IN IP4 " + host + "~t=0 0~m=audio " + std::to_string(port) +
           " RTP/AVP 8~";
}

}  // namespace

TEST_CASE("a body that is shorter or longer than Content-Length says") {
    const auto text = [](const std::string& length, const std::string& status) {
        return judged_flow("1 > 2 MESSAGE | Content-Type: text/plain | Content-Length: " + length +
                           " || hello\n2 > 1 " + status + " of=MESSAGE to=y\n");
    };
    CHECK(text("5", "200") == "");
    CHECK(text("7", "200") == "warning body-short 1 {said: 7, came: 5, from: 192.0.2.1:5060}\n");
    CHECK(text("7", "400") == "fault body-short-refused 1 {said: 7, came: 5, from: 192.0.2.1:5060}\n");
    CHECK(text("3", "200") == "warning body-long 1 {said: 3, came: 5, from: 192.0.2.1:5060}\n");
}

TEST_CASE("a message captured before and behind a NAT tells what an ALG has changed") {
    const std::string before = "192.168.1.20:5060 > 198.51.100.1:5060 INVITE | Contact: <sip:alice@192.168.1.20>";
    const auto behind = [](const std::string& contact) {
        return "\n203.0.113.9:5060 > 198.51.100.1:5060 INVITE via=192.168.1.20:5060 | Contact: <sip:alice@" + contact +
               ">";
    };
    CHECK(judged_flow(before + sdp("192.168.1.20") + behind("203.0.113.9") + sdp("203.0.113.9"))
              .ends_with("warning changed-on-way 1 2 {field: Contact, before: 192.168.1.20, after: 203.0.113.9}\n"
                         "warning changed-on-way 1 2 {field: c=, before: 192.168.1.20, after: 203.0.113.9}\n"));
    CHECK(judged_flow(before + sdp("192.168.1.20") + behind("192.168.1.20") + sdp("192.168.1.20")).find("changed") ==
          std::string::npos);
}

TEST_CASE("one place was made public and another was forgotten") {
    CHECK(judged_flow("203.0.113.9:5060 > 198.51.100.1:5060 INVITE | Contact: <sip:alice@192.168.1.20>" +
                      sdp("203.0.113.9")) ==
          "warning contact-left-private 1 {contact: 192.168.1.20, via: 203.0.113.9, from: 203.0.113.9:5060}\n");
    CHECK(judged_flow("203.0.113.9:5060 > 198.51.100.1:5060 INVITE | Contact: <sip:alice@203.0.113.9>" +
                      sdp("192.168.1.20")) ==
          "warning session-left-private 1 {contact: 203.0.113.9, media: 192.168.1.20, from: 203.0.113.9:5060}\n");
    CHECK(judged_flow("203.0.113.9:5060 > 198.51.100.1:5060 INVITE | Contact: <sip:alice@203.0.113.9>" +
                      sdp("203.0.113.9")) == "");
}

TEST_CASE("a proxy that puts itself into the session description is told as normal") {
    CHECK(judged_flow("1 > 2 INVITE" + sdp("192.0.2.1") + "\n2 > 3 INVITE branch=b,a" + sdp("192.0.2.2", 7000)) ==
          "note media-relayed 1 2 {by: 192.0.2.2:5060, before: 192.0.2.1:4000, after: 192.0.2.2:7000}\n");
    CHECK(judged_flow("1 > 2 INVITE" + sdp("192.0.2.1") + "\n2 > 3 INVITE branch=b,a" + sdp("192.0.2.1")) == "");
}

TEST_CASE("a Call-ID that was changed on the way") {
    const std::string before = "192.168.1.20:5060 > 198.51.100.1:5060 OPTIONS call=0123456789@192.168.1.20\n";
    CHECK(judged_flow(before + "203.0.113.9:5060 > 198.51.100.1:5060 OPTIONS call=0123456789@203.0.113.9\n") ==
          "warning call-id-changed 1 2 {before: 0123456789@192.168.1.20, after: 0123456789@203.0.113.9}\n");
    CHECK(judged_flow(before + "203.0.113.9:5060 > 198.51.100.1:5060 OPTIONS call=abcdefghij@203.0.113.9\n") == "");
}

TEST_CASE("a body that was cut off broke the exchange where that is to be seen") {
    const std::string cut = " | Content-Length: 9 || hello\n";
    // An ACK is not refused, and a provisional response not repeated.
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 200 to=y\n1 > 2 ACK branch=k to=y" + cut) ==
          "warning body-short 3 {said: 9, came: 5, from: 192.0.2.1:5060}\n");
    CHECK(judged_flow("1 > 2 INVITE\n2 > 1 183 to=y" + cut) ==
          "warning body-short 2 {said: 9, came: 5, from: 192.0.2.2:5060}\n");
    CHECK(judged_flow("1 > 2 MESSAGE" + cut) == "warning body-short 1 {said: 9, came: 5, from: 192.0.2.1:5060}\n");
    const std::string answer = "2 > 1 200 to=y after=1000" + cut;
    CHECK(judged_flow("1 > 2 INVITE\n" + answer + answer + answer) ==
          "fault body-short-refused 2 {said: 9, came: 5, from: 192.0.2.2:5060}\n");
}

TEST_CASE("a private address is forgotten only where nobody can use it") {
    const auto contact = [](const std::string& uri) {
        return judged_flow("203.0.113.9:5060 > 198.51.100.1:5060 INVITE | Contact: <" + uri + ">");
    };
    CHECK(contact("sip:alice@192.168.1.20;ob") == "");  // RFC 5626: by the way that is open
    CHECK(worse_than_notes(contact("sip:alice@192.168.1.20")) == "warning contact-left-private\n");
    const auto media = [](const std::string& receiver) {
        return worse_than_notes(judged_flow("203.0.113.9:5060 > " + receiver +
                                            ":5060 INVITE | Contact: <sip:alice@203.0.113.9>" + sdp("192.168.1.1")));
    };
    CHECK(media("192.168.1.30") == "");  // from a server with a leg in that network
    CHECK(media("10.0.0.5") == "warning session-left-private\n");
}

TEST_CASE("a host written in other letters is the same") {
    const auto written = [](const std::string& host) {
        return worse_than_notes(
            judged_flow("192.168.1.20:5060 > 198.51.100.1:5060 INVITE | Contact: <sip:a@phone.example.com>\n"
                        "203.0.113.9:5060 > 198.51.100.1:5060 INVITE via=192.168.1.20:5060 | Contact: <sip:a@" +
                        host + ">\n"));
    };
    CHECK(written("Phone.Example.COM") == "");
    CHECK(written("203.0.113.9") == "warning changed-on-way\n");
}

TEST_CASE("a private address is left behind in IPv6 as well") {
    const auto contact = [](const std::string& host) {
        return worse_than_notes(
            judged_flow("[2001:db8::1]:5060 > [2001:db8::2]:5060 INVITE | Contact: <sip:a@" + host + ">\n"));
    };
    CHECK(contact("[fd00::5]") == "warning contact-left-private\n");
    CHECK(contact("[2001:db8::1]") == "");
}
