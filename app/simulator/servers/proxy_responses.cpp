#include <algorithm>

#include "simulator/plan/header_line.h"
#include "simulator/servers/proxy.h"
#include "sip/best_response.h"
#include "sip/contact.h"
#include "sip/dialog.h"
#include "sip/name_addr.h"
#include "sip/values.h"

namespace sipdex::simulator {

void Proxy::set_timer_c(const ContextPtr& context, const BranchPtr& branch) {
    stage_.clock.cancel(branch->timer_c);
    stage_.recording.timers.push_back({actor_, "C", TimerEvent::What::set, stage_.clock.now(), plan_.timer_c, "RFC 3261 §16.6"});
    branch->timer_c = stage_.clock.after(plan_.timer_c, [this, context, branch] { timer_c_fired(context, branch); });
}

// RFC 3261 16.8.
void Proxy::timer_c_fired(const ContextPtr& context, const BranchPtr& branch) {
    branch->timer_c = 0;
    stage_.recording.timers.push_back({actor_, "C", TimerEvent::What::fired, stage_.clock.now(), Time{}, "RFC 3261 §16.8"});
    if (branch->provisional) return cancel(branch, 0);
    take_final(context, branch, response_to(context->request, 408));
}

void Proxy::end_branch(const BranchPtr& branch) {
    branch->over = true;
    stage_.clock.cancel(branch->patience);
    branch->patience = 0;
    if (branch->timer_c == 0) return;
    stage_.clock.cancel(branch->timer_c);
    branch->timer_c = 0;
    stage_.recording.timers.push_back({actor_, "C", TimerEvent::What::stopped, stage_.clock.now(), Time{}, "RFC 3261 §16.7"});
}

// RFC 3261 21.5.5: another server that is needed for the answer has not said anything in time.
void Proxy::patience_ended(const ContextPtr& context, const BranchPtr& branch) {
    branch->patience = 0;
    if (branch->over || context->answered) return;
    stage_.decided(actor_, "routing-server-silent", {sip::to_text(branch->target)}, "RFC 3261 §21.5.5");
    cancel(branch, 0);      // at once, or when it says something after all
    context->closed = true;
    take_final(context, branch, response_to(context->request, 504));
}

// RFC 3261 16.7, by its numbered steps.
void Proxy::on_response(TransactionId client, const sip::Message& received) {
    const auto found = by_client_.find(client);
    if (found == by_client_.end()) return;      // of a CANCEL, which concerns this hop only
    const auto [context, branch] = found->second;                                               // 1
    sip::Message response = received;
    sip::remove_top_via(response);                                                              // 3
    if (!plan_.presents.empty()) response.set("From", std::string(context->request.header("From").value_or("")));
    if (response.status < 200) return take_provisional(context, branch, std::move(response));
    if (branch->over && response.status >= 300) return;
    if (response.status < 300) {
        end_branch(branch);
        context->closed = true;
        send_upstream(context, std::move(response));                                            // 5, 9
        return cancel_pending(context, 200);                                                    // 10
    }
    take_final(context, branch, std::move(response));
}

void Proxy::take_provisional(const ContextPtr& context, const BranchPtr& branch, sip::Message response) {
    branch->provisional = true;
    if (response.status > 100 && branch->timer_c != 0) set_timer_c(context, branch);            // 2
    if (branch->cancel_wanted) cancel(branch, 0);
    if (response.status == 100 || context->answered) return;
    // RFC 6228 6: early dialogs are remembered, so that their end can be reported.
    if (const auto to = sip::address_in(response, "To"); to && !to->tag().empty()) {
        if (response.status == 199) branch->early.erase(to->tag());
        else branch->early.insert(to->tag());
    }
    send_upstream(context, std::move(response));                                                // 5
}

void Proxy::on_timeout(TransactionId client, const sip::Message&) {
    const auto found = by_client_.find(client);
    if (found == by_client_.end() || found->second.second->over) return;
    const auto [context, branch] = found->second;
    if (try_next_server(context, branch, "408")) return;
    // RFC 3261 16.6, step 7: silence counts as a 408, and leaves nothing in the context.
    stage_.decided(actor_, "branch-timed-out", {sip::to_text(branch->target)}, "RFC 3261 §16.6");
    end_branch(branch);
    go_on(context);
}

bool Proxy::try_next_server(const ContextPtr& context, const BranchPtr& branch, const std::string& cause) {
    if (branch->servers.empty() || context->closed || context->answered) return false;
    stage_.decided(actor_, "tries-next-server", {cause, stage_.recording.actors[branch->servers.front()].id}, "RFC 3263 §4.3");
    end_branch(branch);
    branch->over = false;
    send_branch(context, branch);
    return true;
}

void Proxy::take_final(const ContextPtr& context, const BranchPtr& branch, sip::Message response) {
    if (response.status == 503 && try_next_server(context, branch, "503")) return;
    end_branch(branch);
    const int status = response.status;
    if (status < 400 && recurse(context, response)) return go_on(context);
    report_early_ends(context, branch, status);
    context->finals.push_back(std::move(response));                                             // 4
    if (status >= 600) {
        context->closed = true;                                                                 // 5
        cancel_pending(context, status);
    }
    go_on(context);
}

// RFC 3261 16.7, step 4: the Contacts of a redirection become targets, and the response is forgotten.
bool Proxy::recurse(const ContextPtr& context, const sip::Message& redirection) {
    if (!context->responsible || context->closed || (!plan_.recurses && !context->asks)) return false;
    // 305 names a proxy and 380 a service, neither of them a place where the user is.
    if (redirection.status == 305 || redirection.status == 380) return false;
    std::vector<Routing::Target> targets;
    std::vector<std::string> uris;
    for (const sip::Contact& contact : sip::contacts_in(redirection)) {
        if (!contact.address.uri.is_sip() || context->targets.contains(sip::to_text(contact.address.uri))) continue;
        targets.push_back({contact.address.uri, contact.q.value_or(1)});
        uris.push_back(sip::to_text(contact.address.uri));
    }
    if (targets.empty()) return false;
    uris.insert(uris.begin(), std::to_string(redirection.status));
    stage_.decided(actor_, "recurses", uris, "RFC 3261 §16.7");
    Routing::Groups groups = Routing::grouped(std::move(targets));
    context->groups.insert(context->groups.begin(), groups.begin(), groups.end());
    return true;
}

// RFC 6228 6: the caller learns which early dialogs are over while others go on.
void Proxy::report_early_ends(const ContextPtr& context, const BranchPtr& branch, int status) {
    const bool pending = std::any_of(context->branches.begin(), context->branches.end(), [](const auto& b) { return !b->over; });
    const sip::Message& request = context->request;
    if (context->answered || context->closed || (!pending && context->groups.empty()) || request.method != "INVITE") return;
    if (!sip::lists(request, "Supported", "199") || sip::lists(request, "Require", "100rel") || sip::lists(request, "Proxy-Require", "100rel")) return;
    for (const std::string& tag : branch->early) {
        sip::Message end = sip::response_to(request, 199, usual_phrase(199), tag);
        end.remove_all("Record-Route");
        end.add("Reason", "SIP;cause=" + std::to_string(status));
        stage_.decided(actor_, "reports-early-end", {tag, std::to_string(status)}, "RFC 6228 §6");
        send_upstream(context, std::move(end));
    }
    branch->early.clear();
}

// Tries the next places once all of the present ones have answered, or answers when none is left.
void Proxy::go_on(const ContextPtr& context) {
    const bool pending = std::any_of(context->branches.begin(), context->branches.end(), [](const auto& b) { return !b->over; });
    if (pending || context->answered) return;
    if (!context->closed && !context->groups.empty()) return forward_group(context);
    send_best(context);
}

void Proxy::send_best(const ContextPtr& context) {                                              // 6
    sip::BestResponse best = sip::best_of(context->finals);
    std::vector<std::string> statuses;
    for (const sip::Message& final : context->finals) statuses.push_back(std::to_string(final.status));
    if (!best.response) best.response = response_to(context->request, 408);
    if (best.response->status == 408 && context->request.method != "INVITE") return stay_silent(context);
    if (context->finals.empty()) {
        stage_.decided(actor_, "no-response-408", {}, best.rule);
        return send_upstream(context, std::move(*best.response));
    }
    // The chosen one comes first, then all there were to choose from.
    statuses.insert(statuses.begin(), std::to_string(best.response->status));
    if (context->finals.size() > 1 || best.replaces_503) stage_.decided(actor_, best.reason, statuses, best.rule);
    if (best.replaces_503) return send_upstream(context, response_to(context->request, 500));
    send_upstream(context, std::move(*best.response));
}

// RFC 4320 4.2: whoever asked has timed out as well; a 408 would come too late and do harm.
void Proxy::stay_silent(const ContextPtr& context) {
    context->answered = true;
    stage_.decided(actor_, "stays-silent", {context->request.method}, "RFC 4320 §4.2");
    transactions_.abandon(context->server, "RFC 4320 §4.2");
}

void Proxy::send_upstream(const ContextPtr& context, sip::Message response) {                  // 9
    if (response.status >= 200) context->answered = true;
    annotate(context->request, response);
    transactions_.respond(context->server, std::move(response));
}

void Proxy::cancel_pending(const ContextPtr& context, int because) {                            // 10
    if (context->request.method != "INVITE") return;
    for (const auto& branch : context->branches)
        if (!branch->over) cancel(branch, because);
}

void Proxy::cancel(const BranchPtr& branch, int because) {
    if (branch->cancelled || (branch->over && !branch->cancel_wanted)) return;
    // RFC 3261 9.1: a branch that has said nothing yet is cancelled as soon as it does.
    if (!branch->provisional) {
        branch->cancel_wanted = true;
        return;
    }
    branch->cancelled = true;
    sip::Message cancel = sip::cancel_of(*transactions_.request_of(branch->client));
    // RFC 3326 2: so that a phone that stops ringing knows whether the call was taken elsewhere.
    if (because == 200) cancel.add("Reason", "SIP ;cause=200 ;text=\"Call completed elsewhere\"");
    else if (because >= 600) cancel.add("Reason", "SIP ;cause=" + std::to_string(because));
    transactions_.start(std::move(cancel), branch->server);
    stage_.clock.after(64 * stage_.times.t1, [this, branch] { give_up(branch); });
}

// RFC 3261 9.1: a cancelled request that stays unanswered for 64*T1 is taken for over.
void Proxy::give_up(const BranchPtr& branch) {
    const auto found = by_client_.find(branch->client);
    if (branch->over || found == by_client_.end()) return;
    const ContextPtr context = found->second.first;
    transactions_.abandon(branch->client);
    end_branch(branch);
    go_on(context);
}

// A context lives as long as one of its transactions (RFC 3261 16.7, step 9).
void Proxy::on_end(TransactionId id) {
    by_server_.erase(id);
    by_client_.erase(id);
}

// RFC 3261 16.10.
void Proxy::answer_cancel(TransactionId server, const sip::Message& cancel) {
    const auto found = by_server_.find(transactions_.cancelled_by(cancel));
    if (found == by_server_.end()) return answer(server, cancel, 481);
    answer(server, cancel, 200);
    const ContextPtr context = found->second;
    if (context->answered) return;
    context->closed = true;
    cancel_pending(context, 0);
}

}  // namespace sipdex::simulator
