// Media of calls: each rule speaks where it should, and is silent where all is well.
#include <doctest/doctest.h>

#include "calls/calls.h"
#include "calls/flow.h"
#include "calls/media_script.h"
#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string judged_script(const std::string& script, const findings::Thresholds& set = {}) {
    const capture::Captured captured = scripted(script);
    return judged(captured, calls::group(captured), set);
}

const std::string begin = R"(
    0         1 > 2 INVITE sdp=audio:192.0.2.1:6000:0.8
    500       2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0
    520       1 > 2 ACK to=y
)";
const std::string end = R"(
    9000      1 > 2 BYE cseq=2 to=y
    9010      2 > 1 200 of=BYE branch=BYE cseq=2 to=y
)";
const std::string call = begin + end;
const std::string there = "    540-8980  192.0.2.1:6000 > 192.0.2.2:7000\n",
                  back = "    560-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n";

// The same with the first INVITE and its answer replaced.
std::string call_with(const std::string& offer, const std::string& answer) {
    return "0 1 > 2 INVITE " + offer + "\n500 2 > 1 200 to=y " + answer + "\n520 1 > 2 ACK to=y\n" + picture(end);
}

}  // namespace

TEST_CASE("a call whose media goes both ways as agreed has no finding") {
    CHECK(judged_script(call + there + back) == "");
    CHECK(judged_script(call) == "");  // only the signalling was captured: nothing can be said
}

TEST_CASE("no media either way, where media of these hosts would be seen, and where it would not") {
    const std::string theirs = "    540-8980  192.0.2.2:9000 > 203.0.113.9:7000\n",
                      his = "    540-8980  192.0.2.1:9000 > 203.0.113.9:7002 ssrc=8\n",
                      others = "    540-8980  203.0.113.1:9000 > 203.0.113.9:7000\n";
    CHECK(judged_script(call + theirs + his) ==
          "fault media-none 1 2 4 {media: audio, caller: 192.0.2.1:6000, called: 192.0.2.2:7000, seconds: 8.5}\n");
    CHECK(judged_script(call + theirs) ==
          "note media-not-seen 1 2 {media: audio, caller: 192.0.2.1:6000, called: 192.0.2.2:7000, seen: one}\n");
    CHECK(judged_script(call + others) ==
          "note media-not-seen 1 2 {media: audio, caller: 192.0.2.1:6000, called: 192.0.2.2:7000, seen: none}\n");
    CHECK(judged_script(call_with("sdp=audio:192.0.2.1:6000:0:inactive", "sdp=audio:192.0.2.2:7000:0:inactive") +
                        picture(theirs) + picture(his)) == "");
    CHECK(judged_script(call + theirs + his, {{"media-none.seconds", 10}}) == "");
}

TEST_CASE("sound in one direction: which, and whether RTCP of the other passes") {
    CHECK(judged_script(call + there) ==
          "fault media-one-way 1 2 4 {media: audio, side: called, to: 192.0.2.1:6000, packets: 423, seconds: 8.4, "
          "rtcp: no}\n");
    CHECK(judged_script(call + back + "    600-8600  192.0.2.1:6001 > 192.0.2.2:7001 rtcp every=4000\n") ==
          "fault media-one-way 1 2 4 {media: audio, side: caller, to: 192.0.2.2:7000, packets: 422, seconds: 8.4, "
          "rtcp: yes}\n");
    // An announcement only is sent.
    CHECK(judged_script(call_with("sdp=audio:192.0.2.1:6000:0:recvonly", "sdp=audio:192.0.2.2:7000:0:sendonly") +
                        picture(back)) == "");
}

