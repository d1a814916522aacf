#include "findings/rules/media/stream_look.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::findings {

using calls::Announcement;
using calls::End;
using calls::Exchange;
using calls::Period;

std::string StreamLook::place(const Announcement* one) {
    if (!one) return {};
    return one->address.known() ? to_text(one->address) : one->host;
}

// RFC 3551 6: 19 was comfort noise in drafts, and some gateways still send it.
bool StreamLook::is_comfort_noise(const calls::SentType& type) {
    constexpr std::uint8_t of_drafts = 19;
    return sip::same_token(type.name, "CN") || (type.name.empty() && type.number == of_drafts);
}

bool StreamLook::is_sound() const { return sip::same_token(stream_.media, "audio"); }

const sip::MediaDescription* StreamLook::line_of(const sip::SessionDescription* said) const {
    return calls::line_of(said, stream_.line);
}

bool StreamLook::is_rtp() const {
    return std::ranges::any_of(talks_.exchanges, [&](const Exchange& exchange) {
        const sip::MediaDescription* const line = line_of(exchange.offered.get());
        return line && line->is_rtp();
    });
}

bool StreamLook::is_rtp_to_the_end() const {
    if (talks_.periods.empty()) return true;
    const sip::MediaDescription* const line = line_of(exchange_of(talks_.periods.back()).offered.get());
    return !line || line->is_rtp();
}

const Announcement* StreamLook::awaited_by(End end) const {
    const Announcement* found = nullptr;
    for (const Announcement& one : stream_.announced_by(end))
        for (const Period& period : talks_.periods)
            if (exchange_of(period).message_of(end) == one.message && !one.refused) found = &one;
    return found;
}

std::vector<std::size_t> StreamLook::evidence(std::size_t more) const {
    if (talks_.periods.empty()) return {more};
    const Exchange& exchange = exchange_of(talks_.periods.back());
    return {exchange.offer, exchange.answer, more};
}

}  // namespace sipdex::findings
