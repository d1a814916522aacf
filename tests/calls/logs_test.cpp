// What is left of a call in a log that somebody has cut, masked or put together for others to read.
#include <doctest/doctest.h>

#include "calls/calls.h"
#include "capture/captured.h"
#include "evidence/told.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

struct Log {
    capture::Captured captured;
    calls::Calls calls;
};

Log log_of(const std::string& text) {
    Log log;
    log.captured.read_log(text, vocabulary());
    log.captured.arrange();
    log.calls = calls::group(log.captured);
    return log;
}

// "call refused 486, 3 of 3 messages": of the first story, and how many messages stand in any.
std::string told(const std::string& text) {
    const Log log = log_of(text);
    if (log.calls.stories.empty()) return "nothing";
    const calls::Story& one = log.calls.stories.front();
    std::string line = std::string(name_of(one.kind)) + ' ' + std::string(name_of(one.outcome));
    if (one.status != 0) line += ' ' + std::to_string(one.status);
    const std::size_t all = log.captured.messages.size();
    return line + ", " + std::to_string(all - log.calls.without_call_id.size()) + " of " + std::to_string(all) +
           " messages";
}

std::string parties_told(const std::string& text) {
    const Log log = log_of(text);
    std::string lines;
    for (const calls::Placed& one : log.calls.placed) {
        const auto name = [&](std::size_t party) {
            const std::string known = to_text(log.calls.parties.at(party));
            return known.empty() ? std::string("unknown") : known;
        };
        lines += name(one.from) + " > " + name(one.to) + '\n';
    }
    return lines;
}

const std::string invite = picture(R"(
    10:12:13.020 sent to udp/192.0.2.2:5060
    INVITE sip:bob@example.com SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa8f3c5d7
    From: <sip:alice@example.com>;tag=a
    To: <sip:bob@example.com>
    Call-ID: 7c1f@192.0.2.1
    CSeq: 1 INVITE
)");

}  // namespace

TEST_CASE("a response that was cut stands under the request whose branch it has, or the beginning of it") {
    const std::string from = "\n10:12:13.920 received from udp/192.0.2.2:5060\nSIP/2.0 486 Busy Here\n";
    const std::string via = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK";
    CHECK(told(invite + from + via + "a8f3c5d7\nFrom: <sip:al") == "call refused 486, 2 of 2 messages");
    CHECK(told(invite + from + via + "a8f3") == "call refused 486, 2 of 2 messages");
    CHECK(told(invite + from + via + "a8f3c5d7\nCall-ID: 7c1f@19") == "call refused 486, 2 of 2 messages");
    CHECK(told(invite + from + via + "a8f4") == "call unanswered, 1 of 2 messages");
    CHECK(told(invite + from + via + "a") == "call unanswered, 1 of 2 messages");
    // Cut behind its first line, it answers the only request that waits for an answer.
    CHECK(told(invite + from) == "call refused 486, 2 of 2 messages");
    CHECK(told(invite + "\n10:12:13.920 sent to udp/192.0.2.2:5060\nSIP/2.0 486 Busy Here\n") ==
          "call unanswered, 1 of 2 messages");
}

TEST_CASE("a cut response with the branch of an INVITE and its CANCEL answers the one that it can") {
    const std::string cancel = picture(R"(

        10:12:14.020 sent to udp/192.0.2.2:5060
        CANCEL sip:bob@example.com SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa8f3c5d7
        From: <sip:alice@example.com>;tag=a
        To: <sip:bob@example.com>
        Call-ID: 7c1f@192.0.2.1
        CSeq: 1 CANCEL
    )");
    const auto answer = [](const std::string& status) {
        return "\n10:12:14.120 received from udp/192.0.2.2:5060\nSIP/2.0 " + status +
               "\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa8f3c5d7\nFrom: <sip:al\n";
    };
    const Log log = log_of(invite + cancel + answer("200 OK") + answer("487 Request Terminated"));
    REQUIRE(log.calls.transactions.size() == 2);
    CHECK(log.calls.transactions[0].status == 487);
    CHECK(log.calls.transactions[1].status == 200);
}

