// A session description (RFC 8866): who wants to receive what, where and how.
//
//     v=0
//     o=alice 2890844526 2890844526 IN IP4 192.0.2.1
//     s=-
//     c=IN IP4 192.0.2.1
//     t=0 0
//     m=audio 49170 RTP/AVP 0 97
//     a=rtpmap:97 opus/48000/2
//     a=sendonly
//
// What can be read is read, and what is wrong with it is told with its line. Nothing is looked up: an address is kept as
// written, be it a name. What an offer and its answer make together, offer_answer.h says.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"

namespace sipdex::sip {

// What the side that writes it is willing to do (RFC 8866 6.7).
enum class StreamDirection : std::uint8_t { sendrecv, sendonly, recvonly, inactive };
std::string_view name_of(StreamDirection direction);  // "sendonly"
inline bool sends(StreamDirection direction) {
    return direction == StreamDirection::sendrecv || direction == StreamDirection::sendonly;
}
inline bool receives(StreamDirection direction) {
    return direction == StreamDirection::sendrecv || direction == StreamDirection::recvonly;
}

// One format of an m= line, with its rtpmap and fmtp.
struct Codec {
    std::string format;                        // as the m= line has it: "0", "t38"
    std::optional<std::uint8_t> payload_type;  // of RTP, 0 to 127
    std::string name;                          // of its rtpmap, else of RFC 3551 6; empty where neither has one
    std::uint32_t clock_rate = 0;
    std::uint32_t channels = 1;
    std::string parameters;  // of fmtp: "annexb=no"
    bool mapped = false;     // an rtpmap says so
};

// RFC 3551 6; nothing for reserved and dynamic numbers.
std::optional<Codec> static_payload_type(std::uint8_t number);

// "telephone-event", "CN", "red", "rtx", "ulpfec": beside speech or pictures, or around them, never alone (RFC 4733,
// RFC 3389, RFC 2198, RFC 4588, RFC 5109).
bool is_auxiliary(const Codec& codec);

// An address with its port, as written.
struct TransportAddress {
    std::string host;  // "192.0.2.1", "2001:db8::1", "media.example.com"; empty where there is none
    std::uint16_t port = 0;
    bool operator==(const TransportAddress&) const = default;
};

// RFC 8839 5.1
struct Candidate {
    TransportAddress address;
    int component = 0;     // 1 is RTP, 2 is RTCP
    std::string protocol;  // "udp", in small letters
    std::string type;      // "host", "srflx", "prflx", "relay"
};

// RFC 4568 9.1; the key is not kept.
struct Crypto {
    std::string tag, suite;  // "1", "AES_CM_128_HMAC_SHA1_80"
};

// RFC 8122 5
struct Fingerprint {
    std::string hash, value;  // "sha-256", "4A:AD:…"
};

struct SdpAttribute {
    std::string name, value;  // of "a=rtpmap:0 PCMU/8000" "rtpmap" and "0 PCMU/8000"; no value: empty
    std::size_t line = 0;
};

// One m= line with all that belongs to it. What the session says for all of its lines is put into each.
struct MediaDescription {
    std::size_t line = 0;         // of the body, from 1
    std::string media;            // "audio", "video", "image"
    TransportAddress address;     // where it wants to receive; the host of c= here, else of the session
    std::uint32_t ports = 1;      // "49170/2"
    bool own_connection = false;  // it has a c= of its own
    std::string protocol;         // "RTP/AVP", "UDP/TLS/RTP/SAVPF", "udptl"
    std::vector<Codec> codecs;    // in the order of preference
    StreamDirection direction = StreamDirection::sendrecv;
    bool direction_written = false;  // here or for the session
    TransportAddress rtcp;           // a=rtcp (RFC 3605), else one port higher; the same with a=rtcp-mux
    bool rtcp_mux = false;           // RFC 5761 5.1.1
    std::vector<Crypto> crypto;
    std::vector<Fingerprint> fingerprints;
    std::string setup;  // "actpass", "active", "passive", "holdconn" (RFC 4145 4)
    bool ice = false;   // a=ice-ufrag or candidates
    std::vector<Candidate> candidates;
    std::string mid;           // RFC 5888 4
    bool bundle_only = false;  // RFC 9143 6: port 0 does not refuse it
    std::optional<std::uint32_t> ptime, max_ptime;
    std::vector<SdpAttribute> attributes;  // all of them, of this line only