TEST_CASE("a private address of media behind a public one of signalling") {
    const std::string nat = call_with("sdp=audio:10.0.0.5:6000:0", "sdp=audio:192.0.2.2:7000:0");
    CHECK(judged_script(nat) ==
          "warning media-private-address 1 {side: caller, address: 10.0.0.5:6000, signalling: 192.0.2.1}\n");
    CHECK(
        judged_script(nat + "540-8980  192.0.2.1:6000 > 192.0.2.2:7000\n540-8980  192.0.2.2:7000 > 10.0.0.5:6000\n") ==
        "warning media-private-address 1 {side: caller, address: 10.0.0.5:6000, signalling: 192.0.2.1}\n");
    // Who sends back to where packets come from helps.
    CHECK(judged_script(
              nat + "540-8980  192.0.2.1:41000 > 192.0.2.2:7000\n560-8980  192.0.2.2:7000 > 192.0.2.1:41000\n") == "");
    CHECK(judged_script(nat + "540-8980  198.51.100.1:41000 > 192.0.2.2:7000\n"
                              "560-8980  192.0.2.2:7000 > 198.51.100.1:41000\n") ==
          "note media-latched 1 {side: called, to: 198.51.100.1:41000, announced: 10.0.0.5:6000}\n");
}

TEST_CASE("media to another address than announced") {
    CHECK(judged_script(call + back + "    540-8980  192.0.2.1:6000 > 203.0.113.9:7000\n") ==
          "fault media-elsewhere 2 {side: caller, sender: 192.0.2.1:6000, to: 203.0.113.9:7000, announced: "
          "192.0.2.2:7000, "
          "packets: 423}\n");
}

TEST_CASE("a codec that was not agreed on") {
    // Offered, but left out of the answer.
    CHECK(judged_script(call + there + "    560-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9 pt=8\n") ==
          "warning media-not-agreed 1 2 {side: called, codec: PCMA, number: 8, packets: 422, known: yes}\n");
    CHECK(judged_script(call + back + "    540-8980  192.0.2.1:6000 > 192.0.2.2:7000 pt=18\n") ==
          "warning media-not-agreed 1 2 {side: caller, codec: G729, number: 18, packets: 423, known: no}\n");
    CHECK(judged_script(call + there + back + "    8985-8985  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9 pt=13\n") == "");
}

TEST_CASE("media that comes late, stops early or does not stop") {
    CHECK(judged_script(call + there + "    2600-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n") ==
          "warning media-late 2 {side: called, seconds: 2.1}\n");
    CHECK(judged_script(call + there + "    2600-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n",
                        {{"media-late.late_ms", 3000}}) == "");
    CHECK(judged_script(call + there + "    560-3000  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n") ==
          "warning media-stopped 1 2 4 {side: called, seconds: 6.0, by: 192.0.2.1:5060}\n");
    // A fax that went on by T.38 needs no sound.
    const std::string both =
        "    540-3000  192.0.2.1:6000 > 192.0.2.2:7000\n"
        "    560-3000  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n";
    CHECK(judged_script(begin +
                        "3000 1 > 2 INVITE branch=t cseq=2 to=y sdp=image:192.0.2.1:6000:t38\n"
                        "3020 2 > 1 200 branch=t cseq=2 to=y sdp=image:192.0.2.2:7000:t38\n"
                        "3040 1 > 2 ACK branch=u cseq=2 to=y\n" +
                        picture("    9000 1 > 2 BYE cseq=3 to=y\n    9010 2 > 1 200 of=BYE branch=BYE cseq=3 to=y\n") +
                        picture(both)) == "");
    CHECK(judged_script(call + "    540-3000  192.0.2.1:6000 > 192.0.2.2:7000\n"
                               "    560-3000  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n") ==
          "warning media-stopped 1 2 4 {side: both, seconds: 6.0, by: 192.0.2.1:5060}\n");
    CHECK(judged_script(call + there + "    560-12000  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n") ==
          "warning media-after-bye 4 {side: called, seconds: 3.0}\n");
}

