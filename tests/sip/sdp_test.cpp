#include "sip/sdp.h"

#include <doctest/doctest.h>

#include "sip/message.h"
#include "sip/offer_answer.h"

using namespace sipdex::sip;

namespace {

// A description from lines behind the usual ones; "v=" at the start: all of it.
SessionDescription described(const std::string& lines) {
    const std::string head = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\n";
    const bool connected = lines.starts_with("c=");
    const std::string body =
        lines.starts_with("v=") ? lines : head + (connected ? "" : "c=IN IP4 192.0.2.1\nt=0 0\n") + lines;
    auto session = read_sdp(body);
    REQUIRE(session);
    return *session;
}

std::string codecs_of(const MediaDescription& media) {
    std::string told;
    for (const Codec& one : media.codecs)
        told += (told.empty() ? "" : " ") + one.format + "=" + one.name + "/" + std::to_string(one.clock_rate) +
                (one.channels > 1 ? "/" + std::to_string(one.channels) : "");
    return told;
}

std::string problems_of(std::string_view body) {
    const auto session = read_sdp(body);
    if (!session) return "nothing";
    std::string told;
    for (const SdpProblem& one : session->problems)
        told += (told.empty() ? "" : ", ") + std::string(name_of(one.kind)) + " " + std::to_string(one.line);
    return told;
}

std::string place(const TransportAddress& address) { return address.host + " " + std::to_string(address.port); }

// "PCMA, offerer sends, answerer sends"
std::string agreement(const std::string& offer, const std::string& answer) {
    const SessionDescription offered = described(offer), answered = described(answer);
    std::string told;
    for (const AgreedMedia& line : agreed(offered, answered)) {
        if (line.line > 0) told += " | ";
        switch (line.state) {
            case AgreedMedia::State::agreed: break;
            case AgreedMedia::State::refused_in_offer: told += "refused in offer"; continue;
            case AgreedMedia::State::refused_in_answer: told += "refused in answer"; continue;
            case AgreedMedia::State::unanswered: told += "unanswered"; continue;
            case AgreedMedia::State::unoffered: told += "unoffered"; continue;
        }
        for (const AgreedCodec& codec : line.codecs)
            told += answered.media[line.line].codecs[codec.answered].name + " ";
        if (line.no_codec()) told += "no codec ";
        told += std::string(line.offerer_sends ? ">" : "-") + (line.answerer_sends ? "<" : "-");
        if (line.other_media) told += " other media";
        if (line.other_protocol) told += " other protocol";
        if (line.other_direction) told += " other direction";
        if (line.only_auxiliary) told += " only auxiliary";
        if (line.offer_secure != line.answer_secure) told += " secure on one side";
    }
    return told;
}

}  // namespace

TEST_CASE("a session description tells for each stream where and how it is awaited") {
    const auto session = described(
        "v=0\r\no=alice 2890844526 7 IN IP4 host.example.com\r\ns=Call\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        "a=sendonly\r\n"
        "m=audio 49170 RTP/AVP 0 18 97 101\r\na=rtpmap:97 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n"
        "a=fmtp:101 0-15\r\na=fmtp:18 annexb=no\r\na=ptime:20\r\na=maxptime:60\r\n"
        "m=video 51372/2 RTP/AVP 31\r\nc=IN IP6 2001:db8::7\r\na=recvonly\r\na=rtcp:53020 IN IP6 2001:db8::8\r\n");
    CHECK(session.user == "alice");
    CHECK(session.id == "2890844526");
    CHECK(session.version == "7");
    CHECK(session.origin_host == "host.example.com");
    REQUIRE(session.media.size() == 2);
    const MediaDescription &audio = session.media[0], &video = session.media[1];
    CHECK(place(audio.address) == "192.0.2.1 49170");
    CHECK(place(audio.rtcp) == "192.0.2.1 49171");
    CHECK(audio.direction == StreamDirection::sendonly);
    CHECK(audio.line == 7);
    CHECK(codecs_of(audio) == "0=PCMU/8000 18=G729/8000 97=opus/48000/2 101=telephone-event/8000");
    CHECK(audio.codecs[1].parameters == "annexb=no");
    CHECK(!audio.codecs[1].mapped);
    CHECK(audio.codecs[2].mapped);
    CHECK(audio.ptime == 20);
    CHECK(audio.max_ptime == 60);
    CHECK(place(video.address) == "2001:db8::7 51372");
    CHECK(place(video.rtcp) == "2001:db8::8 53020");
    CHECK(video.ports == 2);
    CHECK(video.direction == StreamDirection::recvonly);
    CHECK(video.own_connection);
    CHECK(codecs_of(video) == "31=H261/90000");
    CHECK(session.problems.empty());
}