TEST_CASE("a response of another attempt answers the only request with its number") {
    const auto answer = [](const std::string& branch, const std::string& tag, const std::string& number,
                           const std::string& below = "") {
        return "\nSIP/2.0 403 Forbidden\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK" + branch + below +
               "\nFrom: <sip:alice@example.com>;tag=" + tag + "\nTo: <sip:bob@example.com>;tag=b\n" +
               "Call-ID: 7c1f@192.0.2.1\nCSeq: " + number + " INVITE\n";
    };
    CHECK(told(invite + answer("c44e", "k", "1")) == "call refused 403, 2 of 2 messages");
    CHECK(told(invite + answer("c44e", "k", "2")) == "call unanswered, 2 of 2 messages");
    // What a server further on was answered is not what the caller was.
    CHECK(told(invite + answer("c44e", "a", "1", "\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKd")) ==
          "call unanswered, 2 of 2 messages");
}

TEST_CASE("words in angle brackets that stand for an address hide no parameter before or behind them") {
    const std::string request = picture(R"(
        REGISTER sip:example.com SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa8f3c5d7;rport
        From: <sip:alice@<our PBX>>;tag=a
        To: <sip:alice@<our PBX>>
        Call-ID: 7c1f
        CSeq: 4 REGISTER
        Contact: <sip:alice@<phone of Alice>:5060>
    )");
    const std::string response = picture(R"(

        SIP/2.0 200 OK
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa8f3c5d7;rport=1024;received=<our address>
        From: <sip:alice@<our PBX>>;tag=a
        To: <sip:alice@<our PBX>>;tag=b
        Call-ID: 7c1f
        CSeq: 4 REGISTER
        Contact: <sip:alice@<phone of Alice>:5060>;expires=120
    )");
    CHECK(told(request + response) == "registration registered 200, 2 of 2 messages");
}

TEST_CASE("who sent a request gets its response, wherever that says it goes") {
    const std::string start = "INVITE sip:bob@example.com SIP/2.0\n";
    const std::string rest =
        "From: <sip:alice@example.com>;tag=a\nTo: <sip:bob@example.com>\nCall-ID: 7c1f\nCSeq: 1 INVITE\n";
    CHECK(parties_told(start + "Via: SIP/2.0/WSS b7.invalid;branch=z9hG4bKa\n" + rest +
                       "\nSIP/2.0 180 Ringing\n"
                       "Via: SIP/2.0/WSS b7.invalid;branch=z9hG4bKa;received=192.0.2.7;rport=40112\n" +
                       rest) == "b7.invalid > example.com\nexample.com > b7.invalid\n");
    // The port within `received` is none behind it.
    CHECK(parties_told("SIP/2.0 180 Ringing\nVia: SIP/2.0/UDP 192.0.2.1:5064 ;received=192.0.2.7:5070\n" + rest) ==
          "unknown > 192.0.2.7:5070\n");
}

TEST_CASE("a proxy that passes on a request whose URI names the proxy does not send it to itself") {
    CHECK(parties_told("10:12:13 recv 400 bytes from udp/[192.0.2.5]:5060\nINVITE sip:bob@192.0.2.5 SIP/2.0\n"
                       "Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bKb\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\n"
                       "From: <sip:alice@192.0.2.5>;tag=a\nTo: <sip:bob@192.0.2.5>\nCall-ID: 7c1f\nCSeq: 1 INVITE\n") ==
          "192.0.2.5:5060 > unknown\n");
}

TEST_CASE("whom a call is between is told where the log holds responses only") {
    const Log log = log_of(
        "SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\n"
        "From: <sip:alice@example.com>;tag=a\nTo: <sip:bob@example.com>;tag=b\nCall-ID: 7c1f\n"
        "CSeq: 1 INVITE\n");
    REQUIRE(log.calls.stories.size() == 1);
    CHECK(log.calls.stories[0].caller.starts_with("<sip:alice@example.com>"));
    CHECK(log.calls.stories[0].callee.starts_with("<sip:bob@example.com>"));
}

TEST_CASE("a start line in a title or in somebody's words is no message of the log") {
    CHECK(told("# SIP/2.0 486 Busy Here\n\nWhy is that? Here is the log:\n\n" + invite) ==
          "call unanswered, 1 of 1 messages");
    // The last line of what was pasted may be cut.
    CHECK(told(invite + "\nSIP/2.0 486 Busy Here") == "call unanswered, 1 of 2 messages");
    CHECK(told("10:12:13.001 received INVITE sip:bob@example.com SIP/2.0 (CSeq 1)\n10:12:13.002 callback\n"
               "10:12:13.003 event new\n" +
               invite) == "call unanswered, 1 of 1 messages");
}
