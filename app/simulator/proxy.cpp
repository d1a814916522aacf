#include "simulator/proxy.h"

#include <algorithm>

#include "simulator/best_response.h"
#include "sip/dialog.h"
#include "sip/name_addr.h"
#include "sip/token.h"

namespace sipdex::simulator {

Proxy::Plan Proxy::read_plan(Fields& options) {
    Plan plan;
    plan.domains = options.texts("domains");
    if (auto users = options.table("users"))
        for (const std::string& user : users->keys()) {
            plan.users[user];       // known, even with no place to be reached at
            for (const std::string& place : users->texts(user)) {
                const auto address = sip::parse_name_addr(place);
                if (!address) {
                    users->problem(user, "'" + place + "' is no address; write it as \"<sip:bob@192.0.2.4:5060>;q=0.7\"");
                    continue;
                }
                const auto q = address->parameters.value("q");
                plan.users[user].push_back({address->uri, q ? std::strtod(q->c_str(), nullptr) : 1.0});
            }
        }
    plan.next_hop = options.text_or("next_hop", "");
    plan.record_route = options.flag_or("record_route", false);
    plan.timer_c = options.duration_or("timer_c", plan.timer_c);
    // RFC 3261 16.6, item 11.
    if (plan.timer_c <= std::chrono::minutes(3)) options.problem("timer_c", "timer C must last longer than 3 minutes");
    plan.doorkeeper = Doorkeeper::read_plan(options);
    return plan;
}

void Proxy::check(Fields& options) { read_plan(options); }

Proxy::Proxy(Stage& stage, std::size_t actor)
    : Party(stage, actor), plan_([&] {
          std::vector<Problem> none;
          Fields fields(stage.exchange.parties[actor].options, "", none);
          return read_plan(fields);
      }()),
      doorkeeper_(plan_.doorkeeper, true) {}

bool Proxy::is_own(const sip::Uri& uri) const {
    const auto servers = stage_.names.servers_of(uri);
    return std::find(servers.begin(), servers.end(), actor_) != servers.end();
}

bool Proxy::responsible_for(const sip::Uri& uri) const {
    return std::any_of(plan_.domains.begin(), plan_.domains.end(),
                       [&](const std::string& domain) { return sip::same_token(domain, uri.host); });
}

// RFC 3261 16.4: loose routing only; whoever sends to this proxy in a dialog learnt of it from its ;lr.
void Proxy::drop_own_route(sip::Message& request) const {
    const auto routes = sip::addresses_in(request, "Route");
    if (routes.empty() || !is_own(routes.front().uri)) return;
    request.remove_all("Route");
    for (std::size_t i = 1; i < routes.size(); ++i) request.add("Route", sip::to_text(routes[i]));
}

// RFC 3261 16.3.
bool Proxy::passes_checks(TransactionId server, const sip::Message& request) {
    const auto hops = sip::number_of(request.header("Max-Forwards").value_or("70"));
    if (!sip::parse_uri(request.request_uri) || !hops) return answer(server, request, 400), false;
    if (*hops == 0) return answer(server, request, 483), false;
    if (const auto required = request.header("Proxy-Require")) {
        sip::Message refusal = response_to(request, 420);
        refusal.add("Unsupported", std::string(*required));
        return transactions_.respond(server, std::move(refusal)), false;
    }
    const auto to = sip::address_in(request, "To");
    const bool within_dialog = to && !to->tag().empty();
    if (doorkeeper_.asks() && !within_dialog && !doorkeeper_.admitted(request)) {
        sip::Message challenge = response_to(request, 407);
        doorkeeper_.challenge(challenge, stage_.identifiers);
        return transactions_.respond(server, std::move(challenge)), false;
    }
    if (within_dialog) return true;
    if (auto verdict = judge(request)) return transactions_.respond(server, std::move(*verdict)), false;
    return true;
}

// RFC 3261 16.5. `refusal` becomes the status to answer with when there are none.
std::vector<std::vector<Proxy::Target>> Proxy::targets_of(const sip::Message& request, int& refusal) const {
    const sip::Uri uri = *sip::parse_uri(request.request_uri);
    if (!sip::addresses_in(request, "Route").empty() || !responsible_for(uri)) return {{{uri, 1}}};
    if (!plan_.next_hop.empty()) {
        sip::Uri there = uri;
        const auto hop = sip::parse_uri(plan_.next_hop);
        if (hop) there.host = hop->host, there.port = hop->port;
        return {{{there, 1}}};
    }
    const auto user = plan_.users.find("sip:" + uri.user + "@" + sip::lowered(uri.host));
    if (user == plan_.users.end()) return refusal = 404, std::vector<std::vector<Target>>{};
    std::vector<Target> targets = user->second;
    if (targets.empty()) return refusal = 480, std::vector<std::vector<Target>>{};
    // RFC 3261 16.6: from the highest qvalue to the lowest, equal ones in parallel.
    std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) { return a.q > b.q; });
    std::vector<std::vector<Target>> groups;
    for (const Target& target : targets) {
        if (groups.empty() || groups.back().front().q != target.q) groups.emplace_back();
        groups.back().push_back(target);
    }
    return groups;
}

