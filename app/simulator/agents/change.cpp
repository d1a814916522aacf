#include "simulator/agents/change.h"

#include "sip/cseq.h"

namespace sipdex::simulator {

Caller::Change::Change(Caller& caller, Call& call, const std::string& method)
    : Attempt(caller), within_(call.dialog.id) {
    request = sip::request_in(call.dialog, method, caller.stage_.new_via(caller.actor_));
    request.remove_all("Via");  // it gets one when it is sent
}

void Caller::Change::start() {
    caller_.repeat_credentials(request);
    caller_.add_supported(request);
    caller_.errands_.send(shared_from_this());
}

bool Caller::Change::lapsed() const { return over || !call(); }  // hung up meanwhile

void Caller::Change::sent() {
    Attempt::sent();
    servers.clear();  // whoever is silent now has lost the dialog (RFC 3261 12.2.1.2)
    if (is_offer()) call()->inviting = transaction;
}

void Caller::Change::raise_cseq() {
    std::optional<std::uint32_t>& latest = call()->dialog.local_cseq;
    latest = latest.value_or(0) + 1;
    request.set("CSeq", sip::to_text(sip::CSeq{*latest, request.method}));
}

void Caller::Change::refused(const sip::Message& response) {
    if (call()->inviting == transaction) call()->inviting = 0;
    hear_min_se(response, *call());
}

void Caller::Change::done(const sip::Message* received, int status) {
    Call* const open = call();
    if (!open) return;
    if (status < 300) return agreed(*received, *open);
    if (open->inviting == transaction) open->inviting = 0;
    failed(received ? *received : caller_.response_to(request, status), *open);
}

void Caller::Change::agreed(const sip::Message& response, Call& call) {
    if (request.method == "INVITE") {
        if (acknowledge_again(call.dialog.id.remote_tag)) return;
        const auto contacts = sip::contacts_in(response);
        if (!contacts.empty() && !contacts.front().all)
            call.dialog.remote_target = contacts.front().address.uri;  // RFC 3261 12.2.1.2
        if (!acknowledge(response, call)) {
            over = true;
            return caller_.hang_up(sip::DialogId(within_));  // RFC 3261 14.2
        }
    }
    over = true;
    if (!is_offer()) return;
    call.inviting = 0;
    if (const auto described = media_in(description_in(request))) call.media = *described;
    caller_.take_timer(call, response, true);
}

void Caller::Change::failed(const sip::Message& response, Call& call) {
    // RFC 3261 12.2.1.2: the other side knows nothing of this dialog, or is not there at all.
    if (response.status == 481 || response.status == 408) {
        over = true;
        decided("dialog-is-gone", {std::to_string(response.status)}, "RFC 3261 §12.2.1.2");
        return caller_.hang_up(sip::DialogId(within_));
    }
    if (response.status == 491 && !waited_) {
        // RFC 3261 14.1, RFC 3311 5.3: both wait, in units of 10 ms, and one of them longer.
        Identifiers& dice = caller_.stage_.identifiers;
        const auto wait = std::chrono::milliseconds(10) * (call.owner ? 210 + dice.number(191) : dice.number(201));
        decided(call.owner ? "waits-as-owner" : "waits-as-other", {std::to_string(wait.count())}, "RFC 3261 §14.1");
        return wait_and_repeat(wait);
    }
    const auto later = retry_after(response);
    if (response.status == 500 && later && !waited_) {
        decided("waits-as-told", {std::string(*response.header("Retry-After"))}, "RFC 3261 §21.5.1");
        return wait_and_repeat(*later);
    }
    over = true;  // the session stays as it was (RFC 3261 14.1)
}

void Caller::Change::wait_and_repeat(Time wait) {
    waited_ = true;
    caller_.stage_.clock.after(wait, [this, lasting = shared_from_this()] {
        Call* const open = call();
        if (!open) return;  // hung up meanwhile: nothing is to be changed any more
        if (open->inviting != 0 || open->invited != 0) return wait_and_repeat(std::chrono::milliseconds(100));
        // Other descriptions may have gone out meanwhile: the version has to follow theirs (RFC 3264 8).
        if (const auto offer = media_in(description_in(request))) means.describe(request, *offer);
        caller_.errands_.repeat(*this);
    });
}

}  // namespace sipdex::simulator
