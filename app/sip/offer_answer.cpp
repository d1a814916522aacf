#include "sip/offer_answer.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::sip {

namespace {

using State = AgreedMedia::State;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// The offered codec that an answered one means; one with the same number comes first.
std::size_t offered_place(const MediaDescription& offer, const Codec& answered) {
    std::size_t found = nowhere;
    for (std::size_t place = 0; place < offer.codecs.size(); ++place) {
        if (!same_codec(offer.codecs[place], answered)) continue;
        if (offer.codecs[place].format == answered.format) return place;
        if (found == nowhere) found = place;
    }
    return found;
}

void agree_on_codecs(const MediaDescription& offer, const MediaDescription& answer, AgreedMedia& agreed) {
    agreed.only_auxiliary = true;
    for (std::size_t place = 0; place < answer.codecs.size(); ++place) {
        const std::size_t offered = offered_place(offer, answer.codecs[place]);
        if (offered == nowhere) continue;
        agreed.codecs.push_back({offered, place});
        if (!is_auxiliary(answer.codecs[place])) agreed.only_auxiliary = false;
    }
    if (agreed.codecs.empty()) agreed.only_auxiliary = false;
}

AgreedMedia agreed_line(const MediaDescription& offer, const MediaDescription& answer, std::size_t line) {
    AgreedMedia agreed;
    agreed.line = line;
    agreed.other_media = !same_token(offer.media, answer.media);
    agreed.offer_secure = security_of(offer).any();
    agreed.answer_secure = security_of(answer).any();
    if (offer.refused()) agreed.state = State::refused_in_offer;
    else if (answer.refused()) agreed.state = State::refused_in_answer;
    if (agreed.state != State::agreed) return agreed;
    agreed.other_protocol = !same_token(offer.protocol, answer.protocol);
    agreed.other_direction = (sends(answer.direction) && !receives(offer.direction)) ||
                             (receives(answer.direction) && !sends(offer.direction));
    agree_on_codecs(offer, answer, agreed);
    agreed.offerer_sends = sends(offer.direction) && receives(answer.direction) && !answer.null_address();
    agreed.answerer_sends = sends(answer.direction) && receives(offer.direction) && !offer.null_address();
    return agreed;
}

}  // namespace

std::vector<AgreedMedia> agreed(const SessionDescription& offer, const SessionDescription& answer) {
    std::vector<AgreedMedia> lines;
    const std::size_t common = std::min(offer.media.size(), answer.media.size());
    for (std::size_t line = 0; line < common; ++line)
        lines.push_back(agreed_line(offer.media[line], answer.media[line], line));
    for (std::size_t line = common; line < offer.media.size(); ++line) {
        lines.emplace_back().line = line;
        lines.back().state = offer.media[line].refused() ? State::refused_in_offer : State::unanswered;
        lines.back().offer_secure = security_of(offer.media[line]).any();
    }
    for (std::size_t line = common; line < answer.media.size(); ++line) {
        lines.emplace_back().line = line;
        lines.back().state = State::unoffered;
        lines.back().answer_secure = security_of(answer.media[line]).any();
    }
    return lines;
}

bool same_codec(const Codec& one, const Codec& other) {
    // RFC 3551 6: these numbers have one meaning, whatever the name beside them: "G729A" is G729.
    if (one.payload_type && one.payload_type == other.payload_type && static_payload_type(*one.payload_type))
        return true;
    if (one.name.empty() || other.name.empty()) return same_token(one.format, other.format);
    // RFC 7587 7: opus is always 48000/2, also for those who write it otherwise.
    if (same_token(one.name, "opus") && same_token(other.name, "opus")) return true;
    return same_token(one.name, other.name) && one.clock_rate == other.clock_rate && one.channels == other.channels;
}

StreamDirection reversed(StreamDirection direction) {
    if (direction == StreamDirection::sendonly) return StreamDirection::recvonly;
    if (direction == StreamDirection::recvonly) return StreamDirection::sendonly;
    return direction;
}

bool holds(const MediaDescription& media) { return !receives(media.direction) || media.null_address(); }

}  // namespace sipdex::sip
