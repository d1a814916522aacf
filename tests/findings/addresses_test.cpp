// Private addresses that are handed out, NATs, and responses that go astray.
#include <doctest/doctest.h>

#include "capture/packets.h"
#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// As it is captured before the NAT, where source and Via agree.
const std::string call_from_inside = R"(
    192.168.1.20:5060 > 198.51.100.1:5060 INVITE | Contact: <sip:alice@192.168.1.20:5060>
    198.51.100.1:5060 > 192.168.1.20:5060 200 to=y | Contact: <sip:bob@198.51.100.1>
    192.168.1.20:5060 > 198.51.100.1:5060 ACK to=y branch=b
)";

}  // namespace

TEST_CASE("a private Contact is a warning where nothing shows that it is repaired") {
    CHECK(judged_flow(call_from_inside) ==
          "warning contact-private 1 {contact: 192.168.1.20:5060, from: 192.168.1.20:5060, to: 198.51.100.1:5060}\n");
}

TEST_CASE("a private Contact is normal between private addresses, and where what is sent to it is answered") {
    CHECK(judged_flow(R"(
        192.168.1.20:5060 > 10.0.0.1:5060 INVITE | Contact: <sip:alice@192.168.1.20:5060>
        10.0.0.1:5060 > 192.168.1.20:5060 200 to=y | Contact: <sip:bob@10.0.0.1>
        192.168.1.20:5060 > 10.0.0.1:5060 ACK to=y branch=b
    )") == "");
    CHECK(judged_flow(call_from_inside + R"(
        198.51.100.1:5060 > 192.168.1.20:5060 BYE cseq=7 from=y to=x branch=c uri=sip:alice@192.168.1.20:5060
        192.168.1.20:5060 > 198.51.100.1:5060 200 of=BYE cseq=7 from=y to=x branch=c
    )") == "");
}

TEST_CASE("a private Contact is a fault where what is sent to it is lost, and none where the device is") {
    const std::string from_outside = R"(
        203.0.113.9:41000 > 198.51.100.1:5060 INVITE via=192.168.1.20:5060 | m: <sip:alice@192.168.1.20:5060>
        198.51.100.1:5060 > 203.0.113.9:41000 200 to=y | Contact: <sip:bob@198.51.100.1>
        203.0.113.9:41000 > 198.51.100.1:5060 ACK to=y branch=b
    )";
    const auto lost = [](const std::string& host) {
        std::string lines;
        for (int i = 0; i < 3; ++i)
            lines += "198.51.100.1:5060 > " + host +
                     " BYE cseq=7 from=y to=x branch=c uri=sip:alice@192.168.1.20:5060 after=500\n";
        return lines;
    };
    CHECK(judged_flow(from_outside + lost("192.168.1.20:5060")) ==
          "fault contact-private-unreached 1 4 5 6 "
          "{contact: 192.168.1.20:5060, from: 203.0.113.9:41000, method: BYE}\n");
    CHECK(judged_flow(from_outside + lost("203.0.113.9:41000")).find("unreached") == std::string::npos);
    CHECK(judged_flow(call_from_inside + lost("192.168.1.20:5060")).find("unreached") == std::string::npos);
}

TEST_CASE("a private Contact is no matter where nobody answered, nor where the server sends by the flow") {
    const std::string asked =
        "192.168.1.20:5060 > 198.51.100.1:5060 REGISTER | Contact: <sip:alice@192.168.1.20;ob>;reg-id=1\n";
    const std::string answered = "198.51.100.1:5060 > 192.168.1.20:5060 200 of=REGISTER to=y";
    CHECK(judged_flow(asked) == "");
    CHECK(judged_flow(asked + answered).starts_with("warning contact-private 1 "));
    CHECK(judged_flow(asked + answered + " | Require: path, outbound") == "");
}

TEST_CASE("a Contact that is nobody's address") {
    CHECK(judged_flow("1 > 2 REGISTER | Contact: <sip:alice@0.0.0.0>\n2 > 1 200 of=REGISTER to=y\n") ==
          "warning contact-nowhere 1 {contact: 0.0.0.0, from: 192.0.2.1:5060}\n");
    CHECK(judged_flow("127.0.0.1:5070 > 127.0.0.1:5060 REGISTER | Contact: <sip:alice@127.0.0.1:5070>\n"
                      "127.0.0.1:5060 > 127.0.0.1:5070 200 of=REGISTER to=y\n") == "");
}

TEST_CASE("a device is registered, its NAT has closed, and calls to it are lost") {
    const WholeJudgement whole;
    const std::string registered = R"(
        203.0.113.9:41000 > 198.51.100.1:5060 REGISTER call=reg | Contact: <sip:alice@192.168.1.20:5060>
        198.51.100.1:5060 > 203.0.113.9:41000 200 of=REGISTER call=reg to=y | Contact: <sip:alice@192.168.1.20:5060>
    )";
    const auto call = [](int after) {
        const std::string invite =
            "198.51.100.1:5060 > 203.0.113.9:41000 INVITE uri=sip:alice@192.168.1.20:5060 after=";
        return invite + std::to_string(after) + "\n" + invite + "500\n" + invite + "1000\n";
    };
    CHECK(worse_than_notes(judged_flow(registered + call(90000))).starts_with("fault registration-unreached\n"));
    CHECK(worse_than_notes(judged_flow(registered + call(5000))).starts_with("fault request-unanswered\n"));
}

