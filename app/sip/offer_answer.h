// What an offer and its answer agree on, line by line (RFC 3264 6, 7).
//
//     offer    m=audio 49170 RTP/AVP 0 8 18     a=sendonly
//     answer   m=audio 6004 RTP/AVP 8           a=recvonly
//     agreed   PCMA, from the offerer only
//
// Both sides may be wrong. What contradicts the rules is told beside what still holds.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sip/sdp.h"

namespace sipdex::sip {

struct AgreedCodec {
    std::size_t offered = 0, answered = 0;  // places among the codecs of each line
};

struct AgreedMedia {
    std::size_t line = 0;  // which m= line of both, from 0
    enum class State : std::uint8_t {
        agreed,
        refused_in_offer,   // port 0 there: it ends, or was over before
        refused_in_answer,  // port 0
        unanswered,         // the answer has fewer m= lines (RFC 3264 6 forbids it)
        unoffered,          // the answer has more of them
    } state = State::agreed;
    std::vector<AgreedCodec> codecs;  // in common, in the order of the answer
    bool other_media = false;         // "audio" was answered by "video"
    bool other_protocol = false;      // RTP/AVP by RTP/SAVP: neither understands the other
    bool other_direction = false;     // an answer that the direction of the offer does not allow (RFC 3264 6.1)
    bool only_auxiliary = false;      // nothing in common but telephone events or comfort noise
    // Who may send now, by both directions, by port 0 and by the null address.
    bool offerer_sends = false, answerer_sends = false;
    bool offer_secure = false, answer_secure = false;

    bool no_codec() const { return state == State::agreed && codecs.empty(); }
};

// One for each m= line of the longer of both.
std::vector<AgreedMedia> agreed(const SessionDescription& offer, const SessionDescription& answer);

// Whether two formats are the same codec: by name, clock rate and channels, whatever their numbers.
bool same_codec(const Codec& one, const Codec& other);

// What the answer to a line of this direction may say at most: sendonly is answered by recvonly.
StreamDirection reversed(StreamDirection direction);

// Whether the side that wrote it wants the other to send nothing: sendonly, inactive or the null address.
bool holds(const MediaDescription& media);

}  // namespace sipdex::sip