    // RFC 3264 6: port 0, where it does not only wait for the bundle (RFC 9143 6).
    bool refused() const { return address.port == 0 && !bundle_only; }
    // Hold as RFC 2543 B.5 did it: nothing may be sent to it (RFC 3264 8.4). With ICE candidates say where (RFC 8840 4.1.1).
    bool null_address() const { return !ice && (address.host == "0.0.0.0" || address.host == "::"); }
    bool is_rtp() const;  // its protocol ends in RTP/AVP, AVPF, SAVP or SAVPF
    bool is_fax() const;  // T.38: image over udptl (ITU-T T.38 Annex D)
};

// How what is sent is kept secret. A line may say several, for the other side to choose.
struct Security {
    bool sdes = false;    // a=crypto under RTP/SAVP or RTP/SAVPF
    bool dtls = false;    // RFC 5763: UDP/TLS/…, or a fingerprint
    bool needed = false;  // the protocol is secure: without it the line cannot be taken
    bool any() const { return sdes || dtls || needed; }
};
Security security_of(const MediaDescription& media);

struct SdpProblem {
    enum class Kind : std::uint8_t {
        line,                // no letter and "="
        unknown_type,        // a letter that means nothing here
        order,               // a line behind those that it stands before (RFC 8866 5)
        version_missing,     // v=
        version,             // not 0
        origin_missing,      // o=
        origin,              // not six words
        name_missing,        // s=
        time_missing,        // t=
        connection_missing,  // no c= for an m= line that is not refused
        connection,          // not three words of a known type
        media,               // fewer than four words
        port,                // no number up to 65535
        rtpmap,              // cannot be read
        rtpmap_unlisted,     // for a format that the m= line does not have
        mapping_missing,     // a dynamic payload type without rtpmap (RFC 3264 5.1)
        payload_type,        // under RTP, no number up to 127
        direction_repeated,  // with another direction before
        crypto,              // cannot be read
        candidate,           // cannot be read
        limit,               // more lines than are read; the rest is not
    } kind{};
    std::size_t line = 0;  // from 1; of what is missing the m= line that it is about, or 0
    std::string text;      // of that line
};
std::string_view name_of(SdpProblem::Kind kind);  // "origin_missing"

struct SessionDescription {
    std::string user, id, version;  // of o=
    std::string origin_host;        // of o=
    std::string name;               // s=
    std::string host;               // of c= for the session; empty where it has none
    StreamDirection direction = StreamDirection::sendrecv;
    bool direction_written = false;
    bool ice_lite = false;
    struct Group {
        std::string semantics;  // "BUNDLE"
        std::vector<std::string> mids;
    };
    std::vector<Group> groups;             // RFC 5888 5
    std::vector<SdpAttribute> attributes;  // of the session
    std::vector<MediaDescription> media;
    std::vector<SdpProblem> problems;  // by line
};

// Line ends may be CRLF, LF or CR. Nothing where it does not begin with v= and has no m= line either.
std::optional<SessionDescription> read_sdp(std::string_view body);

// The session description within a body: all of it, or the first such part of a multipart one (RFC 5621 3). One for
// early sessions (RFC 3959) is passed over. A body without type that begins with "v=" counts as one.
std::optional<std::string_view> sdp_in(std::string_view content_type, std::string_view body);
std::optional<std::string_view> sdp_in_message(std::string_view octets);

std::optional<SessionDescription> session_of(const Message& message);

}  // namespace sipdex::sip
