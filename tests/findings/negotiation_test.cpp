// What both sides could not agree on.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

std::string sdp(const std::string& media) {
    return " | Content-Type: application/sdp || v=0~o=- 1 1 IN IP4 192.0.2.1~s=-~c=IN IP4 192.0.2.1~t=0 0~" + media;
}
const std::string
    g729 = sdp("m=audio 4000 RTP/AVP 18~"),
    pcma = sdp("m=audio 4000 RTP/AVP 8~"),
    secret = sdp(
        "m=audio 4000 RTP/SAVP 8~a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz~");

std::string call(const std::string& offer, const std::string& refusal) {
    return "1 > 2 INVITE" + offer + "\n2 > 1 488 to=y" + refusal + "\n1 > 2 ACK to=y\n";
}

// The called side takes another call in the same capture.
const std::string answered_elsewhere = "3 > 2 INVITE call=two branch=e" + pcma + "\n2 > 3 200 call=two branch=e to=z" +
                                       pcma + "\n3 > 2 ACK call=two branch=f to=z\n";

}  // namespace

TEST_CASE("a refused offer is explained by the warning, or by what the called side accepts") {
    CHECK(judged_flow(call(g729, "")) ==
          "fault offer-refused 1 2 {code: 488, from: 192.0.2.2:5060, offered: audio RTP/AVP G729}\n");
    CHECK(judged_flow(call(g729, " | Warning: 305 example.com \"No format\"")) ==
          "fault offer-refused-warning 1 2 {code: 488, from: 192.0.2.2:5060, offered: audio RTP/AVP G729, "
          "warning: 305, text: No format}\n");
    CHECK(judged_flow(call(g729, pcma)) ==
          "fault offer-codecs 1 2 {code: 488, from: 192.0.2.2:5060, offered: audio RTP/AVP G729, "
          "taken: audio RTP/AVP PCMA}\n");
    CHECK(judged_flow(answered_elsewhere + call(g729, "")) ==
          "fault offer-codecs 2 4 5 {code: 488, from: 192.0.2.2:5060, offered: audio RTP/AVP G729, "
          "taken: audio RTP/AVP PCMA}\n");
    CHECK(worse_than_notes(judged_flow(answered_elsewhere + call(pcma, ""))) == "fault offer-refused\n");
    CHECK(judged_flow(call(sdp(""), "")) == "fault offer-empty 1 2 {code: 488, from: 192.0.2.2:5060}\n");
}

TEST_CASE("one side encrypts and the other does not") {
    CHECK(worse_than_notes(judged_flow(answered_elsewhere + call(secret, ""))) == "fault offer-encryption\n");
    CHECK(worse_than_notes(judged_flow(call(secret, secret))) == "fault offer-refused\n");
    CHECK(worse_than_notes(judged_flow(call(pcma, " | Warning: 399 example.com \"SRTP required\""))) ==
          "fault offer-encryption\n");
}

TEST_CASE("a refusal after which a changed request is accepted is no fault") {
    CHECK(judged_flow(call(g729, "") + "1 > 2 INVITE cseq=2 branch=b" + pcma + "\n2 > 1 200 cseq=2 branch=b to=z" +
                      pcma + "\n1 > 2 ACK cseq=2 branch=c to=z\n") ==
          "note refusal-mended 1 2 4 5 {code: 488, method: INVITE, from: 192.0.2.2:5060}\n");
}

TEST_CASE("what is refused within a call leaves it as it was") {
    const std::string running = "1 > 2 INVITE" + pcma + "\n2 > 1 200 to=y" + pcma +
                                "\n1 > 2 ACK branch=b to=y\n1 > 2 INVITE cseq=2 branch=c to=y";
    const std::string refused = "\n2 > 1 488 cseq=2 branch=c to=y\n1 > 2 ACK cseq=2 branch=c to=y\n";
    CHECK(worse_than_notes(judged_flow(running + g729 + refused)) == "warning reoffer-refused\n");
    CHECK(worse_than_notes(judged_flow(running + sdp("m=image 4000 udptl t38~") + refused)) == "warning fax-refused\n");
}

TEST_CASE("extensions and types name what was asked for and what would do") {
    CHECK(judged_flow("1 > 2 INVITE | Require: 100rel, timer\n2 > 1 420 to=y | Unsupported: timer\n1 > 2 ACK to=y\n") ==
          "fault extension-refused 1 2 {method: INVITE, from: 192.0.2.2:5060, required: 100rel, timer, "
          "unsupported: timer}\n");
    CHECK(judged_flow("1 > 2 INVITE | Supported: timer\n2 > 1 421 to=y | Require: 100rel\n1 > 2 ACK to=y\n") ==
          "fault extension-demanded 1 2 {method: INVITE, from: 192.0.2.2:5060, demanded: 100rel, supported: timer}\n");
    CHECK(judged_flow(
              "1 > 2 MESSAGE | Content-Type: text/html || hello\n2 > 1 415 of=MESSAGE to=y | Accept: text/plain\n") ==
          "fault type-refused 1 2 {method: MESSAGE, from: 192.0.2.2:5060, sent: text/html, taken: text/plain}\n");
    CHECK(judged_flow("1 > 2 INVITE" + sdp("m=audio 4000 RTP/AVP 8~a=des:qos mandatory e2e sendrecv~") +
                      "\n2 > 1 580 to=y\n1 > 2 ACK to=y\n") ==
          "fault precondition-refused 1 2 {from: 192.0.2.2:5060, wanted: des:qos mandatory e2e sendrecv}\n");
}