TEST_CASE("packets that are lost, by three levels, and behind the capture") {
    const auto with_lost = [](int lost) {
        std::string numbers;
        for (int i = 0; i < lost; ++i) numbers += (i == 0 ? "" : ".") + std::to_string(10 + 3 * i);
        return call + back + "    540-8980  192.0.2.1:6000 > 192.0.2.2:7000" + (lost > 0 ? " lose=" + numbers : "") +
               "\n";
    };
    CHECK(judged_script(with_lost(2)) == "");
    CHECK(judged_script(with_lost(6)) ==
          "note media-loss-slight 1 2 {side: caller, lost: 6, expected: 423, percent: 1.4}\n");
    CHECK(judged_script(with_lost(15)) ==
          "warning media-loss 1 2 {side: caller, lost: 15, expected: 423, percent: 3.5}\n");
    CHECK(judged_script(with_lost(40)) ==
          "fault media-loss-heavy 1 2 {side: caller, lost: 40, expected: 423, percent: 9.5}\n");
    CHECK(judged_script(with_lost(15), {{"media-loss.percent", 4}}) ==
          "note media-loss-slight 1 2 {side: caller, lost: 15, expected: 423, percent: 3.5}\n");
    CHECK(judged_script(call + there + back + "    8000-8000  192.0.2.2:7001 > 192.0.2.1:6001 rtcp reported=50\n") ==
          "warning media-loss-beyond 1 2 {side: caller, reported: 50, lost: 0, percent: 11.8}\n");
}

TEST_CASE("packets that come irregularly") {
    CHECK(judged_script(call + there + "    560-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9 every=60 jitter=50\n") ==
          "warning media-jitter 1 2 {side: called, most: 50.0, last: 50.0}\n");
    CHECK(judged_script(call + there + "    560-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9 every=60 jitter=20\n") ==
          "");
}

TEST_CASE("183 that announces a sound which never comes") {
    const auto early = [](const std::string& more, const std::string& code) {
        return "0     1 > 2 INVITE sdp=audio:192.0.2.1:6000:0\n"
               "100   2 > 1 " +
               code +
               " to=y sdp=audio:192.0.2.2:7000:0\n"
               "5000  2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0\n"
               "5020  1 > 2 ACK to=y\n"
               "5040-8980  192.0.2.1:6000 > 192.0.2.2:7000\n"
               "5060-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n" +
               more;
    };
    CHECK(judged_script(early("", "183")) == "warning media-early-silent 1 2 3 {code: 183, seconds: 4.9}\n");
    CHECK(judged_script(early("200-4900  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=8\n", "183")) == "");
    CHECK(judged_script(early("", "180")) == "");  // the phone rings by itself
}

TEST_CASE("a hold that does not end") {
    const auto held = [](const std::string& more, const std::string& last) {
        return picture(begin) +
               "2000   1 > 2 INVITE branch=h cseq=2 to=y sdp=audio:192.0.2.1:6000:0:sendonly\n"
               "2010   2 > 1 200 branch=h cseq=2 to=y sdp=audio:192.0.2.2:7000:0:recvonly\n"
               "2020   1 > 2 ACK cseq=2 to=y\n" +
               more + last + "    2 > 1 BYE cseq=1 from=y to=x\n";
    };
    CHECK(judged_script(held("", "62000")) == "warning media-held-to-the-end 4 5 7 {side: caller, seconds: 60.0}\n");
    CHECK(judged_script(held("", "9000")) == "");
    CHECK(judged_script(held("5000   1 > 2 INVITE branch=i cseq=3 to=y sdp=audio:192.0.2.1:6000:0\n"
                             "5010   2 > 1 200 branch=i cseq=3 to=y sdp=audio:192.0.2.2:7000:0\n",
                             "62000")) == "");
}

TEST_CASE("an offer without answer, an answer without common codec, SRTP on one side") {
    CHECK(judged_script("0 1 > 2 INVITE\n500 2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0\n520 1 > 2 ACK to=y\n") ==
          "fault offer-unanswered 2 3 {offerer: 192.0.2.2:5060, answerer: 192.0.2.1:5060, where: ACK}\n");
    // Where the INVITE is not in the capture, nobody knows what it said.
    CHECK(judged_script("500 2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0\n520 1 > 2 ACK to=y\n") == "");
    CHECK(judged_script(call_with("sdp=audio:192.0.2.1:6000:0.8", "")) ==
          "fault offer-unanswered 1 2 {offerer: 192.0.2.1:5060, answerer: 192.0.2.2:5060, where: 200}\n");
    CHECK(judged_script(call_with("sdp=audio:192.0.2.1:6000:0.8", "sdp=audio:192.0.2.2:7000:18")) ==
          "fault media-no-codec 1 2 {media: audio, offered: PCMU, PCMA, answered: G729}\n");
    CHECK(judged_script(call_with("sdp=audio:192.0.2.1:6000:0",
                                  "sdp=audio:192.0.2.2:7000:0 | a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x")) ==
          "fault media-srtp-one-side 1 2 {media: audio, offered: RTP/AVP, answered: RTP/AVP + a=crypto}\n");
    // Offered beside plain sound, and not taken: that is how it is meant.
    CHECK(judged_script(call_with("sdp=audio:192.0.2.1:6000:0 | a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x",
                                  "sdp=audio:192.0.2.2:7000:0")) == "");
}

