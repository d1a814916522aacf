// Media of calls against the session that holds at that moment (RFC 3264). Where no media was captured at all, only the
// descriptions are judged.
#include "findings/families.h"
#include "findings/rules/media/stream_look.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Exchange;
using calls::MediaSession;
using calls::Negotiation;
using calls::Stream;

// A body that is encrypted (RFC 3261 23.3) or packed, and may hold a description.
bool is_hidden(const sip::Message& message) {
    constexpr std::string_view encrypted = "application/pkcs7-mime";
    const std::string_view type = message.header("Content-Type").value_or("");
    return message.header("Content-Encoding") || sip::same_token(type.substr(0, encrypted.size()), encrypted);
}

void look_at_offers(const Case& one, const Negotiation& talks) {
    for (const Exchange& exchange : talks.exchanges) {
        if (exchange.state != Exchange::State::unanswered) continue;
        const calls::Placed& offered = one.placed(exchange.offer);
        const calls::Placed& settled = one.placed(exchange.settled_by);
        // A log may leave bodies out, and a capture their ends.
        if (one.captured.messages[exchange.settled_by].rebuilt) continue;
        if (one.captured.messages[exchange.settled_by].missing > 0) continue;
        if (is_hidden(one.message(exchange.settled_by))) continue;
        // What a response says may answer an INVITE that came before the capture began.
        if (one.transaction(exchange.transaction).request == calls::none) continue;
        const sip::Message& message = one.message(exchange.settled_by);
        one.find("offer-unanswered", {exchange.offer, exchange.settled_by},
                 {{"offerer", one.party(offered.from)},
                  {"answerer", one.party(settled.from)},
                  {"where", message.is_request() ? message.method : std::to_string(message.status)}},
                 {"Content-Type"});
    }
}

}  // namespace

void look_at_media(const Case& one) {
    if (one.story().kind != calls::Kind::call) return;
    for (const MediaSession& session : one.media().sessions) {
        look_at_offers(one, session.negotiation);
        for (const Stream& stream : session.streams) {
            const StreamLook look(one, session, stream);
            if (!look.is_rtp()) continue;
            look_at_agreement(look);
            if (!one.media().captured) continue;
            look_at_flow(look);
            look_at_quality(look);
        }
    }
}

}  // namespace sipdex::findings