TEST_CASE("what browsers offer: ICE, DTLS-SRTP, one bundle, RTCP beside RTP") {
    const auto session = described(
        "v=0\no=- 4962303333179871722 1 IN IP4 0.0.0.0\ns=-\nt=0 0\na=group:BUNDLE a1 v1\na=ice-ufrag:074c\n"
        "a=fingerprint:sha-256 19:E2:1C\na=setup:actpass\n"
        "m=audio 9 UDP/TLS/RTP/SAVPF 96\nc=IN IP4 0.0.0.0\na=mid:a1\na=rtcp-mux\na=rtpmap:96 opus/48000/2\n"
        "a=candidate:1 1 UDP 2130706431 198.51.100.7 8998 typ srflx raddr 10.0.0.1 rport 8998\n"
        "m=video 0 UDP/TLS/RTP/SAVPF 97\nc=IN IP4 0.0.0.0\na=mid:v1\na=bundle-only\na=rtpmap:97 VP8/90000\n");
    const MediaDescription &audio = session.media[0], &video = session.media[1];
    CHECK(audio.rtcp_mux);
    CHECK(audio.rtcp == audio.address);
    CHECK(audio.ice);
    CHECK(!audio.null_address());
    REQUIRE(audio.candidates.size() == 1);
    CHECK(place(audio.candidates[0].address) == "198.51.100.7 8998");
    CHECK(audio.candidates[0].type == "srflx");
    CHECK(audio.candidates[0].protocol == "udp");
    CHECK(audio.setup == "actpass");
    CHECK(audio.fingerprints[0].value == "19:E2:1C");
    const Security security = security_of(audio);
    CHECK(security.dtls);
    CHECK(!security.sdes);
    CHECK(security.needed);
    CHECK(!video.refused());
    CHECK(session.groups[0].mids == std::vector<std::string>{"a1", "v1"});
}

TEST_CASE("the key of a=crypto is not kept") {
    const auto session =
        described("m=audio 6000 RTP/SAVP 8\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0c2VjcmV0\n");
    REQUIRE(session.media[0].crypto.size() == 1);
    CHECK(session.media[0].crypto[0].suite == "AES_CM_128_HMAC_SHA1_80");
    CHECK(session.media[0].attributes[0].value == "1 AES_CM_128_HMAC_SHA1_80");
    CHECK(security_of(session.media[0]).sdes);
    CHECK(session.problems.empty());
}

TEST_CASE("a fax, a hold of old phones, a refused stream") {
    const auto session =
        described("c=IN IP4 0.0.0.0\nt=0 0\nm=image 6004 udptl t38\nm=audio 6000 RTP/AVP 0\nm=video 0 RTP/AVP 96\n");
    CHECK(session.media[0].is_fax());
    CHECK(!session.media[0].is_rtp());
    CHECK(session.media[0].codecs[0].format == "t38");
    CHECK(session.media[1].null_address());
    CHECK(holds(session.media[1]));
    CHECK(session.media[2].refused());
    CHECK(session.problems.empty());  // of a refused stream nobody looks at the formats (RFC 3264 6)
}

TEST_CASE("what is wrong with a description is told with its line, and the rest is read") {
    CHECK(problems_of("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 6000 RTP/AVP 0\n").empty());
    CHECK(problems_of("m=audio 6000 RTP/AVP 0\n") ==
          "version_missing 0, origin_missing 0, name_missing 0, time_missing 0, connection_missing 1");
    CHECK(problems_of("v=1\no=- 1 IN IP4 h\ns=-\nnonsense\nx=1\nt=0 0\nc=ATM NSAP 1\nm=audio 70000 RTP/AVP\n") ==
          "version 1, origin 2, line 4, unknown_type 5, order 7, connection 7, port 8, media 8");
    CHECK(problems_of("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 h\nt=0 0\nm=audio 6000 RTP/AVP 0 96 200\n"
                      "a=rtpmap:97 opus/48000\na=rtpmap:0 PCMU\na=sendonly\na=inactive\na=crypto:x y\n"
                      "a=candidate:1 1 udp 1 192.0.2.1 port typ host\n") ==
          "payload_type 6, mapping_missing 6, rtpmap_unlisted 7, rtpmap 8, direction_repeated 10, crypto 11, candidate "
          "12");
    CHECK(problems_of("hello\n") == "nothing");
    CHECK(problems_of("") == "nothing");
    CHECK(problems_of("v=0") == "origin_missing 0, name_missing 0, time_missing 0");
    std::string long_one = "v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\n";
    for (int i = 0; i < 5000; ++i) long_one += "a=x\n";
    CHECK(problems_of(long_one) == "limit 4097");
}

TEST_CASE("every number that RFC 3551 section 6 gives away has its codec") {
    CHECK(static_payload_type(8)->name == "PCMA");
    CHECK(static_payload_type(9)->clock_rate == 8000);  // although G.722 samples twice as often (RFC 3551 4.5.2)
    CHECK(static_payload_type(10)->channels == 2);
    CHECK(static_payload_type(34)->clock_rate == 90000);
    for (const int none : {1, 2, 19, 20, 24, 27, 29, 30, 35, 72, 76, 96, 127})
        CHECK_MESSAGE(!static_payload_type(static_cast<std::uint8_t>(none)), none);
}