TEST_CASE("a device that took its registration back, one before its NAT, and one whose Via has a name, are not lost") {
    const auto called = [](const std::string& device, const std::string& via, const std::string& expires) {
        std::string lines = device + " > 198.51.100.1:5060 REGISTER call=reg via=" + via +
                            " | Contact: <sip:alice@192.168.1.20:5060>;expires=" + expires + "\n198.51.100.1:5060 > " +
                            device + " 200 of=REGISTER call=reg to=y via=" + via + ";received=203.0.113.9\n";
        for (const char* after : {"90000", "500", "1000"})
            lines += "198.51.100.1:5060 > " + device + " INVITE uri=sip:alice@192.168.1.20:5060 after=" + after + "\n";
        return judged_flow(lines).find("registration-unreached") != std::string::npos;
    };
    CHECK(called("203.0.113.9:41000", "192.168.1.20:5060", "3600"));
    CHECK(!called("203.0.113.9:41000", "192.168.1.20:5060", "0"));
    CHECK(!called("192.168.1.20:5060", "192.168.1.20:5060", "3600"));
    CHECK(!called("192.168.1.20:5060", "phone.example.com", "3600"));
}

TEST_CASE("a server that is asked for rport answers there") {
    const std::string asked = "203.0.113.9:41000 > 198.51.100.1:5060 OPTIONS via=203.0.113.9:41000;rport\n";
    CHECK(judged_flow(asked +
                      "198.51.100.1:5060 > 203.0.113.9:41000 200 of=OPTIONS to=y via=203.0.113.9:41000;rport\n") == "");
    CHECK(
        judged_flow(asked + "198.51.100.1:5060 > 203.0.113.9:5060 200 of=OPTIONS to=y via=203.0.113.9:41000;rport\n") ==
        "warning rport-ignored 1 2 {from: 203.0.113.9:41000, to: 203.0.113.9:5060, sent_by: 203.0.113.9:41000}\n");
}

TEST_CASE("a response to the port of the Via does not get through a NAT") {
    const std::string asked = "203.0.113.9:41000 > 198.51.100.1:5060 OPTIONS via=192.168.1.20:5060";
    const std::string answered =
        "\n198.51.100.1:5060 > 203.0.113.9:5060 200 of=OPTIONS to=y via=192.168.1.20:5060;received=203.0.113.9\n";
    CHECK(worse_than_notes(judged_flow(asked + answered)) == "warning rport-missing\n");
    CHECK(judged_flow(asked + answered + asked + " after=500\n") ==
          "fault response-astray 1 2 3 "
          "{from: 203.0.113.9:41000, to: 203.0.113.9:5060, sent_by: 192.168.1.20:5060}\n"
          "note nat-recognised 1 2 {sent_by: 192.168.1.20:5060, seen: 203.0.113.9, by: 198.51.100.1:5060}\n");
}

TEST_CASE("a device that keeps a TCP connection is called over UDP, because its Contact says so") {
    const auto called = [](const std::string& parameter, const std::string& more,
                           const std::string& at = "192.0.2.7:5060") {
        const std::string contact = "Contact: <sip:bob@192.0.2.7" + parameter + ">\r\n";
        const std::string device = "192.0.2.7:40000", server = "192.0.2.1:5060";
        std::vector<MadeFrame> frames =
            at_intervals({tcp(device, server, 1, message("REGISTER sip:192.0.2.1 SIP/2.0", "1 REGISTER", contact)),
                          tcp(server, device, 1, message("SIP/2.0 200 OK", "1 REGISTER", contact))});
        std::string invite = message("INVITE sip:bob@192.0.2.7 SIP/2.0", "1 INVITE");
        invite.replace(invite.find("Call-ID: one"), 12, "Call-ID: two");
        for (std::uint32_t i = 0; i < 3; ++i)
            frames.push_back({udp(server, at, invite, 10 + i), 1'000'000 + i * 500'000, 0, 0});
        if (!more.empty()) {
            std::string answer = message(more, "1 INVITE");
            answer.replace(answer.find("Call-ID: one"), 12, "Call-ID: two");
            frames.push_back({udp(at, server, answer, 20), 3'000'000, 0, 0});
        }
        const capture::Captured captured = captured_of(pcap(frames));
        return judged(captured, calls::group(captured));
    };
    CHECK(called("", "") == "fault contact-transport 1 3 4 5 {contact: 192.0.2.7, used: TCP, method: INVITE}\n");
    CHECK(called(";transport=tcp", "") == "");  // the server does not do what it was told
    CHECK(called("", "SIP/2.0 180 Ringing") == "");
    CHECK(called("", "", "192.0.2.7:41000") == "");  // another device behind the same NAT
}
