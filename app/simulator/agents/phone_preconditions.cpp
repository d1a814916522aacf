// A call that has to wait until the network has reserved what it demands (RFC 3312 §6), and what becomes of it when it
// cannot be had (§8).
#include "simulator/agents/phone.h"
#include "simulator/session/body.h"
#include "sip/values.h"

namespace sipdex::simulator {

// The answer has to go in a reliable response, so a caller without 100rel cannot be served this way (RFC 3312 §11).
bool Phone::must_wait(const sip::Message& invite) const {
    const auto offer = media_in(description_in(invite));
    return offer && supports("precondition") && supports("100rel") && sip::lists(invite, "Supported", "100rel") &&
           !unmet_in(seen_from_other_side(status_in(*offer))).empty();
}

void Phone::suspend(TransactionId server) {
    suspended_.insert(server);
    stage_.decided(actor_, "suspends-call", {}, "RFC 3312 §6");
    Answer progress;
    progress.status = 183;
    give(server, progress);
    // RFC 3312 5.2: the reservation begins when the answer is on its way.
    stage_.clock.after(identity_.reservation_takes, [this, server, life = life_] {
        if (life == life_) end_reservation(server);
    });
    // What the other side has to reserve may never come.
    ringing_[server] = stage_.clock.after(rings_at_most, [this, server] {
        if (const Call* const call = early_call(server)) fail_precondition(server, unmet_in(call->resources));
    });
}

Call* Phone::early_call(TransactionId server) {
    const auto reliable = reliable_.find(server);
    const auto id = reliable == reliable_.end() ? std::nullopt : sip::dialog_id_at_uas(reliable->second.response);
    return id ? call_of(*id) : nullptr;
}

void Phone::end_reservation(TransactionId server) {
    Call* const call = early_call(server);
    if (!suspended_.contains(server) || !call) return;  // given up meanwhile
    if (script_.reservation_fails) {
        StatusTable unmet = unmet_in(call->resources);
        std::erase_if(unmet, [](const StatusRow& row) { return !row.own(); });
        return fail_precondition(server, unmet);
    }
    stage_.decided(actor_, "reservation-stands", {}, "RFC 3312 §5.1");
    reserve_own(call->resources);
    resume_when_met(server);
}

// An UPDATE may have brought what was missing.
void Phone::on_change(Call& call) {
    for (const TransactionId server : suspended_)
        if (early_call(server) == &call) return resume_when_met(server);
}

void Phone::resume_when_met(TransactionId server) {
    const Call* const call = early_call(server);
    if (!call || !unmet_in(call->resources).empty()) return;
    suspended_.erase(server);
    stage_.clock.cancel(ringing_[server]);
    stage_.decided(actor_, "resumes-call", {}, "RFC 3312 §6");
    follow_script(server);
}

// RFC 3312 8: the INVITE is refused, by the last description that the other side has sent.
void Phone::fail_precondition(TransactionId server, const StatusTable& unmet) {
    const Call* const call = early_call(server);
    if (!suspended_.erase(server) || !call) return;
    stage_.decided(actor_, "reservation-fails", {listed(Screening::List(failures_of(unmet)))}, "RFC 3312 §8");
    Answer failure;
    failure.status = 580;
    failure.content_type = "application/sdp";
    failure.body = failure_after(call->heard, unmet, plan().address.host);
    give(server, failure);
}

}  // namespace sipdex::simulator