TEST_CASE("the description of a message stands alone or among other parts") {
    const auto message = [](const std::string& type, const std::string& body) {
        Message made;
        made.method = "INVITE";
        made.request_uri = "sip:bob@example.com";
        if (!type.empty()) made.add("c", type);
        made.body = body;
        return made;
    };
    const std::string sdp = "v=0\r\nm=audio 6000 RTP/AVP 0\r\n";
    const auto port_in = [](const Message& one) {
        const auto session = session_of(one);
        const auto raw = sdp_in_message(octets_of(one));
        CHECK(session.has_value() == raw.has_value());
        return session && !session->media.empty() ? session->media[0].address.port : 0;
    };
    CHECK(port_in(message("application/sdp", sdp)) == 6000);
    CHECK(port_in(message("Application/SDP; charset=utf-8", sdp)) == 6000);
    CHECK(port_in(message("", sdp)) == 6000);
    CHECK(port_in(message("text/plain", sdp)) == 0);
    CHECK(port_in(message("application/sdp", "")) == 0);
    const std::string early =
        "--b1\r\nContent-Type: application/sdp\r\nContent-Disposition: early-session\r\n\r\nv=0\r\nm=audio 7000 "
        "RTP/AVP 0\r\n";
    const std::string parts =
        "preamble\r\n" + early + "--b1\r\nContent-Type: application/isup\r\n\r\n\x01\x02\r\n--b1\r\n" +
        "content-type: application/sdp\r\n\r\n" + sdp + "\r\n--b1--\r\nm=audio 9000 RTP/AVP 0\r\n";
    CHECK(port_in(message("multipart/mixed; boundary=\"b1\"", parts)) == 6000);
    CHECK(port_in(message("multipart/mixed;boundary=b1", parts)) == 6000);
    CHECK(port_in(message("multipart/mixed", parts)) == 0);
    CHECK(port_in(message("multipart/mixed;boundary=b1", "--b1\r\nContent-Type: application/sdp\r\n\r\n" + sdp)) ==
          6000);
    CHECK(port_in(message("multipart/mixed;boundary=o",
                          "--o\r\nContent-Type: multipart/alternative;boundary=b1\r\n\r\n" + parts + "--o--\r\n")) ==
          6000);
}

TEST_CASE("an offer and its answer agree on codecs by name, whatever their numbers") {
    CHECK(agreement("m=audio 1 RTP/AVP 0 8 18", "m=audio 2 RTP/AVP 8 0") == "PCMA PCMU ><");
    CHECK(agreement("m=audio 1 RTP/AVP 96\na=rtpmap:96 opus/48000/2",
                    "m=audio 2 RTP/AVP 111\na=rtpmap:111 OPUS/48000/2") == "OPUS ><");
    CHECK(agreement("m=audio 1 RTP/AVP 0", "m=audio 2 RTP/AVP 8") == "no codec ><");
    CHECK(agreement("m=audio 1 RTP/AVP 8 101\na=rtpmap:101 telephone-event/8000",
                    "m=audio 2 RTP/AVP 0 101\na=rtpmap:101 telephone-event/8000") ==
          "telephone-event >< only auxiliary");
    CHECK(agreement("m=image 1 udptl t38", "m=image 2 udptl t38") == " ><");
}

TEST_CASE("who may send follows from both directions, port 0 and the null address") {
    const std::string line = "m=audio 1 RTP/AVP 0\n";
    CHECK(agreement(line + "a=sendonly", line + "a=recvonly") == "PCMU >-");
    CHECK(agreement(line + "a=recvonly", line + "a=sendonly") == "PCMU -<");
    CHECK(agreement(line + "a=inactive", line + "a=inactive") == "PCMU --");
    CHECK(agreement(line + "a=sendonly", line) == "PCMU >- other direction");
    CHECK(agreement(line, "m=audio 0 RTP/AVP 0") == "refused in answer");
    CHECK(agreement("c=IN IP4 0.0.0.0\n" + line, line) == "PCMU >-");
    CHECK(agreement(line + "m=video 3 RTP/AVP 31", line) == "PCMU >< | unanswered");
    CHECK(agreement(line, line + "m=video 3 RTP/AVP 31") == "PCMU >< | unoffered");
    CHECK(agreement(line, "m=video 1 RTP/AVP 0\n") == "PCMU >< other media");
    CHECK(agreement("m=audio 1 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", line) ==
          "PCMU >< other protocol secure on one side");
    CHECK(reversed(StreamDirection::recvonly) == StreamDirection::sendonly);
    CHECK(holds(described(line + "a=sendonly").media[0]));
    CHECK(!holds(described(line + "a=recvonly").media[0]));
}