void Proxy::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "CANCEL") return answer_cancel(server, request);
    if (!passes_checks(server, request)) return;
    const auto context = std::make_shared<Context>();
    context->server = server;
    context->request = request;
    drop_own_route(context->request);
    doorkeeper_.consume(context->request);
    int refusal = 0;
    context->groups = targets_of(context->request, refusal);
    if (refusal != 0) return answer(server, request, refusal);
    by_server_[server] = context;
    // RFC 3261 17.2.1: the answer will take longer than 200 ms, for somebody has to pick up.
    if (request.method == "INVITE") answer(server, request, 100);
    forward_group(context);
}

void Proxy::forward_group(const ContextPtr& context) {
    const std::vector<Target> group = std::move(context->groups.front());
    context->groups.erase(context->groups.begin());
    if (group.size() > 1) {
        std::vector<std::string> uris;
        for (const Target& target : group) uris.push_back(sip::to_text(target.uri));
        stage_.decided(actor_, "forks", uris, "RFC 3261 §16.6");
    }
    for (const Target& target : group) forward(context, target);
    go_on(context);     // all of them may have failed at once
}

// RFC 3261 16.6, by its numbered steps.
void Proxy::forward(const ContextPtr& context, const Target& target) {
    const auto branch = std::make_shared<Branch>();
    branch->target = target.uri;
    branch->request = context->request;                                                         // 1
    branch->request.request_uri = sip::to_text(sip::as_request_uri(target.uri));                // 2
    const auto hops = sip::number_of(context->request.header("Max-Forwards").value_or("71"));
    branch->request.set("Max-Forwards", std::to_string(*hops - 1));                             // 3
    if (plan_.record_route && context->request.method == "INVITE")                              // 4
        branch->request.put_first("Record-Route", "<sip:" + (plan().host.empty() ? to_text(plan().address) : plan().host) + ";lr>");
    branch->servers = next_servers(stage_, branch->request);                                    // 6, 7
    context->branches.push_back(branch);
    if (branch->servers.empty()) {
        // RFC 3261 16.9: what cannot be sent counts as answered with 503.
        stage_.decided(actor_, "no-server", {sip::to_text(target.uri)}, "RFC 3261 §16.9");
        branch->over = true;
        context->finals.push_back(response_to(context->request, 503, "Service Unavailable"));
        return;
    }
    send_branch(context, branch);
}

void Proxy::send_branch(const ContextPtr& context, const std::shared_ptr<Branch>& branch) {
    branch->server = branch->servers.front();
    branch->servers.erase(branch->servers.begin());
    branch->provisional = false;
    sip::Message request = branch->request;
    request.put_first("Via", sip::to_text(stage_.new_via(actor_)));                             // 8
    branch->client = transactions_.start(request, branch->server);                              // 10
    by_client_[branch->client] = {context, branch};
    if (request.method == "INVITE") set_timer_c(context, branch);                               // 11
}

void Proxy::set_timer_c(const ContextPtr& context, const std::shared_ptr<Branch>& branch) {
    stage_.clock.cancel(branch->timer_c);
    stage_.recording.timers.push_back({actor_, "C", TimerEvent::What::set, stage_.clock.now(), plan_.timer_c, "RFC 3261 §16.6"});
    branch->timer_c = stage_.clock.after(plan_.timer_c, [this, context, branch] { timer_c_fired(context, branch); });
}

// RFC 3261 16.8.
void Proxy::timer_c_fired(const ContextPtr& context, const std::shared_ptr<Branch>& branch) {
    branch->timer_c = 0;
    stage_.recording.timers.push_back({actor_, "C", TimerEvent::What::fired, stage_.clock.now(), Time{}, "RFC 3261 §16.8"});
    if (branch->provisional) return cancel(branch, 0);
    take_final(context, branch, response_to(context->request, 408));
}

void Proxy::end_branch(const std::shared_ptr<Branch>& branch) {
    branch->over = true;
    if (branch->timer_c == 0) return;
    stage_.clock.cancel(branch->timer_c);
    branch->timer_c = 0;
    stage_.recording.timers.push_back({actor_, "C", TimerEvent::What::stopped, stage_.clock.now(), Time{}, "RFC 3261 §16.7"});
}

