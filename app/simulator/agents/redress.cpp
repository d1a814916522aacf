#include "simulator/agents/redress.h"

#include "simulator/session/date.h"
#include "sip/jws.h"
#include "sip/redress_card.h"

namespace sipdex::simulator {

void read_redress(Stage& stage, std::size_t actor, const sip::Message& invite, const sip::Message& response) {
    // RFC 8688 3.3: whoever conforms has said so in the INVITE.
    const bool knows = invite.header("Feature-Caps").value_or("").find("+sip.608") != std::string_view::npos;
    const auto location = sip::card_location(response.header("Call-Info").value_or(""));
    if (!knows || !location) return;
    const std::string token = stage.web[*location];
    const auto card = sip::read_card(token);
    if (!card) return stage.decided(actor, "redress-card-unreadable", {*location}, "RFC 8688 §3.2");
    // RFC 8688 6: without the signature anybody on the way could have put in an address.
    if (!sip::token_holds(token, stage.web[card->credential]))
        return stage.decided(actor, "redress-card-unproven", {card->credential}, "RFC 8688 §6");
    const std::int64_t age = unix_time(stage.clock.now()) - card->issued_at;
    // RFC 8688 3.3: what is expired is a matter of policy, on the order of a minute.
    if (age > 60 || age < -60)
        return stage.decided(actor, "redress-card-expired", {std::to_string(age)}, "RFC 8688 §3.3");
    const std::string& way = !card->email.empty() ? card->email : !card->page.empty() ? card->page : card->telephone;
    stage.decided(actor, "reads-redress-card", {card->name, way}, "RFC 8688 §3.3");
}

}  // namespace sipdex::simulator