TEST_CASE("a picture or a text that nobody sends is no fault, sound is") {
    const auto with = [](const std::string& kind, const std::string& media) {
        return worse_than_notes(judged_script("0 1 > 2 INVITE sdp=audio:192.0.2.1:6000:0+" + kind +
                                              ":192.0.2.1:6002:34\n"
                                              "500 2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0+" +
                                              kind +
                                              ":192.0.2.2:7002:34\n"
                                              "520 1 > 2 ACK to=y\n" +
                                              picture(end) + media));
    };
    const std::string sound = picture(there) + picture(back),
                      one_picture = "540-8980 192.0.2.1:6002 > 192.0.2.2:7002 pt=34 ssrc=5\n";
    CHECK(with("video", sound) == "");
    CHECK(with("video", sound + one_picture) == "");
    CHECK(with("text", sound) == "");
    CHECK(with("video", picture(there) + one_picture) == "fault media-one-way\n");
}

TEST_CASE("what a name stands for is not known, so media may go there") {
    const std::string
        to_name = call_with("sdp=audio:192.0.2.1:6000:0", "sdp=audio:media.example.com:7000:0"),
        there_and_back =
            "540-8980 192.0.2.1:6000 > 198.51.100.7:7000\n560-8980 198.51.100.7:7000 > 192.0.2.1:6000 ssrc=9\n";
    CHECK(judged_script(to_name + there_and_back) == "");
}

TEST_CASE("media that a re-INVITE leads past the capture has not stopped") {
    const auto led = [](const std::string& to) {
        return worse_than_notes(judged_script(
            picture(begin) + "3000 2 > 1 INVITE branch=i cseq=1 from=y to=x sdp=audio:" + to +
            ":0\n"
            "3020 1 > 2 200 branch=i cseq=1 from=y to=x sdp=audio:192.0.2.1:6000:0\n"
            "30000 2 > 1 INVITE branch=j cseq=2 from=y to=x sdp=audio:192.0.2.2:7000:0\n"
            "30020 1 > 2 200 branch=j cseq=2 from=y to=x sdp=audio:192.0.2.1:6000:0\n"
            "30100 1 > 2 BYE cseq=2 to=y\n"
            "540-3000 192.0.2.1:6000 > 192.0.2.2:7000\n560-3000 192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n"));
    };
    CHECK(led("198.51.100.7:8000") == "");
    CHECK(led("192.0.2.2:7000") == "warning media-stopped\n");
}

TEST_CASE("ports that the next call takes over at once are told of neither call") {
    const auto taken_over = [](const std::string& port) {
        return worse_than_notes(judged_script(
            picture(begin) +
            "8000 1 > 2 INVITE call=two branch=t from=w sdp=audio:192.0.2.1:6000:0\n"
            "8500 2 > 1 200 call=two branch=t from=w to=q sdp=audio:192.0.2.2:" +
            port +
            ":0\n"
            "9000 1 > 2 BYE cseq=2 to=y\n20000 1 > 2 BYE call=two cseq=2 from=w branch=tb to=q\n"
            "540-20000 192.0.2.1:6000 > 192.0.2.2:7000\n560-8900 192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n"));
    };
    CHECK(taken_over("7000") == "");
    CHECK(taken_over("7100").find("warning media-after-bye\n") != std::string::npos);
}

TEST_CASE("183 that says that nothing is sent yet promises no sound") {
    const auto early = [](const std::string& direction) {
        return worse_than_notes(judged_script(
            "0 1 > 2 INVITE sdp=audio:192.0.2.1:6000:0\n100 2 > 1 183 to=y sdp=audio:192.0.2.2:7000:0" + direction +
            "\n5000 2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0\n5040-8980 192.0.2.1:6000 > 192.0.2.2:7000\n"
            "5060-8980 192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n"));
    };
    CHECK(early(":inactive") == "");
    CHECK(early(":recvonly") == "");
    CHECK(early(":sendonly") == "warning media-early-silent\n");
}

