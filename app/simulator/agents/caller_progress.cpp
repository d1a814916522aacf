// What a caller does as its INVITE makes progress: it acknowledges reliable responses and the 2xx, and answers with these
// the offer that it left to the other side (RFC 3261 13.2, RFC 3262 4 and 5).
#include "simulator/agents/caller.h"

#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

void Caller::take_provisional(const AttemptPtr& attempt, const sip::Message& response) {
    attempt->provisional = true;
    if (attempt->cancel == Attempt::Cancel::wanted) cancel(attempt);
    // RFC 3262 4: what is sent reliably is acknowledged by a PRACK, in order and once.
    const auto number = sip::number_of(response.header("RSeq").value_or(""));
    const auto id = sip::dialog_id_at_uac(response);
    if (attempt->within || response.status == 100 || !number || !id || !sip::lists(response, "Require", "100rel")) return;
    const auto last = attempt->rseqs.find(id->remote_tag);
    if (last != attempt->rseqs.end() && *number != last->second + 1) return;
    attempt->rseqs[id->remote_tag] = *number;
    if (!call_of(*id)) {
        const auto dialog = sip::dialog_at_uac(attempt->request, response);
        if (!dialog) return;
        keep(*dialog, true);
    }
    Call& early = *call_of(*id);
    sip::Message prack = sip::request_in(early.dialog, "PRACK", stage_.new_via(actor_));
    prack.add("RAck", std::to_string(*number) + ' ' + std::string(response.header("CSeq").value_or("")));
    repeat_credentials(prack);
    add_supported(prack);
    const bool acceptable = answer_offer(attempt, response, prack, early);
    send_to_next_hop(std::move(prack));
    begin_reservation(*attempt, response, *id);
    if (!acceptable) cancel(attempt);
}

// RFC 3261 13.2.1, RFC 3262 5: an INVITE without an offer gets one in the first reliable response, and the answer goes
// into what acknowledges it. False where no session can come of it: there was no offer in a 2xx, or none to be taken.
bool Caller::answer_offer(const AttemptPtr& attempt, const sip::Message& response, sip::Message& with, Call& call) {
    const bool offered = !attempt->answers_with || !description_in(attempt->request).empty();     // then, or after a 488
    if (offered || attempt->plan.forgets_answer || attempt->answered_offers.contains(call.dialog.id.remote_tag)) return true;
    const auto offer = media_in(description_in(response));
    if (!offer) {
        if (response.status < 200) return true;
        stage_.decided(actor_, "offer-missing", {std::to_string(response.status)}, "RFC 3261 §13.3.1.4");
        return false;
    }
    attempt->answered_offers.insert(call.dialog.id.remote_tag);
    const auto agreed = answer_to(*offer, *attempt->answers_with);
    if (!agreed) stage_.decided(actor_, "refuses-stream", {with.method}, response.status < 200 ? "RFC 3262 §5" : "RFC 3261 §13.2.2.4");
    call.media = agreed.value_or(refusal_of(*offer, *attempt->answers_with));
    describe(with, call.media);
    return agreed.has_value();
}

void Caller::accepted(const AttemptPtr& attempt, const sip::Message& response) {
    const auto id = sip::dialog_id_at_uac(response);
    if (!id) return;
    if (attempt->acks.contains(id->remote_tag)) {
        // RFC 3261 13.2.2.4: every 2xx is acknowledged, a repeated one with the same ACK.
        const sip::Message& ack = attempt->acks.at(id->remote_tag);
        const auto servers = next_servers(stage_, ack);
        if (!servers.empty()) transactions_.send(ack, servers.front(), "RFC 3261 §13.2.2.4");
        return;
    }
    Call* open = call_of(*id);
    if (open) {
        sip::confirm(open->dialog, response);
    } else {
        const auto dialog = sip::dialog_at_uac(attempt->request, response);
        if (!dialog) return;
        open = &keep(*dialog, true);
    }
    open->peer_updates = sip::lists(response, "Allow", "UPDATE");
    if (const auto described = media_in(description_in(attempt->request))) open->media = *described;
    const bool session = acknowledge(attempt, response, *open);
    const bool unwanted = attempt->answered || attempt->cancel != Attempt::Cancel::no;
    attempt->answered = attempt->over = true;
    if (unwanted) return hang_up(*id);      // a second fork, or the answer crossed the CANCEL
    if (attempt->plan.told) attempt->plan.told(response);
    if (!session) return hang_up(*id);      // RFC 3261 13.2.2.4
    take_timer(*open, response, true);
    if (attempt->plan.hang_up_after > Time{})
        stage_.clock.after(attempt->plan.hang_up_after, [this, id = *id] { hang_up(id); });
}

bool Caller::acknowledge(const AttemptPtr& attempt, const sip::Message& ok, Call& call) {
    sip::Message ack = sip::ack_for_success(call.dialog, attempt->request, stage_.new_via(actor_));
    const bool session = answer_offer(attempt, ok, ack, call);
    attempt->acks[call.dialog.id.remote_tag] = ack;
    const auto servers = next_servers(stage_, ack);
    if (!servers.empty()) transactions_.send(ack, servers.front(), "RFC 3261 §13.2.2.4");
    return session;
}

}  // namespace sipdex::simulator