// RFC 3261 16.7, by its numbered steps.
void Proxy::on_response(TransactionId client, const sip::Message& received) {
    const auto found = by_client_.find(client);
    if (found == by_client_.end()) return;      // of a CANCEL, which concerns this hop only
    const auto [context, branch] = found->second;                                               // 1
    sip::Message response = received;
    sip::remove_top_via(response);                                                              // 3
    if (response.status < 200) {
        branch->provisional = true;
        if (response.status > 100 && branch->timer_c != 0) set_timer_c(context, branch);        // 2
        if (branch->cancel_wanted) cancel(branch, 0);
        if (response.status > 100 && !context->answered) send_upstream(context, std::move(response));   // 5
        return;
    }
    if (branch->over && response.status >= 300) return;
    if (response.status < 300) {
        end_branch(branch);
        context->closed = true;
        send_upstream(context, std::move(response));                                            // 5, 9
        return cancel_pending(context, 200);                                                    // 10
    }
    take_final(context, branch, std::move(response));
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

bool Proxy::try_next_server(const ContextPtr& context, const std::shared_ptr<Branch>& branch, const std::string& cause) {
    if (branch->servers.empty() || context->closed || context->answered) return false;
    stage_.decided(actor_, "tries-next-server", {cause, stage_.recording.actors[branch->servers.front()].id}, "RFC 3263 §4.3");
    end_branch(branch);
    branch->over = false;
    send_branch(context, branch);
    return true;
}

void Proxy::take_final(const ContextPtr& context, const std::shared_ptr<Branch>& branch, sip::Message response) {
    if (response.status == 503 && try_next_server(context, branch, "503")) return;
    end_branch(branch);
    const int status = response.status;
    context->finals.push_back(std::move(response));                                             // 4
    if (status >= 600) {
        context->closed = true;                                                                 // 5
        cancel_pending(context, status);
    }
    go_on(context);
}

// Tries the next places once all of the present ones have answered, or answers when none is left.
void Proxy::go_on(const ContextPtr& context) {
    const bool pending = std::any_of(context->branches.begin(), context->branches.end(), [](const auto& b) { return !b->over; });
    if (pending || context->answered) return;
    if (!context->closed && !context->groups.empty()) return forward_group(context);
    send_best(context);
}

void Proxy::send_best(const ContextPtr& context) {                                              // 6
    BestResponse best = best_of(context->finals);
    std::vector<std::string> statuses;
    for (const sip::Message& final : context->finals) statuses.push_back(std::to_string(final.status));
    if (!best.response) {
        stage_.decided(actor_, "no-response-408", {}, best.rule);
        return send_upstream(context, response_to(context->request, 408));
    }
    // The chosen one comes first, then all there were to choose from.
    statuses.insert(statuses.begin(), std::to_string(best.response->status));
    if (context->finals.size() > 1 || best.replaces_503) stage_.decided(actor_, best.reason, statuses, best.rule);
    if (best.replaces_503) return send_upstream(context, response_to(context->request, 500));
    send_upstream(context, std::move(*best.response));
}

void Proxy::send_upstream(const ContextPtr& context, sip::Message response) {                  // 9
    if (response.status >= 200) context->answered = true;
    transactions_.respond(context->server, std::move(response));
}

void Proxy::cancel_pending(const ContextPtr& context, int because) {                            // 10
    if (context->request.method != "INVITE") return;
    for (const auto& branch : context->branches)
        if (!branch->over) cancel(branch, because);
}

void Proxy::cancel(const std::shared_ptr<Branch>& branch, int because) {
    if (branch->over || branch->cancelled) return;
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
void Proxy::give_up(const std::shared_ptr<Branch>& branch) {
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

// The ACK for a 2xx goes its own way along the route, without a transaction (RFC 3261 16.11, 17.1).
void Proxy::on_ack(const sip::Message& received) {
    sip::Message ack = received;
    drop_own_route(ack);
    doorkeeper_.consume(ack);
    const auto hops = sip::number_of(ack.header("Max-Forwards").value_or("71"));
    if (!hops || *hops == 0) return;
    ack.set("Max-Forwards", std::to_string(*hops - 1));
    const auto servers = next_servers(stage_, ack);
    if (servers.empty() || servers.front() == actor_) return;
    ack.put_first("Via", sip::to_text(stage_.new_via(actor_)));
    transactions_.send(std::move(ack), servers.front(), "RFC 3261 §16.6");
}

}  // namespace sipdex::simulator
