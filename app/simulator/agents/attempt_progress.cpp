// What becomes of an INVITE as it makes progress: reliable responses and the 2xx are acknowledged, and the offer that it
// left to the other side is answered with these (RFC 3261 13.2, RFC 3262 4 and 5).
#include "simulator/agents/attempt.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

void Caller::Attempt::heard() {
    provisional_ = true;
    if (cancel_ == Cancel::wanted) cancel();
}

void Caller::Attempt::progress(const sip::Message& response) {
    heard();
    if (response.status > 100 && sip::lists(response, "Require", "100rel")) acknowledge_reliable(response);
}

// RFC 3262 4: what is sent reliably is acknowledged by a PRACK, in order and once.
void Caller::Attempt::acknowledge_reliable(const sip::Message& response) {
    const auto number = sip::number_of(response.header("RSeq").value_or(""));
    const auto id = sip::dialog_id_at_uac(response);
    if (!number || !id) return;
    const auto last = rseqs_.find(id->remote_tag);
    if (last != rseqs_.end() && *number != last->second + 1) return;
    rseqs_[id->remote_tag] = *number;
    if (!caller_.call_of(*id)) {
        const auto dialog = sip::dialog_at_uac(request, response);
        if (!dialog) return;
        caller_.keep(*dialog, true);
    }
    Call& early = *caller_.call_of(*id);
    sip::Message prack = sip::request_in(early.dialog, "PRACK", caller_.stage_.new_via(caller_.actor_));
    prack.add("RAck", std::to_string(*number) + ' ' + std::string(response.header("CSeq").value_or("")));
    caller_.repeat_credentials(prack);
    caller_.add_supported(prack);
    const bool acceptable = answer_offer(response, prack, early);
    caller_.errands_.send_off(std::move(prack));
    caller_.begin_reservation(request, response, *id);
    if (!acceptable) cancel();
}

// RFC 3261 13.2.1, RFC 3262 5: an INVITE without an offer gets one in the first reliable response, and the answer goes
// into what acknowledges it. False where no session can come of it: there was no offer in a 2xx, or none to be taken.
bool Caller::Attempt::answer_offer(const sip::Message& response, sip::Message& with, Call& call) {
    const bool offered = !answers_with || !description_in(request).empty();  // then, or after a 488
    if (offered || plan.forgets_answer || answered_offers_.contains(call.dialog.id.remote_tag)) return true;
    const auto offer = media_in(description_in(response));
    if (!offer) {
        if (response.status < 200) return true;
        decided("offer-missing", {std::to_string(response.status)}, "RFC 3261 §13.3.1.4");
        return false;
    }
    answered_offers_.insert(call.dialog.id.remote_tag);
    const auto agreed = answer_to(*offer, *answers_with);
    if (!agreed) decided("refuses-stream", {with.method}, response.status < 200 ? "RFC 3262 §5" : "RFC 3261 §13.2.2.4");
    call.media = agreed.value_or(refusal_of(*offer, *answers_with));
    caller_.describe(with, call.media);
    return agreed.has_value();
}

void Caller::Attempt::accepted(const sip::Message& response) {
    const auto id = sip::dialog_id_at_uac(response);
    if (!id || acknowledge_again(id->remote_tag)) return;
    Call* open = caller_.call_of(*id);
    if (open) {
        sip::confirm(open->dialog, response);
    } else {
        const auto dialog = sip::dialog_at_uac(request, response);
        if (!dialog) return;
        open = &caller_.keep(*dialog, true);
    }
    open->peer_updates = sip::lists(response, "Allow", "UPDATE");
    if (const auto described = media_in(description_in(request))) open->media = *described;
    const bool session = acknowledge(response, *open);
    const bool unwanted = answered_ || given_up();
    answered_ = over = true;
    if (unwanted) return caller_.hang_up(*id);  // a second fork, or the answer crossed the CANCEL
    if (plan.told) plan.told(response);
    if (!session) return caller_.hang_up(*id);  // RFC 3261 13.2.2.4
    caller_.take_timer(*open, response, true);
    if (plan.hang_up_after > Time{})
        caller_.stage_.clock.after(plan.hang_up_after, [&caller = caller_, id = *id] { caller.hang_up(id); });
}

bool Caller::Attempt::acknowledge(const sip::Message& ok, Call& call) {
    sip::Message ack = sip::ack_for_success(call.dialog, request, caller_.stage_.new_via(caller_.actor_));
    const bool session = answer_offer(ok, ack, call);
    acks_[call.dialog.id.remote_tag] = std::move(ack);
    acknowledge_again(call.dialog.id.remote_tag);
    return session;
}

bool Caller::Attempt::acknowledge_again(const std::string& tag) {
    const auto ack = acks_.find(tag);
    if (ack == acks_.end()) return false;
    const auto way = next_servers(caller_.stage_, ack->second);
    if (!way.empty()) caller_.transactions_.send(ack->second, way.front(), "RFC 3261 §13.2.2.4");
    return true;
}

}  // namespace sipdex::simulator