TEST_CASE("a private address is no fault for who only sends, or behind one NAT") {
    CHECK(judged_script(call_with("sdp=audio:10.0.0.5:6000:0:sendonly", "sdp=audio:192.0.2.2:7000:0:recvonly")) == "");
    const auto called = [](const std::string& nat) {
        return worse_than_notes(
            judged_script("0 203.0.113.9:5060 > 2 INVITE sdp=audio:192.168.1.20:6000:0\n"
                          "10 2 > " +
                          nat +
                          ":5070 INVITE branch=b,INVITE sdp=audio:192.168.1.20:6000:0\n"
                          "500 " +
                          nat +
                          ":5070 > 2 200 branch=b,INVITE to=y sdp=audio:192.168.1.30:7000:0\n"
                          "510 2 > 203.0.113.9:5060 200 to=y sdp=audio:192.168.1.30:7000:0\n"));
    };
    CHECK(called("203.0.113.9") == "");
    CHECK(called("203.0.113.8") == "warning media-private-address\nwarning media-private-address\n");
}

TEST_CASE("a number of RFC 3551 is the same codec by whatever name") {
    const std::string offer = "sdp=audio:192.0.2.1:6000:18 | a=rtpmap:18 G729/8000";
    CHECK(judged_script(call_with(offer, "sdp=audio:192.0.2.2:7000:18 | a=rtpmap:18 G729A/8000")) == "");
    CHECK(worse_than_notes(judged_script(call_with(offer, "sdp=audio:192.0.2.2:7000:96 | a=rtpmap:96 G729A/8000"))) ==
          "fault media-no-codec\n");
}

TEST_CASE("an offer of encryption beside plain sound may be taken under either protocol") {
    const auto answered = [](const std::string& offer, const std::string& answer) {
        return worse_than_notes(judged_flow("1 > 2 INVITE || v=0~c=IN IP4 192.0.2.1~m=audio 4000 " + offer +
                                            "~\n2 > 1 200 to=y || "
                                            "v=0~c=IN IP4 192.0.2.2~m=audio 5000 " +
                                            answer + "~\n1 > 2 ACK branch=k to=y\n"));
    };
    const std::string crypto = "~a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x";
    CHECK(answered("RTP/AVP 8" + crypto, "RTP/SAVP 8" + crypto) == "");
    CHECK(answered("RTP/SAVP 8" + crypto, "RTP/AVP 8" + crypto) == "");
    CHECK(answered("RTP/AVP 8", "RTP/SAVP 8" + crypto) == "fault media-srtp-one-side\n");
    CHECK(answered("RTP/SAVP 8" + crypto, "RTP/AVP 8") == "fault media-srtp-one-side\n");
}

TEST_CASE("an answer that cannot be read may be there") {
    const auto answered = [](const std::string& more) {
        return worse_than_notes(judged_flow(
            "1 > 2 INVITE || v=0~c=IN IP4 192.0.2.1~m=audio 4000 RTP/AVP 8~\n2 > 1 200 to=y" + more + "\n"));
    };
    CHECK(answered(" | Content-Type: application/pkcs7-mime || 0123456789") == "");
    CHECK(answered(" | Content-Type: application/sdp | Content-Encoding: gzip || 0123456789") == "");
    CHECK(answered(" | Content-Type: application/isup || 0123456789") == "fault offer-unanswered\n");
}

TEST_CASE("comfort noise may have its old number, and a number without a name is told as such") {
    const auto beside = [](const std::string& number) {
        return judged_script(call + there + "    560-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n" +
                             "    3000-3400  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9 pt=" + number + "\n");
    };
    CHECK(beside("19").find("media-not-agreed") == std::string::npos);
    CHECK(beside("110").find("{side: called, codec: ?, number: 110, packets: 21, known: no}") != std::string::npos);
}

