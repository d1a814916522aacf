// What a caller does about the preconditions of its own offer once they are agreed on (RFC 3312 §5.2, §7).
#include <algorithm>

#include "simulator/agents/change.h"
#include "sip/values.h"

namespace sipdex::simulator {

// Its own part is reserved as soon as it has the answer.
void Caller::begin_reservation(const sip::Message& invite, const sip::Message& response, const sip::DialogId& id) {
    Call* const call = call_of(id);
    const auto offer = media_in(description_in(invite)), answer = media_in(description_in(response));
    if (!call || !offer || !answer || !call->resources.empty()) return;
    call->resources = seen_from_other_side(status_in(*answer));
    if (unmet_in(call->resources).empty()) return;
    call->media = *offer;
    call->peer_updates = sip::lists(response, "Allow", "UPDATE");
    stage_.decided(actor_, "begins-reservation", {}, "RFC 3312 §5.2");
    stage_.clock.after(identity_.reservation_takes, [this, id] {
        Call* const waiting = call_of(id);
        if (!waiting) return;  // refused meanwhile
        const bool asked = std::any_of(waiting->resources.begin(), waiting->resources.end(),
                                       [](const StatusRow& row) { return row.own() && row.confirm; });
        reserve_own(waiting->resources);
        stage_.decided(actor_, "reservation-stands", {}, "RFC 3312 §5.1");
        if (asked && waiting->peer_updates) tell_reservation(id);
    });
}

// RFC 3312 7: the other side has asked to be told, by an offer with what is current now.
void Caller::tell_reservation(const sip::DialogId& id) {
    Call& call = *call_of(id);
    const auto update = std::make_shared<Change>(*this, call, "UPDATE");
    update->request.add("Contact", contact());
    add_abilities(update->request);
    call.media.attributes = attributes_of(call.resources, false);
    describe(update->request, call.media);
    update->start();
}

}  // namespace sipdex::simulator
