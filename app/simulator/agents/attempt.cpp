#include "simulator/agents/attempt.h"

#include "simulator/agents/redress.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

void Caller::Attempt::sent() {
    provisional_ = false;
    caller_.stage_.clock.cancel(patience_);
    patience_ = 0;
    if (request.method != "INVITE") return;
    // A call that is under way but never answered has no timer of its own; somebody loses patience.
    patience_ = caller_.stage_.clock.after(patience, [this, lasting = shared_from_this()] {
        patience_ = 0;
        if (over) return;
        decided("gives-up-waiting", {}, "RFC 3261 §9.1");
        cancel();
    });
}

void Caller::Attempt::decided(std::string id, std::vector<std::string> details, std::string rule) {
    caller_.stage_.decided(caller_.actor_, std::move(id), std::move(details), std::move(rule));
}

void Caller::Attempt::ended() {
    caller_.stage_.clock.cancel(patience_);
    patience_ = 0;
}

void Caller::Attempt::raise_cseq() {
    if (series) series->number(request);
    else Errand::raise_cseq();
}

void Caller::Attempt::refused(const sip::Message& response) {
    const auto from = sip::address_in(request, "From");
    for (const auto& [tag, number] : rseqs_)  // early dialogs end with the INVITE (RFC 3261 12.3)
        caller_.forget({std::string(request.header("Call-ID").value_or("")), from ? from->tag() : "", tag});
    if (response.status == 608) read_redress(caller_.stage_, caller_.actor_, request, response);
    rseqs_.clear();
    answered_offers_.clear();
}

std::optional<Time> Caller::Attempt::mend(const sip::Message& refusal) {
    const auto remedy = simulator::mend(request, refusal, means);
    if (!remedy) return std::nullopt;
    decided(remedy->decision, remedy->details, remedy->rule);
    return remedy->wait;
}

void Caller::Attempt::done(const sip::Message* received, int status) {
    if (status < 300) return request.method == "INVITE" ? accepted(*received) : void();
    const sip::Message response = received ? *received : caller_.response_to(request, status);
    if (status < 400 && !given_up()) return redirected(response);
    if (status == 433 && !given_up() && plan.anonymous && plan.reveals_after > Time{}) return call_openly();
    // RFC 3261 8.1.3.4: the other Contacts are tried until one takes the call or a 6xx ends the search.
    if (status < 600 && !targets_.empty() && !given_up()) return try_target();
    over = true;
    if (plan.told) plan.told(response);
}

// RFC 5079 4: not before its user has agreed.
void Caller::Attempt::call_openly() {
    over = true;
    caller_.stage_.clock.after(plan.reveals_after, [&caller = caller_, openly = plan]() mutable {
        caller.stage_.decided(caller.actor_, "calls-openly", {}, "RFC 5079 §4");
        openly.anonymous = false;
        caller.call(openly);
    });
}

void Caller::Attempt::redirected(const sip::Message& response) {
    targets_.clear();
    use_proxy_ = response.status == 305;
    tried_.insert(request.request_uri);
    for (sip::Contact& contact : sip::by_preference(sip::contacts_in(response))) {
        const std::string uri = sip::to_text(contact.address.uri);
        // RFC 3261 8.1.3.4: no place is tried twice, or two servers could send the call to and fro for ever.
        if (!tried_.insert(uri).second) continue;
        if (plan.choose == "best" || plan.choose == uri) targets_.push_back(std::move(contact));
    }
    caller_.stage_.clock.after(plan.choose_after, [this, lasting = shared_from_this(), response] {
        if (!targets_.empty() && !given_up()) return try_target();
        over = true;
        decided("chooses-no-contact", {std::to_string(response.status)}, "RFC 3261 §8.1.3.4");
        if (plan.told) plan.told(response);
    });
}

void Caller::Attempt::try_target() {
    const sip::Contact target = targets_.front();
    targets_.erase(targets_.begin());
    const std::string uri = sip::to_text(sip::as_request_uri(target.address.uri));
    const std::string q = target.address.parameters.value("q").value_or("");
    decided(plan.choose == "best" ? "tries-best-contact" : "chooses-contact", {uri, q}, "RFC 3261 §8.1.3.4");
    // To, From and Call-ID stay, so that all sees itself as one call (RFC 3261 8.1.3.4).
    // RFC 5359 2.13: after a 305 the request stays what it was, and goes by way of the proxy.
    if (use_proxy_) request.put_first("Route", "<" + uri + ">");
    else request.request_uri = uri;
    raise_cseq();
    caller_.errands_.send(shared_from_this());
}

void Caller::Attempt::cancel() {
    if (over || cancel_ == Cancel::sent) return;
    // RFC 3261 9.1: nothing is cancelled before somebody has answered at all.
    if (!provisional_) {
        cancel_ = Cancel::wanted;
        return;
    }
    cancel_ = Cancel::sent;
    caller_.transactions_.start(sip::cancel_of(request), server);
    caller_.stage_.clock.after(64 * caller_.stage_.times.t1, [&transactions = caller_.transactions_, id = transaction] {
        if (transactions.state_of(id) == sip::State::proceeding) transactions.abandon(id);
    });
}

std::uint32_t Caller::Attempt::next_cseq() const {
    const auto cseq = sip::cseq_of(request);
    const auto from = sip::address_in(request, "From");
    std::uint32_t highest = cseq ? cseq->number : 0;
    for (const auto& [tag, rseq] : rseqs_) {
        const Call* const early =
            caller_.call_of({std::string(request.header("Call-ID").value_or("")), from ? from->tag() : "", tag});
        if (early) highest = std::max(highest, early->dialog.local_cseq.value_or(0));
    }
    return highest + 1;
}

}  // namespace sipdex::simulator
