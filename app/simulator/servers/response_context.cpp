#include "simulator/servers/response_context.h"

#include <algorithm>

#include "facts/facts.h"
#include "simulator/servers/loop_detection.h"
#include "sip/best_response.h"
#include "sip/dialog.h"
#include "sip/name_addr.h"
#include "sip/values.h"

namespace sipdex::simulator {

ResponseContext::ResponseContext(const Element& element, ResponseContexts& all, TransactionId server,
                                 sip::Message request, std::unique_ptr<TargetSet> targets, std::string mark)
    : element_(element),
      all_(all),
      server_(server),
      request_(std::move(request)),
      targets_(std::move(targets)),
      mark_(std::move(mark)) {}

sip::Message ResponseContext::own_response(int status) const { return element_.response_to(request_, status); }

void ResponseContext::decided(std::string id, std::vector<std::string> details, std::string rule) {
    element_.stage.decided(element_.actor, std::move(id), std::move(details), std::move(rule));
}

void ResponseContext::try_next() {
    targets_->try_next(*this);
    go_on();  // all of them may have failed at once
}

void ResponseContext::forward(Branch to) {
    const auto branch = std::make_shared<Tried>();
    static_cast<Branch&>(*branch) = std::move(to);
    branches_.push_back(branch);
    if (!branch->servers.empty()) return send(branch);
    // RFC 3261 16.9: what cannot be sent counts as answered with 503.
    decided("no-server", {branch->request.request_uri}, "RFC 3261 §16.9");
    branch->over = true;
    finals_.push_back(own_response(503));
}

// RFC 3261 16.6, by its numbered steps from 8 on.
void ResponseContext::send(const TriedPtr& branch) {
    branch->server = branch->servers.front();
    branch->servers.erase(branch->servers.begin());
    branch->provisional = false;
    sip::Message request = branch->request;
    sip::Via via = element_.stage.new_via(element_.actor);
    if (!mark_.empty()) add_mark(via, mark_);
    request.put_first("Via", sip::to_text(via));                            // 8
    branch->client = element_.transactions.start(request, branch->server);  // 10
    all_[branch->client] = shared_from_this();
    if (request.method == "INVITE") set_timer_c(branch);  // 11
    if (branch->patience == Time{}) return;
    branch->patience_alarm = element_.stage.clock.after(
        branch->patience, [context = shared_from_this(), branch] { context->patience_ended(branch); });
}

ResponseContext::TriedPtr ResponseContext::branch_of(TransactionId client) const {
    return *std::find_if(branches_.begin(), branches_.end(),
                         [&](const TriedPtr& branch) { return branch->client == client; });
}

// RFC 3261 16.7, by its numbered steps.
void ResponseContext::take(TransactionId client, const sip::Message& received) {
    const TriedPtr branch = branch_of(client);  // 1
    sip::Message response = received;
    sip::remove_top_via(response);  // 3
    if (response.status < 200) return take_provisional(branch, std::move(response));
    if (branch->over && response.status >= 300) return;
    if (response.status >= 300) return take_final(branch, std::move(response));
    end(branch);
    closed_ = true;
    send_upstream(std::move(response));  // 5, 9
    cancel_pending(200);                 // 10
}

void ResponseContext::take_provisional(const TriedPtr& branch, sip::Message response) {
    branch->provisional = true;
    if (response.status > 100 && branch->timer_c != 0) set_timer_c(branch);  // 2
    if (branch->cancel_wanted) cancel(branch, 0);
    if (response.status == 100 || answered_) return;
    // RFC 6228 6: early dialogs are remembered, so that their end can be reported.
    if (const std::string tag = sip::tag_in(response, "To"); !tag.empty()) {
        if (response.status == 199) branch->early.erase(tag);
        else branch->early.insert(tag);
    }
    send_upstream(std::move(response));  // 5
}

void ResponseContext::time_out(TransactionId client) {
    const TriedPtr branch = branch_of(client);
    if (branch->over || try_next_server(branch, "408")) return;
    // RFC 3261 16.6, step 7: silence counts as a 408, and leaves nothing in the context.
    decided("branch-timed-out", {branch->request.request_uri}, "RFC 3261 §16.6");
    end(branch);
    targets_->keeps_failure(*this, nullptr);
    go_on();
}

bool ResponseContext::try_next_server(const TriedPtr& branch, const std::string& cause) {
    if (branch->servers.empty() || closed_ || answered_) return false;
    const std::string& next = element_.stage.recording.actors[branch->servers.front()].id;
    decided("tries-next-server", {cause, next}, "RFC 3263 §4.3");
    end(branch);
    branch->over = false;
    all_.erase(branch->client);
    send(branch);
    return true;
}

void ResponseContext::take_final(const TriedPtr& branch, sip::Message response) {
    const int status = response.status;
    if (status == 503 && try_next_server(branch, "503")) return;
    end(branch);
    if (!targets_->keeps_failure(*this, &response)) return go_on();
    report_early_ends(branch, status);
    finals_.push_back(std::move(response));  // 4
    if (status >= 600) {
        closed_ = true;  // 5
        cancel_pending(status);
    }
    go_on();
}

void ResponseContext::end(const TriedPtr& branch) {
    branch->over = true;
    element_.stage.clock.cancel(branch->patience_alarm);
    branch->patience_alarm = 0;
    if (branch->timer_c == 0) return;
    element_.stage.clock.cancel(branch->timer_c);
    branch->timer_c = 0;
    element_.stage.timer(element_.actor, "C", TimerEvent::What::stopped, "RFC 3261 §16.7");
}

bool ResponseContext::pending() const {
    return std::any_of(branches_.begin(), branches_.end(), [](const TriedPtr& branch) { return !branch->over; });
}

// RFC 6228 6: the caller learns which early dialogs are over while others go on.
void ResponseContext::report_early_ends(const TriedPtr& branch, int status) {
    if (answered_ || closed_ || (!pending() && targets_->empty()) || request_.method != "INVITE") return;
    if (!sip::lists(request_, "Supported", "199") || sip::lists(request_, "Require", "100rel") ||
        sip::lists(request_, "Proxy-Require", "100rel"))
        return;
    for (const std::string& tag : branch->early) {
        sip::Message early_end = sip::response_to(request_, 199, facts::reason_phrase(199), tag);
        early_end.remove_all("Record-Route");
        early_end.add("Reason", "SIP;cause=" + std::to_string(status));
        decided("reports-early-end", {tag, std::to_string(status)}, "RFC 6228 §6");
        send_upstream(std::move(early_end));
    }
    branch->early.clear();
}

// Tries the next places once all of the present ones have answered, or answers when none is left.
void ResponseContext::go_on() {
    if (pending() || answered_) return;
    if (!closed_ && !targets_->empty()) return try_next();
    send_best();
}

void ResponseContext::send_best() {  // 6
    sip::BestResponse best = sip::best_of(finals_);
    std::vector<std::string> statuses;
    for (const sip::Message& final : finals_) statuses.push_back(std::to_string(final.status));
    if (!best.response) best.response = own_response(408);
    if (best.response->status == 408 && request_.method != "INVITE") return stay_silent();
    if (finals_.empty()) {
        decided("no-response-408", {}, best.rule);
        return send_upstream(std::move(*best.response));
    }
    // The chosen one comes first, then all there were to choose from.
    statuses.insert(statuses.begin(), std::to_string(best.response->status));
    if (finals_.size() > 1 || best.replaces_503) decided(best.reason, statuses, best.rule);
    send_upstream(best.replaces_503 ? own_response(500) : std::move(*best.response));
}

// RFC 4320 4.2: whoever asked has timed out as well; a 408 would come too late and do harm.
void ResponseContext::stay_silent() {
    answered_ = true;
    decided("stays-silent", {request_.method}, "RFC 4320 §4.2");
    element_.transactions.abandon(server_, "RFC 4320 §4.2");
}

void ResponseContext::send_upstream(sip::Message response) {  // 9
    if (response.status >= 200) answered_ = true;
    if (element_.annotate) element_.annotate(request_, response);
    element_.transactions.respond(server_, std::move(response));
}

void ResponseContext::set_timer_c(const TriedPtr& branch) {
    element_.stage.clock.cancel(branch->timer_c);
    element_.stage.timer(element_.actor, "C", TimerEvent::What::set, "RFC 3261 §16.6", element_.timer_c);
    branch->timer_c = element_.stage.clock.after(
        element_.timer_c, [context = shared_from_this(), branch] { context->timer_c_fired(branch); });
}

// RFC 3261 16.8.
void ResponseContext::timer_c_fired(const TriedPtr& branch) {
    branch->timer_c = 0;
    element_.stage.timer(element_.actor, "C", TimerEvent::What::fired, "RFC 3261 §16.8");
    if (branch->provisional) return cancel(branch, 0);
    take_final(branch, own_response(408));
}

// RFC 3261 21.5.5: another server that is needed for the answer has not said anything in time.
void ResponseContext::patience_ended(const TriedPtr& branch) {
    branch->patience_alarm = 0;
    if (branch->over || answered_) return;
    decided("routing-server-silent", {branch->request.request_uri}, "RFC 3261 §21.5.5");
    cancel(branch, 0);  // at once, or when it says something after all
    closed_ = true;
    take_final(branch, own_response(504));
}

// RFC 3261 16.10.
void ResponseContext::cancel() {
    if (answered_) return;
    closed_ = true;
    cancel_pending(0);
}

void ResponseContext::cancel_pending(int because) {  // 16.7, step 10
    if (request_.method != "INVITE") return;
    for (const TriedPtr& branch : branches_)
        if (!branch->over) cancel(branch, because);
}

void ResponseContext::cancel(const TriedPtr& branch, int because) {
    if (branch->cancelled || (branch->over && !branch->cancel_wanted)) return;
    // RFC 3261 9.1: a branch that has said nothing yet is cancelled as soon as it does.
    if (!branch->provisional) {
        branch->cancel_wanted = true;
        return;
    }
    branch->cancelled = true;
    sip::Message cancel = sip::cancel_of(*element_.transactions.request_of(branch->client));
    // RFC 3326 2: so that a phone that stops ringing knows whether the call was taken elsewhere.
    if (because == 200) cancel.add("Reason", "SIP ;cause=200 ;text=\"Call completed elsewhere\"");
    else if (because >= 600) cancel.add("Reason", "SIP ;cause=" + std::to_string(because));
    element_.transactions.start(std::move(cancel), branch->server);
    element_.stage.clock.after(64 * element_.stage.times.t1,
                               [context = shared_from_this(), branch] { context->give_up(branch); });
}

// RFC 3261 9.1: a cancelled request that stays unanswered for 64*T1 is taken for over.
void ResponseContext::give_up(const TriedPtr& branch) {
    if (branch->over || !element_.transactions.request_of(branch->client)) return;
    element_.transactions.abandon(branch->client);
    end(branch);
    go_on();
}

}  // namespace sipdex::simulator