TEST_CASE("a type that is refused within a call, and one that is taken there") {
    const auto info = [](const std::string& answer) {
        return judged_flow("1 > 2 INVITE" + pcma + "\n2 > 1 200 to=y" + pcma +
                           "\n1 > 2 ACK branch=b to=y\n1 > 2 INFO cseq=2 branch=c to=y | Content-Type: "
                           "application/dtmf-relay || Signal=5~\n2 > 1 " +
                           answer + "\n");
    };
    CHECK(info("415 of=INFO cseq=2 branch=c to=y") ==
          "warning type-refused-later 4 5 {method: INFO, from: 192.0.2.2:5060, sent: application/dtmf-relay, taken: "
          "none}\n");
    CHECK(info("200 of=INFO cseq=2 branch=c to=y") == "");
    CHECK(worse_than_notes(judged_flow("1 > 2 INVITE || hello\n2 > 1 415 to=y\n1 > 2 ACK to=y\n")) ==
          "fault type-refused\n");
}

TEST_CASE("a refusal on one branch is nothing where another branch, or another server, took the call") {
    const auto forked = [](const std::string& other, const std::string& refusal) {
        return worse_than_notes(judged_flow("1 > 2 INVITE\n2 > 3 INVITE branch=b,a" + pcma +
                                            "\n2 > 4 INVITE branch=c,a" + pcma + "\n3 > 2 " + refusal +
                                            " branch=b,a to=y\n4 > 2 " + other + " branch=c,a to=z\n"));
    };
    CHECK(forked("200", "488") == "");
    CHECK(forked("486", "488") == "fault offer-refused\n");
    CHECK(forked("200", "420") == "");
    // The next target was offered the same, so nothing was changed.
    CHECK(judged_flow("1 > 2 INVITE" + g729 + "\n2 > 1 488 to=y\n1 > 3 INVITE branch=b" + g729 +
                      "\n3 > 1 200 branch=b to=z" + g729 + "\n") == "");
}

TEST_CASE("a change that is accepted much later mends nothing") {
    const auto later = [](const std::string& milliseconds) {
        return judged_flow("1 > 2 INVITE cseq=2 branch=b to=y" + sdp("m=image 4000 udptl t38~") +
                           "\n2 > 1 488 cseq=2 branch=b to=y\n"
                           "1 > 2 INVITE cseq=3 branch=c to=y after=" +
                           milliseconds + pcma + "\n2 > 1 200 cseq=3 branch=c to=y\n");
    };
    CHECK(later("1000").starts_with("note refusal-mended 1 2 3 4 "));
    CHECK(worse_than_notes(later("900000")) == "warning fax-refused\n");
}

TEST_CASE("of several offered lines one that fits is enough, and one with port 0 is none") {
    const auto refused_beside = [](const std::string& media) {
        return worse_than_notes(judged_flow(answered_elsewhere + call(sdp(media), "")));
    };
    CHECK(refused_beside("m=audio 4000 RTP/AVP 18~m=audio 4002 RTP/AVP 8~") == "fault offer-refused\n");
    CHECK(refused_beside("m=audio 4000 RTP/SAVP 8~m=audio 4002 RTP/AVP 8~") == "fault offer-refused\n");
    CHECK(refused_beside("m=audio 0 RTP/AVP 8~m=audio 4002 RTP/AVP 18~") == "fault offer-codecs\n");
    CHECK(worse_than_notes(judged_flow("1 > 2 INVITE cseq=2 branch=b to=y" +
                                       sdp("m=image 0 udptl t38~m=audio 4000 RTP/AVP 8~") +
                                       "\n2 > 1 488 cseq=2 branch=b to=y\n")) == "warning reoffer-refused\n");
}

TEST_CASE("an offer in PRACK that is refused is told as an offer") {
    const WholeJudgement whole;
    const auto prack = [](const std::string& status) {
        return worse_than_notes(
            judged_flow("1 > 2 INVITE\n2 > 1 183 to=y | Require: 100rel | RSeq: 1\n1 > 2 PRACK cseq=2 branch=p to=y | "
                        "RAck: 1 1 INVITE" +
                        pcma + "\n2 > 1 " + status + " of=PRACK cseq=2 branch=p to=y\n"));
    };
    CHECK(prack("488") == "warning reoffer-refused\n");
    CHECK(prack("400").find("warning prack-refused\n") != std::string::npos);
}