TEST_CASE("a call on hold that another call replaced was not forgotten") {
    const auto held = [](const std::string& other) {
        const auto sdp = [](const char* direction) {
            return " || v=0~o=- 1 1 IN IP4 192.0.2.1~s=-~c=IN IP4 192.0.2.1~t=0 0~m=audio 4000 RTP/AVP 8~a=" +
                   std::string(direction) + "~\n";
        };
        return judged_flow("1 > 2 INVITE" + sdp("sendrecv") + "2 > 1 200 to=y" + sdp("sendrecv") +
                           "1 > 2 ACK branch=k to=y\n1 > 2 INVITE cseq=2 branch=h to=y" + sdp("sendonly") +
                           "2 > 1 200 cseq=2 branch=h to=y" + sdp("recvonly") + "1 > 2 ACK cseq=2 branch=l to=y\n" +
                           other +
                           "1 > 2 BYE cseq=3 branch=z to=y after=60000\n2 > 1 200 of=BYE cseq=3 branch=z to=y\n");
    };
    CHECK(worse_than_notes(held("3 > 2 INVITE call=two branch=t from=w | Replaces: one;to-tag=y;from-tag=x\n")) == "");
    CHECK(worse_than_notes(held("3 > 2 INVITE call=two branch=t from=w\n")) == "warning media-held-to-the-end\n");
}

TEST_CASE("of phones that ring at once one that is heard is enough") {
    const auto early = [](const std::string& from) {
        return judged_script(
            "0 1 > 2 INVITE sdp=audio:192.0.2.1:6000:0\n100 2 > 1 183 to=y sdp=audio:192.0.2.3:7000:0\n"
            "200 2 > 1 183 to=z sdp=audio:192.0.2.4:7000:0\n5000 2 > 1 200 to=z sdp=audio:192.0.2.4:7000:0\n"
            "5020-9000 192.0.2.1:6000 > 192.0.2.4:7000\n5020-9000 192.0.2.4:7000 > 192.0.2.1:6000 ssrc=9\n" +
            from);
    };
    CHECK(early("300-4000 192.0.2.3:7000 > 192.0.2.1:6000 ssrc=8\n") == "");
    CHECK(early("") == "warning media-early-silent 1 3 4 {code: 183, seconds: 4.8}\n");
}

TEST_CASE("a BYE that was refused ended nothing, so media goes on") {
    const auto ended = [](const std::string& answer) {
        return worse_than_notes(
            judged_script(picture(begin) + "9000 3 > 2 BYE branch=o cseq=2 to=y\n9010 2 > 3 " + answer +
                          " of=BYE branch=o cseq=2 to=y\n540-12000 192.0.2.1:6000 > 192.0.2.2:7000\n"
                          "560-12000 192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9\n"));
    };
    CHECK(ended("403") == "");
    CHECK(ended("481") == "warning media-after-bye\nwarning media-after-bye\n");
}

TEST_CASE("a server that is held back while its party is on hold, and then goes on with higher numbers, lost nothing") {
    std::string numbers;
    for (int i = 124; i <= 274; ++i) numbers += (numbers.empty() ? "" : ".") + std::to_string(i);
    const std::string gap = "    560-8980  192.0.2.2:7000 > 192.0.2.1:6000 ssrc=9 lose=" + numbers + "\n";
    const std::string held = R"(
    3000      1 > 2 INVITE cseq=2 branch=h to=y sdp=audio:192.0.2.1:6000:0.8:sendonly
    3010      2 > 1 200 cseq=2 branch=h to=y sdp=audio:192.0.2.2:7000:0:recvonly
    3020      1 > 2 ACK cseq=2 branch=hk to=y
    6000      1 > 2 INVITE cseq=3 branch=r to=y sdp=audio:192.0.2.1:6000:0.8:sendrecv
    6010      2 > 1 200 cseq=3 branch=r to=y sdp=audio:192.0.2.2:7000:0:sendrecv
    6020      1 > 2 ACK cseq=3 branch=rk to=y
)";
    const std::string over = R"(
    9000      1 > 2 BYE cseq=4 to=y
    9010      2 > 1 200 of=BYE branch=BYE cseq=4 to=y
)";
    CHECK(judged_script(begin + held + over + there + gap) == "");
    CHECK(judged_script(call + there + gap).find("fault media-loss-heavy") != std::string::npos);
}
