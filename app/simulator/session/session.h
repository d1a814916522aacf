// Session descriptions as the parties offer and answer them: one audio stream (RFC 4566, RFC 3264).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::simulator {

// What a description says of its stream.
struct Media {
    std::vector<std::string> codecs;      // by their names in rtpmap, the preferred one first: "PCMU"
    std::string profile = "RTP/AVP";      // "RTP/SAVP" for SRTP
    std::string direction;                // "sendonly", "recvonly", "inactive"; empty: both ways
    std::vector<std::string> attributes;  // further ones, without "a=": "des:qos mandatory e2e sendrecv"
    bool refused = false;                 // port 0: no such stream (RFC 3264 6)
    bool operator==(const Media&) const = default;
};

// Who describes: the origin line and the place where the stream is awaited.
struct Origin {
    std::string user;  // one word, or "-"
    std::uint32_t id = 0;
    std::uint32_t version = 0;
    std::string host;  // an address, in brackets when it is of IPv6
    int port = 0;
};

bool is_codec(std::string_view name);  // that these parties can write down

std::string session_of(const Origin& origin, const Media& media);

// The audio stream of a description; nothing where there is none.
std::optional<Media> media_in(std::string_view description);

// The answer to an offer by somebody who is able to do `able`: the codecs in common in the order of the offer, the
// direction seen from the other side (RFC 3264 6.1). Nothing when profile or codecs have nothing in common.
std::optional<Media> answer_to(const Media& offer, const Media& able);

// The answer of somebody who can take nothing of an offer and still has to answer it: its stream with port 0, and
// formats that nobody looks at (RFC 3264 6).
Media refusal_of(const Media& offer, const Media& able);

}  // namespace sipdex::simulator
