// What a caller, or a phone, sends within a call: changes of the session, refreshes, INFO and the like.
#include "simulator/agents/caller.h"

#include <algorithm>

namespace sipdex::simulator {

namespace {

// RFC 4028 7.4: the interval as it is, the refresher as he is, and the largest Min-SE that was heard of.
void add_timer(sip::Message& request, const SessionTimer& timer) {
    if (timer.interval == Time{}) return;
    const long long seconds = std::chrono::duration_cast<std::chrono::seconds>(timer.interval).count();
    request.add("Session-Expires", std::to_string(std::max(seconds, timer.min_se)) + ";refresher=" + (timer.refreshing ? "uac" : "uas"));
    if (timer.min_se > 0) request.add("Min-SE", std::to_string(timer.min_se));
}

}  // namespace

void Caller::start_within(const AttemptPtr& attempt, Call& call) {
    attempt->within = call.dialog.id;
    repeat_credentials(attempt->request);
    add_supported(attempt->request);
    attempt->servers = next_servers(stage_, attempt->request);
    if (attempt->servers.empty()) return;
    send_again(attempt, attempt->servers.front());
    if (attempt->request.method == "INVITE" || attempt->request.method == "UPDATE") call.inviting = attempt->transaction;
}

void Caller::send_within(const std::string& method, const RequestPlan& plan) {
    Call* const call = latest_call();
    if (!call) return;
    const auto attempt = std::make_shared<Attempt>();
    attempt->request = sip::request_in(call->dialog, method, stage_.new_via(actor_));
    furnish_request(attempt->request, plan);
    if (!plan.contents.empty()) {
        set_contents(attempt->request, {plan.contents.front()}, "");
        attempt->means.contents.assign(plan.contents.begin() + 1, plan.contents.end());
    }
    start_within(attempt, *call);
}

void Caller::change(const ChangePlan& plan, const sip::DialogId& id) {
    Call* const call = call_of(id);
    if (!call) return;
    // RFC 3261 14.1: no INVITE while another one is under way in this dialog, in either direction.
    if (!plan.impatient && (call->inviting != 0 || call->invited != 0 || awaits_answer(id))) {
        stage_.clock.after(std::chrono::milliseconds(100), [this, plan, id] { change(plan, id); });
        return;
    }
    const auto attempt = std::make_shared<Attempt>();
    attempt->request = sip::request_in(call->dialog, plan.method, stage_.new_via(actor_));
    attempt->request.add("Contact", contact());
    add_abilities(attempt->request);
    add_timer(attempt->request, call->timer);
    Media media = plan.media.value_or(call->media.codecs.empty() ? able() : call->media);
    if (plan.media) media.profile = call->media.profile;
    media.direction = plan.direction;
    if (!plan.attributes.empty()) media.attributes = plan.attributes;
    attempt->means.describe = [this](sip::Message& message, const Media& described) { describe(message, described); };
    attempt->means.offers = plan.offers;
    for (Media& offer : attempt->means.offers) offer.profile = media.profile;
    if (plan.delayed_offer) attempt->answers_with = media;      // RFC 3261 14.1
    else describe(attempt->request, media);
    start_within(attempt, *call);
}

// RFC 3261 14: the other side learns of the new address by a re-INVITE, for its requests and for its media.
void Caller::move(const Address& address) {
    stage_.decided(actor_, "moves", {to_text(address)}, "RFC 3261 §14");
    stage_.move(actor_, address);
    for (const sip::DialogId& id : confirmed_calls())
        change({"INVITE", std::nullopt, call_of(id)->media.direction, false, {}, {}, false}, id);
}

// RFC 4028 7.4: by UPDATE without an offer where the other side knows it, else by a re-INVITE that changes nothing.
void Caller::refresh(const sip::DialogId& id) {
    Call* const call = call_of(id);
    if (!call) return;
    const std::string method = call->peer_updates ? "UPDATE" : "INVITE";
    stage_.decided(actor_, "refreshes-session", {method}, "RFC 4028 §7.4");
    if (method == "INVITE") return change({method, std::nullopt, call->media.direction, false, {}, {}, false}, id);
    const auto attempt = std::make_shared<Attempt>();
    attempt->request = sip::request_in(call->dialog, method, stage_.new_via(actor_));
    attempt->request.add("Contact", contact());
    add_abilities(attempt->request);
    add_timer(attempt->request, call->timer);
    start_within(attempt, *call);
}

void Caller::changed(const AttemptPtr& attempt, const sip::Message& response, Call& call) {
    const std::string tag = call.dialog.id.remote_tag;
    if (attempt->request.method == "INVITE") {
        if (attempt->acks.contains(tag)) {
            const auto servers = next_servers(stage_, attempt->acks.at(tag));
            if (!servers.empty()) transactions_.send(attempt->acks.at(tag), servers.front(), "RFC 3261 §13.2.2.4");
            return;
        }
        const auto contacts = sip::contacts_in(response);
        if (!contacts.empty() && !contacts.front().all) call.dialog.remote_target = contacts.front().address.uri;   // 12.2.1.2
        if (!acknowledge(attempt, response, call)) {
            attempt->over = true;
            return hang_up(sip::DialogId(call.dialog.id));      // RFC 3261 14.2
        }
    }
    attempt->over = true;
    if (attempt->request.method != "INVITE" && attempt->request.method != "UPDATE") return;
    call.inviting = 0;
    if (const auto described = media_in(description_in(attempt->request))) call.media = *described;
    take_timer(call, response, true);
}

void Caller::refused_within(const AttemptPtr& attempt, const sip::Message& response, Call& call) {
    if (call.inviting == attempt->transaction) call.inviting = 0;
    // RFC 3261 12.2.1.2: the other side knows nothing of this dialog, or is not there at all.
    if (response.status == 481 || response.status == 408) {
        attempt->over = true;
        return lose(call.dialog.id, response.status);
    }
    if (response.status == 491 && !attempt->waited) {
        // RFC 3261 14.1, RFC 3311 5.3: both wait, in units of 10 ms, and one of them longer.
        const Time wait = std::chrono::milliseconds(10) * (call.owner ? 210 + stage_.identifiers.number(191) : stage_.identifiers.number(201));
        stage_.decided(actor_, call.owner ? "waits-as-owner" : "waits-as-other",
                       {std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(wait).count())}, "RFC 3261 §14.1");
        return wait_and_repeat(attempt, wait);
    }
    InCall::hear_min_se(response, call);
    const auto later = retry_after(response);
    if (response.status == 500 && later && !attempt->waited) {
        stage_.decided(actor_, "waits-as-told", {std::string(*response.header("Retry-After"))}, "RFC 3261 §21.5.1");
        return wait_and_repeat(attempt, *later);
    }
    if (tries_again(attempt, response)) return;
    attempt->over = true;       // the session stays as it was (RFC 3261 14.1)
}

void Caller::wait_and_repeat(const AttemptPtr& attempt, Time wait) {
    attempt->waited = true;
    stage_.clock.after(wait, [this, attempt] {
        Call* const call = call_of(*attempt->within);
        if (!call) return;      // hung up meanwhile: nothing is to be changed any more
        if (call->inviting != 0 || call->invited != 0) return wait_and_repeat(attempt, std::chrono::milliseconds(100));
        // Other descriptions may have gone out meanwhile: the version has to follow theirs (RFC 3264 8).
        if (const auto offer = media_in(description_in(attempt->request))) attempt->means.describe(attempt->request, *offer);
        send_changed(attempt);
    });
}

void Caller::lose(const sip::DialogId& id, int status) {
    stage_.decided(actor_, "dialog-is-gone", {std::to_string(status)}, "RFC 3261 §12.2.1.2");
    hang_up(id);
}

}  // namespace sipdex::simulator
